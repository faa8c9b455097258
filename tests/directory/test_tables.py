"""Tables in and out: any order of rows, every problem named by row and column, all or nothing."""

from __future__ import annotations

import io
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sheke.core.errors import BadInput
from sheke.core.tables import read_table, write_csv
from sheke.directory.models import Organisation, Person, Tenure
from sheke.directory.tables import (
    CHECKS,
    check_organisations,
    check_people,
    check_tenures,
    export_organisations,
    export_people,
    export_tenures,
    written,
)
from sheke.directory.tables.cells import day
from tests.factories import account, organisation

pytestmark = pytest.mark.django_db

HEADINGS = ["代码", "名称", "简称", "类别", "上级代码", "起", "止"]


def table(*rows, headings=HEADINGS):
    return read_table(io.BytesIO(write_csv(headings, rows)), "单位.csv")


def taken(rows, **options):
    checked = check_organisations(table(*rows), by=None, **options)
    assert checked.problems == []
    checked.apply(by=None)
    return checked.counts


def problems(checked):
    return [(p.row, p.column) for p in checked.problems]


def test_rows_come_in_any_order():
    counts = taken([
        ["S1", "学会", "", "社会组织", "X1", "2001年3月5日", ""],
        ["X1", "区社科联", "", "county_federation", "YC", "", ""],
        ["YC", "市社科联", "市", "社科联", None, "1986/5/20", ""],
    ])  # fmt: skip
    assert counts == {"new": 3}
    leaf = Organisation.objects.get(code="S1")
    assert [o.code for o in Organisation.objects.above(leaf).order_by("path")] == ["YC", "X1", "S1"]
    assert leaf.valid_from == date(2001, 3, 5)


def test_english_headings_and_names_are_understood():
    checked = check_organisations(
        table(["A", "Society A", "Society"], headings=["code", "name", "Kind"]), by=None
    )
    assert checked.problems == []
    assert checked.counts == {"new": 1}


def test_every_problem_is_named_by_row_and_column():
    checked = check_organisations(
        table(
            ["A 1", "甲", "", "社会组织", "", "", ""],
            ["B", "", "", "社会组织", "", "", ""],
            ["C", "丙", "", "俱乐部", "", "", ""],
            ["D", "丁", "", "社会组织", "没有", "", ""],
            ["E", "戊", "", "社会组织", "", "昨天", ""],
            ["F", "己", "", "社会组织", "", "2020-01-02", "2020-01-01"],
            ["F", "庚", "", "社会组织", "", "", ""],
            ["G", "长" * 201, "", "社会组织", "", "", ""],
        ),
        by=None,
    )
    assert problems(checked) == [
        (2, "代码"), (3, "名称"), (4, "类别"), (5, "上级代码"), (6, "起"), (7, "止"), (8, "代码"),
        (9, "名称"),
    ]  # fmt: skip
    with pytest.raises(BadInput) as error:
        checked.apply(by=None)
    assert len(error.value.problems) == 8
    assert not Organisation.objects.exists()


def test_a_circle_is_named_in_each_of_its_rows():
    checked = check_organisations(
        table(
            ["A", "甲", "", "社会组织", "B", "", ""],
            ["B", "乙", "", "社会组织", "A", "", ""],
            ["C", "丙", "", "社会组织", "C", "", ""],
        ),
        by=None,
    )
    assert problems(checked) == [(2, "上级代码"), (3, "上级代码"), (4, "上级代码")]


def test_a_missing_column_is_named():
    with pytest.raises(BadInput, match="类别"):
        check_organisations(table(["A", "甲"], headings=["代码", "名称"]), by=None)


