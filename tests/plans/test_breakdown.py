"""The task breakdown: a table of duties, checked row by row."""

from __future__ import annotations

import io
from datetime import date

from sheke.core.tables import read_table, write_xlsx
from sheke.plans.breakdown import COLUMNS, KNOWN, read_breakdown, template
from tests import factories

from .conftest import item


def table(*rows, columns=COLUMNS):
    return read_table(io.BytesIO(write_xlsx(columns, rows)), "分解.xlsx")


def test_rows_become_duties(plan, city, office):
    read = read_breakdown(
        plan,
        table(
            ["1.", "立项课题", "第一科", "云川市社科联", date(2025, 6, 30)],
            ["", "讲坛", "first", "", "11月底前"],
            ["4", "", "第一科", "", "长期"],
            ["2.", "办好年会", "", "", ""],
        ),
    )
    assert read.problems == []
    assert [(a.item.title, a.organisation.code, a.role, a.due) for a in read.assignments] == [
        ("立项课题", "first", "lead", date(2025, 6, 30)),
        ("立项课题", "city", "support", date(2025, 6, 30)),
        ("办好讲坛", "first", "lead", date(2025, 11, 30)),
        ("编印读本", "first", "lead", date(2025, 12, 31)),
    ]


def test_every_problem_has_its_row_and_column(plan, city, office):
    factories.organisation(city, name="重名学会")
    factories.organisation(city, name="重名学会")
    read = read_breakdown(
        plan,
        table(
            ["9.", "造大桥", "第一科", "", ""],
            ["1.", "立项课题", "第二科", "重名学会", "近期"],
            ["2.", "办好年会", "", "", "6月底"],
        ),
    )
    assert [(p.row, p.column) for p in read.problems] == [
        (2, "事项编号"), (3, "完成时限"), (3, "牵头单位"), (3, "配合单位"), (4, "牵头单位"),
    ]  # fmt: skip
    assert read.assignments == []


def test_a_day_of_one_s_own_asks_who_leads(plan, office):
    read = read_breakdown(plan, table(["4.", "编印读本", "", "", date(2025, 10, 31)]))
    assert [(p.row, p.column) for p in read.problems] == [(2, "牵头单位")]


def test_other_headings_are_understood(plan, office):
    read = read_breakdown(
        plan, table(["1.", "立项课题", "第一科"], columns=["序号", "工作任务", "责任单位"])
    )
    assert len(read.assignments) == 1


def test_the_template_comes_back_as_it_was_made(plan, office):
    read = read_breakdown(plan, read_table(io.BytesIO(template(plan)), "模板.xlsx"))
    # Deadlines read from the document are printed; as they stand they ask for nobody.
    assert {(a.item.title, a.organisation.name) for a in read.assignments} == {
        ("立项课题", "第一科")
    }
    assert read.problems == []
    assert item(plan, "立项课题").duties.count() == 1


def test_a_title_above_the_headings_and_merged_cells(plan, city, office):
    data = write_xlsx(
        ["云川市社科联2025年重点任务分解表"],
        [
            ["制表：办公室"],
            ["序号", "工作任务", "责任单位", "完成时间"],
            [1, "办好讲坛", "第一科", "11月底前"],
            [None, None, "云川市社科联", None],
        ],
    )
    read = read_breakdown(plan, read_table(io.BytesIO(data), "分解.xlsx", known=KNOWN))
    assert read.problems == []
    # The table's number 1 is its own: the task's words decide.
    assert [(a.item.title, a.organisation.code) for a in read.assignments] == [
        ("办好讲坛", "first"),
        ("办好讲坛", "city"),
    ]
