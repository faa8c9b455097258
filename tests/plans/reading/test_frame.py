"""What surrounds a plan, broken lines, and that nothing of a document is lost."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheke.core.documents import clean_text
from sheke.plans.reading import read_plan

LETTER = """云川市社会科学界联合会文件
云社联发〔2025〕3号
关于印发《云川市社科联2025年工作要点》的通知
各县（市、区）社科联，各市级学会：
现将《云川市社科联2025年工作要点》印发给你们，请认真落实。
云川市社会科学界联合会
2025年1月20日
云川市社科联
2025年工作要点
今年工作的总要求是：服务大局，守正创新。
一、抓研究
1. 立项课题。面向全市征集。
二、抓普及
2. 办好讲坛。每月一讲。
附件：任务分解表
抄送：市委宣传部。
云川市社科联办公室 2025年1月21日印发
"""


def test_the_letter_around_a_plan_is_kept_beside_the_tree():
    plan = read_plan(LETTER)
    assert plan.title == "云川市社科联2025年工作要点"
    assert plan.year == 2025
    assert [part.kind for part in plan.preamble] == [
        "header", "number", "notice_title", "addressee", "notice", "organ", "date", "title", "title",
    ]  # fmt: skip
    assert plan.introduction == "今年工作的总要求是：服务大局，守正创新。"
    assert [item.title for item in plan.items] == ["抓研究", "立项课题", "抓普及", "办好讲坛"]
    assert [part.kind for part in plan.boilerplate] == ["appendix", "copy", "copy"]


def test_web_residue_is_set_aside():
    text = """首页 > 政务公开 > 计划总结
【字体：大 中 小】
云川市社科联2025年工作计划
发布时间：2025-01-09 09:30 来源：办公室 浏览次数：88
一、办讲坛。时间：3月—5月。
二、编刊物。出刊六期。
打印 关闭
责任编辑：办公室
上一篇：没有了
版权所有：云川市社会科学界联合会
"""
    plan = read_plan(text)
    assert plan.title == "云川市社科联2025年工作计划"
    assert [item.title for item in plan.items] == ["办讲坛", "编刊物"]
    assert "时间：3月—5月。" in plan.items[0].text
    assert {part.kind for part in plan.boilerplate} == {"web"}
    assert len(plan.boilerplate) == 7


@pytest.mark.parametrize("break_", ["\n", "\n\n", "\n- 3 -\n", "\n\n第 4 页\n\n", "\n— 12 —\n"])
def test_sentences_broken_by_page_ends_are_joined(break_):
    text = f"一、抓研究\n1. 立项课题。面向全市征集选题，引导广大社科{break_}工作者深入基层。\n2. 结项。按期完成。\n"
    assert read_plan(text).items[1].text == "面向全市征集选题，引导广大社科工作者深入基层。"


def test_a_heading_broken_in_its_middle_is_joined():
    text = "一、抓普及\n1. 办好云川讲坛。每月一讲。\n2. 推进基地规范\n化建设。评选一批。\n3. 编印读本。发到村。\n"
    assert read_plan(text).items[2].title == "推进基地规范化建设"


def test_a_heading_that_stands_alone_is_not_joined():
    text = "一、指导思想\n以服务大局为主线，推动事业发展。\n二、主要任务\n办好讲坛，编好刊物。\n"
    plan = read_plan(text)
    assert [item.title for item in plan.items] == ["指导思想", "主要任务"]
    assert plan.items[0].text == "以服务大局为主线，推动事业发展。"


def test_lines_broken_at_a_width_are_joined_by_their_indents():
    text = """        一、抓好学术研究和决策咨询
        1.办好年会。拟于十月召开学术年会，征集论文不少于
    80篇，评选优秀论文20篇。会后编印文集，择优推荐发表
    到学刊。
        2.开展攻关。围绕中心工作设立课题，全年不少于10
    项，年内全部结项，并把成果报送有关部门作决策参考之
    用。
"""
    items = read_plan(text).items
    assert [item.title for item in items] == ["抓好学术研究和决策咨询", "办好年会", "开展攻关"]
    assert "不少于80篇" in items[1].text
    assert items[2].text.endswith("决策参考之用。")


def test_a_document_without_a_title_takes_the_name_it_is_given():
    assert read_plan("一、抓学习。\n二、抓调研。\n", name="工作安排").title == "工作安排"


def test_a_quoted_title_serves_where_the_line_is_missing():
    text = "现将《云川市社科联2026年工作计划》印发给你们。\n一、抓学习。\n二、抓调研。\n"
    assert read_plan(text).title == "云川市社科联2026年工作计划"


def test_traditional_text_with_glosses():
    plan = read_plan(
        "一、強(qiáng)化學(xué)術(shù)引(yǐn)領\n（一）舉辦年會。徵集論文百篇。\n（二）評選優秀成果。\n"
    )
    assert [item.title for item in plan.items] == ["强化学术引领", "举办年会", "评选优秀成果"]


def characters(text: str) -> Counter[str]:
    return Counter(c for c in text if not c.isspace())


def everything(text: str) -> Counter[str]:
    """What the reading of a document holds, in all of its parts, closing marks of titles apart."""
    plan = read_plan(text)
    parts = [part.text for part in plan.preamble + plan.boilerplate] + [plan.introduction]
    parts += [item.number + item.title + item.text for item in plan.items]
    return characters("".join(parts))


@pytest.mark.parametrize("name", ["work-points-2024.txt", "work-summary-2022.txt"])
def test_nothing_of_a_sample_is_lost(sample, name):
    text = sample(name).read_text()
    lost = characters(clean_text(text)) - everything(text)
    assert set(lost) <= set("。；：，、")


LINES = [
    *LETTER.split("\n"),
    "首页",
    "打印 关闭",
    "- 2 -",
    "一是抓。二是放。",
    "存在问题：",
    "未完的句，子",
    "甲\t乙",
]


@given(st.lists(st.sampled_from(LINES), min_size=1, max_size=25).map("\n".join))
def test_nothing_of_a_document_is_lost_or_doubled(text):
    said, kept = characters(clean_text(text)), everything(text)
    assert set(said - kept) <= set("。；：，、!！？?;:,")
    assert not kept - said