def test_known_codes_are_renamed_moved_and_ended():
    taken([
        ["YC", "市社科联", "", "社科联", "", "1986-05-20", ""],
        ["X1", "甲区社科联", "", "县区社科联", "YC", "", ""],
        ["S1", "学会", "", "社会组织", "YC", "2001-01-01", ""],
        ["S2", "旧学会", "", "社会组织", "YC", "2001-01-01", ""],
    ])  # fmt: skip
    counts = taken(
        [
            ["S1", "新学会", "", "社会组织", "X1", "2001-01-01", ""],
            ["S2", "旧学会", "", "社会组织", "YC", "2001-01-01", "2024-12-31"],
            ["YC", "市社科联", "", "社科联", "", "1986-05-20", ""],
        ],
        since=date(2025, 1, 1), reason="机构改革",
    )  # fmt: skip
    assert counts == {"renamed": 1, "moved": 1, "ended": 1, "unchanged": 1}
    moved = Organisation.objects.get(code="S1")
    assert (moved.name, moved.parent.code) == ("新学会", "X1")
    assert moved.changes.last().reason == "机构改革"
    assert Organisation.objects.get(code="S2").valid_to == date(2024, 12, 31)


def test_two_that_change_places_are_moved():
    """The lower becomes the upper: the order of the steps must not matter to who writes the table."""
    taken([
        ["A", "甲", "", "社会组织", "", "", ""],
        ["B", "乙", "", "社会组织", "A", "", ""],
        ["C", "丙", "", "社会组织", "B", "", ""],
    ])  # fmt: skip
    taken([
        ["A", "甲", "", "社会组织", "C", "", ""],
        ["B", "乙", "", "社会组织", "C", "", ""],
        ["C", "丙", "", "社会组织", "", "", ""],
    ])  # fmt: skip
    roots = Organisation.objects.filter(parent=None)
    assert [o.code for o in roots] == ["C"]
    assert Organisation.objects.below(roots.get()).count() == 3


def test_the_dry_run_finds_what_only_writing_finds_and_leaves_nothing():
    taken(
        [["YC", "市社科联", "", "社科联", "", "", ""], ["S1", "学会", "", "社会组织", "YC", "", ""]]
    )
    checked = check_organisations(
        table(
            ["YC", "市社科联", "", "社科联", "", "", "2024-12-31"],
            ["N", "新", "", "社会组织", "YC", "", ""],
        ),
        by=None,
    )
    assert checked.ok
    checked.rehearse(by=None)
    assert [p.row for p in checked.problems] == [2]  # the society below goes on
    assert not Organisation.objects.filter(code="N").exists()
    assert Organisation.objects.get(code="YC").valid_to is None


def test_one_wrong_step_takes_back_all():
    taken(
        [["YC", "市社科联", "", "社科联", "", "", ""], ["S1", "学会", "", "社会组织", "YC", "", ""]]
    )
    checked = check_organisations(
        table(
            ["N", "新", "", "社会组织", "", "", ""],
            ["YC", "市社科联", "", "社科联", "", "", "2024-12-31"],
        ),
        by=None,
    )
    with pytest.raises(BadInput) as error:
        checked.apply(by=None)
    assert [p.row for p in error.value.problems] == [3]
    assert not Organisation.objects.filter(code="N").exists()


def test_an_administrator_imports_below_their_own_only():
    root = organisation(code="YC", kind="federation")
    county = organisation(root, code="X1", kind="county_federation")
    organisation(root, code="X2", kind="county_federation")
    admin = account(county, "administrator")
    checked = check_organisations(
        table(
            ["S1", "新学会", "", "社会组织", "X1", "", ""],
            ["S2", "新学会", "", "社会组织", "X2", "", ""],
            ["S3", "新学会", "", "社会组织", "", "", ""],
            ["X2", "改名", "", "县区社科联", "YC", "", ""],
            ["S4", "新学会的分会", "", "社会组织", "S1", "", ""],
        ),
        by=admin,
    )
    assert {p.row for p in checked.problems} == {3, 4, 5}


