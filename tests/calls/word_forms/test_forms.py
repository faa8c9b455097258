"""Forms of several layouts give each field its value, or say how sure they are."""

from __future__ import annotations

from decimal import Decimal

import docx
import pytest

from sheke.calls.word_forms import Field, match, read
from sheke.core.errors import BadInput

from . import forms

FIELDS = [
    Field("title", ("课题名称", "项目名称", "成果名称")),
    Field("kind", ("研究类型", "申报类别", "课题类别"), "choice", ("基础研究", "应用研究", "综合研究", "一般项目", "青年项目")),
    Field("lead", ("负责人姓名", "项目负责人", "申报人", "申请人")),
    Field("gender", ("性别",), "choice", ("男", "女")),
    Field("born", ("出生日期", "出生年月"), "date"),
    Field("organisation", ("工作单位", "所在单位")),
    Field("phone", ("联系电话", "手机")),
    Field("amount", ("申请经费", "申请额度", "资助金额"), "amount"),
    Field("until", ("计划完成时间", "完成时间"), "date"),
    Field("signed", ("填报日期", "申报日期"), "date"),
    Field("outcome", ("预期成果", "成果形式"), "choice", ("专著", "论文", "研究报告", "其他")),
    Field("crossing", ("是否跨学科",), "choice", ("是", "否")),
    Field("members", ("课题组成员", "项目组成员", "主要参加者"), "people"),
    Field("grounds", ("选题依据",)),
    Field("argument", ("项目论证", "课题设计论证")),
    Field("post", ("行政职务",)),
]  # fmt: skip


def proposals(data: bytes) -> dict[str, object]:
    return {p.key: p for p in match(read(data, "申请书.docx"), FIELDS)}


def test_a_data_sheet_of_merged_cells():
    found = proposals(forms.wide())
    values = {key: p.value for key, p in found.items()}
    assert values == {
        "title": forms.TOPIC,
        "kind": ["应用研究"],
        "lead": "何 清 源",
        "gender": ["女"],
        "born": "1984-11",
        "organisation": "澄江师范大学文学院",
        "phone": "13700001234",
        "amount": Decimal(55000),
        "until": "2027-06-30",
        "outcome": ["论文", "研究报告"],
        "grounds": forms.GROUNDS,
        "members": [
            {"name": "白一舟", "born": "1990-03", "title": "讲师", "degree": "博士", "organisation": "澄江师范大学"},
            {"name": "罗敏", "born": "1988-07", "title": "研究员", "degree": "硕士", "organisation": "石川社科院"},
        ],
    }  # fmt: skip
    assert {
        found[key].confidence for key in ("title", "kind", "lead", "amount", "members", "grounds")
    } == {"sure"}
    assert (found["lead"].place.table, found["lead"].place.row) == ("1", 3)


def test_a_cover_with_sections_in_cells_and_boxes_of_three_makes():
    found = proposals(forms.cover_and_boxes())
    assert {key: p.value for key, p in found.items()} == {
        "title": "数字时代的县域阅读",
        "lead": "乔雨",
        "organisation": "石川学院",
        "signed": "2026-04-15",
        "kind": ["一般项目"],
        "crossing": ["是"],
        "argument": "本项目研究县域阅读。\n方法是调查。",
        "members": [{"name": "丁可", "organisation": "石川学院", "duty": "调查"}],
    }


def test_a_layout_that_nobody_had_in_mind():
    found = proposals(forms.unseen())
    values = {key: p.value for key, p in found.items()}
    assert values["title"] == "山地旅游共同体" and values["lead"] == "苏见微"
    assert values["amount"] == Decimal(80000) and values["outcome"] == ["研究报告"]
    assert values["argument"] == "论证第一段。"
    assert [(m["name"], m["title"]) for m in values["members"]] == [
        ("万里", "讲师/系主任"),
        ("沈青禾", "教授"),
    ]
    # Values below their labels are never taken for certain.
    assert {found[key].confidence for key in ("title", "lead", "amount")} <= {"likely", "look"}
    assert all(found[key].reason for key in ("title", "lead", "amount"))


def test_an_empty_form_proposes_nothing():
    document = docx.Document()
    forms.fill(
        document.add_table(2, 4), [["课题名称", "", "申请人", ""], ["性别", "", "出生年月", ""]]
    )
    document.add_paragraph("填报日期：      年   月   日")
    found = proposals(forms.saved(document))
    assert {p.confidence for p in found.values()} <= {"look"}
    assert set(found) <= {"signed"}


def test_two_places_that_differ_are_said():
    document = docx.Document()
    document.add_paragraph("课题名称：甲题目")
    forms.fill(document.add_table(1, 2), [["课题名称", "乙题目"]])
    [proposal] = match(read(forms.saved(document), "a.docx"), FIELDS[:1])
    assert proposal.value == "乙题目" and proposal.confidence == "likely" and proposal.reason
    assert [other.value for other in proposal.others] == ["甲题目"]


def test_labels_of_a_group_are_told_apart():
    document = docx.Document()
    table = document.add_table(4, 3)
    for start, name in ((0, "负责人"), (2, "推荐人")):
        table.cell(start, 0).merge(table.cell(start + 1, 0)).text = name
    forms.fill_row(table, 0, [None, "姓名", "何清源"])
    forms.fill_row(table, 1, [None, "单位", "澄江师大"])
    forms.fill_row(table, 2, [None, "姓名", "乔雨"])
    forms.fill_row(table, 3, [None, "单位", "石川学院"])
    fields = [
        Field("lead", ("负责人姓名",)),
        Field("referee", ("推荐人姓名",)),
        Field("home", ("推荐人单位",)),
    ]
    found = {
        p.key: (p.value, p.confidence) for p in match(read(forms.saved(document), "a.docx"), fields)
    }
    assert found == {
        "lead": ("何清源", "sure"),
        "referee": ("乔雨", "sure"),
        "home": ("石川学院", "sure"),
    }


def test_a_table_with_columns_of_the_forms_own():
    document = docx.Document()
    document.add_paragraph("经费预算明细")
    forms.fill(
        document.add_table(3, 3),
        [["科目", "金额（元）", "依据"], ["资料费", "3000", "书"], ["差旅费", "5000", "调研"]],
    )
    budget = Field(
        "budget", ("经费预算明细",), "table", columns={"item": ("科目",), "amount": ("金额",)}
    )
    [proposal] = match(read(forms.saved(document), "a.docx"), [budget])
    assert proposal.value == [
        {"item": "资料费", "amount": "3000"},
        {"item": "差旅费", "amount": "5000"},
    ]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0", b"text"])
def test_what_is_no_word_file_is_named(data):
    with pytest.raises(BadInput, match=r"申请书\.docx"):
        read(data, "申请书.docx")