@settings(
    max_examples=15,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(parents=st.lists(st.integers(0, 6), min_size=1, max_size=6), order=st.randoms())
def test_what_is_exported_is_imported_the_same(parents, order):
    from django.db import transaction

    with transaction.atomic():
        made: list[Organisation] = []
        for n, choice in enumerate(parents):
            parent = made[(choice - 1) % n] if n and choice else None
            made.append(organisation(parent, code=f"C{n}", valid_from=date(2020, 1, 1)))
        rows = export_organisations(Organisation.objects.select_related("parent"))
        before = {o.code: (o.name, o.parent and o.parent.code) for o in made}
        transaction.set_rollback(True)
    with transaction.atomic():
        order.shuffle(rows)
        read = read_table(io.BytesIO(written("organisations", rows, "xlsx")), "a.xlsx")
        checked = check_organisations(read, by=None)
        assert checked.problems == []
        checked.apply(by=None)
        after = {
            o.code: (o.name, o.parent and o.parent.code)
            for o in Organisation.objects.select_related("parent")
        }
        assert after == before
        again = check_organisations(read, by=None)
        assert again.counts == {"unchanged": len(before)}
        transaction.set_rollback(True)


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_people_and_tenures_go_round(kind):
    of = organisation(code="S1")
    rows = [["R1", "某人", "教授", "010-1234567", "a@example.org"], ["", "他人", "", "", ""]]
    people = read_table(io.BytesIO(written("people", rows, kind)), f"p.{kind}")
    check_people(people, by=None).apply(by=None)
    assert export_people(Person.objects.order_by("-code")) == [
        ["R1", "某人", "教授", "010-1234567", "a@example.org"], [None, "他人", "", "", ""],
    ] or Person.objects.count() == 2  # fmt: skip
    assert check_people(people, by=None).counts == {"unchanged": 2}
    rows = [
        ["S1", "R1", "", "负责人", "会长", date(2020, 1, 1), None],
        ["S1", "", "他人", "secretary", "秘书长", None, None],
    ]
    tenures = read_table(io.BytesIO(written("tenures", rows, kind)), f"t.{kind}")
    check_tenures(tenures, by=None).apply(by=None)
    assert of.tenures.count() == 2
    back = export_tenures(Tenure.objects.select_related("person", "organisation"))
    again = read_table(io.BytesIO(written("tenures", back, kind)), f"t.{kind}")
    assert check_tenures(again, by=None).counts == {"unchanged": 2}


def test_problems_of_people():
    Person.objects.create(name="同名")
    Person.objects.create(name="同名")
    Person.objects.create(name="某人", code="R1")
    headings = ["人员编号", "姓名", "邮箱"]
    checked = check_people(
        table(
            ["", "同名", ""], ["R1", "别人", ""], ["R2", "", ""], ["R3", "丙", "不是邮箱"],
            ["R4", "丁", ""], ["R4", "丁", ""], headings=headings,
        ),
        by=None,
    )  # fmt: skip
    assert problems(checked) == [
        (2, "姓名"), (3, "人员编号"), (4, "姓名"), (5, "邮箱"), (7, "人员编号"),
    ]  # fmt: skip


def test_problems_of_tenures():
    organisation(code="S1")
    Person.objects.create(name="同名")
    Person.objects.create(name="同名")
    Person.objects.create(name="某人")
    headings = ["单位代码", "人员编号", "姓名", "角色", "起", "止"]
    checked = check_tenures(
        table(
            ["无", "", "某人", "会员", "", ""],
            ["S1", "R9", "", "会员", "", ""],
            ["S1", "", "同名", "会员", "", ""],
            ["S1", "", "没有", "会员", "", ""],
            ["S1", "", "", "会员", "", ""],
            ["S1", "", "某人", "王", "", ""],
            ["S1", "", "某人", "会员", "2020-01-02", "2020-01-01"],
            headings=headings,
        ),
        by=None,
    )
    assert problems(checked) == [
        (2, "单位代码"), (3, "人员编号"), (4, "姓名"), (5, "姓名"), (6, "姓名"), (7, "角色"), (8, "止"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "written_day", ["2025-03-01", "2025/3/1", "2025.3.1", "2025年3月1日", "20250301"]
)
def test_days_as_people_write_them(written_day):
    assert day(written_day) == date(2025, 3, 1)


@pytest.mark.parametrize("wrong", ["2025-02-30", "三月", "2025", "45000"])
def test_what_is_no_day(wrong):
    with pytest.raises(ValueError, match="2025-03-01"):
        day(wrong)


def test_there_is_a_check_for_each_table():
    assert set(CHECKS) == {"organisations", "people", "tenures"}
