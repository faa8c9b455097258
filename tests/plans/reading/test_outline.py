"""The tree: numbers in all forms, nested, with every character of the body in one node."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheke.plans.reading import read_plan
from sheke.plans.reading.outline import outline


def tree(text: str) -> list[str]:
    """The nodes as `level kind number title`, easy to compare."""
    plan = read_plan(text)
    return [
        " ".join(part for part in (str(i.level), i.kind, i.number, i.title) if part)
        for i in plan.items
    ]


def test_chapters_items_and_running_numbers():
    text = """云川市社科联2025年工作要点
一、抓研究
1. 立项课题。面向全市征集选题。
2．结项评审。上半年完成。
二、抓普及
3、办好讲坛。每月一讲。
"""
    assert tree(text) == [
        "1 chapter 一、 抓研究",
        "2 item 1. 立项课题",
        "2 item 2． 结项评审",
        "1 chapter 二、 抓普及",
        "2 item 3、 办好讲坛",
    ]
    assert read_plan(text).items[1].text == "面向全市征集选题。"


@pytest.mark.parametrize(
    ("outer", "inner"),
    [
        ("一、", "（一）"), ("一、", "(一)"), ("一、", "1."), ("一、", "1．"), ("一、", "1、"),
        ("一、", "（1）"), ("一、", "(1)"), ("一、", "1）"), ("一、", "①"), ("一、", "㈠"),
        ("（一）", "1."), ("（一）", "（1）"), ("1.", "（1）"), ("1.", "①"), ("第一章 ", "第一节 "),
        ("第一章 ", "一、"), ("第一部分 ", "一、"), ("壹、", "（一）"), ("一、", "1.1 "), ("一．", "一是"),
    ],
)  # fmt: skip
def test_every_form_nests_in_every_higher_form(outer, inner):
    nxt = {"（一）": "（二）", "(一)": "(二)", "1.": "2.", "1．": "2．", "1、": "2、", "（1）": "（2）",
           "(1)": "(2)", "1）": "2）", "①": "②", "㈠": "㈡", "第一节 ": "第二节 ", "一、": "二、",
           "1.1 ": "1.2 ", "一是": "二是"}[inner]  # fmt: skip
    items = read_plan(
        f"{outer}办好讲坛\n{inner}开展宣讲。进乡村。\n{nxt}编印读本。发到村。\n"
    ).items
    assert [(i.number, i.level) for i in items] == [
        (outer.strip(), 1), (inner.strip(), 2), (nxt.strip(), 2),
    ]  # fmt: skip
    assert [i.title for i in items] == ["办好讲坛", "开展宣讲", "编印读本"]


def test_headings_inside_a_paragraph():
    text = (
        "一、抓队伍\n（一）强化培训。分两批开展：一是办骨干班；二是办新任班。此外，建立档案。"
        "（二）强化激励。1.评先选优。年底表彰。2.宣传典型。开设专栏。\n"
    )
    assert tree(text) == [
        "1 chapter 一、 抓队伍",
        "2 item （一） 强化培训",
        "3 action 一是 办骨干班",
        "3 action 二是 办新任班",
        "2 item （二） 强化激励",
        "3 action 1. 评先选优",
        "3 action 2. 宣传典型",
    ]
    assert read_plan(text).items[1].text == "分两批开展：\n此外，建立档案。"


def test_a_text_without_line_ends_is_read_by_its_numbers():
    text = "2025年工作思路 一、抓研究（一）立项。设课题十项。（二）结项。二、抓普及（一）讲坛。（二）基地。"
    assert [line.split()[1] for line in tree(text)] == ["chapter", "item", "item"] * 2


@pytest.mark.parametrize(
    "words", [("首先，", "其次，", "最后，"), ("第一，", "第二，", "第三，"), ("其一，", "其二，", "其三，"),
              ("一要", "二要", "三要"), ("一是", "二是", "三是"), ("①", "②", "③")],
)  # fmt: skip
def test_enumerations_in_running_text(words):
    first, second, third = words
    text = f"一、抓落实\n1. 抓协调。{first}建机制；{second}定清单；{third}勤督办。\n"
    assert [i.title for i in read_plan(text).items if i.kind == "action"] == [
        "建机制",
        "定清单",
        "勤督办",
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "这一年的重点一是多余的说法。",
        "统一是前提，第二产业是基础。",
        "一、二、三产业融合发展。",
        "2024.5万元已经到位。",
        "“一是一，二是二”的作风要坚持。",
        "按照条例第三条（二）项执行。",
        "首先要学习。",
    ],
)
def test_what_only_looks_like_a_number(sentence):
    items = read_plan(f"一、抓作风\n1. 抓学习。{sentence}\n2. 抓纪律。守规矩。\n").items
    assert [i.number for i in items] == ["一、", "1.", "2."]
    assert items[1].text == sentence


def test_problems_and_the_next_steps_of_the_same_paragraph():
    text = (
        "一、下步打算\n虽有成效，但仍存在一些不足：一是力量薄弱。专职人员少；二是经费不足。"
        "下一步，重点抓好三项工作。\n（一）补力量。一是配专干。二是聘志愿者。\n"
    )
    assert tree(text) == [
        "1 chapter 一、 下步打算",
        "2 problem 一是 力量薄弱",
        "2 problem 二是 经费不足",
        "2 item （一） 补力量",
        "3 action 一是 配专干",
        "3 action 二是 聘志愿者",
    ]
    assert read_plan(text).items[0].text.endswith("下一步，重点抓好三项工作。")


def test_a_chapter_of_problems_and_the_answer_to_them():
    text = """一、存在的主要问题
（一）宣传不够。
（二）机制不全。一是督办少。二是考核软。
二、解决突出问题的措施
（一）加强宣传。
（二）健全机制。针对存在的问题，抓好以下工作：一是勤督办。二是严考核。
"""
    kinds = [line.split()[1] for line in tree(text)]
    assert kinds == ["chapter"] + ["problem"] * 4 + ["chapter", "item", "item", "action", "action"]


def test_flat_documents_have_items_and_no_chapters():
    assert tree("一、抓学习。每周一次。\n二、抓调研。每季一篇。\n") == [
        "1 item 一、 抓学习", "1 item 二、 抓调研",
    ]  # fmt: skip


def test_a_document_without_numbers_has_its_paragraphs_as_items():
    assert len(read_plan("办好年会，扩大影响。\n办好刊物，提高质量。\n").items) == 2


def test_a_summary_tells_next_steps_from_work_done():
    text = """一、主要工作情况
（一）抓学习。学习12次。
二、下一步打算
（一）抓普及。办讲座20场。
（二）抓研究。
"""
    plan = read_plan(text)
    assert plan.as_json()["next_steps"] == [3, 4, 5]
    assert [len(i.targets) for i in plan.items] == [0, 0, 0, 1, 0]


def test_samples(sample):
    points = read_plan(sample("work-points-2024.txt").read_text())
    kinds = [item.kind for item in points.items]
    assert (kinds.count("chapter"), kinds.count("item"), len(kinds)) == (5, 17, 22)
    assert [i.number for i in points.items if i.kind == "item"] == [f"{n}." for n in range(1, 18)]
    summary = read_plan(sample("work-summary-2022.txt").read_text())
    assert len(summary.as_json()["next_steps"]) == 9
    assert [i.kind for i in summary.items].count("problem") == 3


NUMBERS = ["一、", "二、", "三、", "（一）", "（二）", "1.", "2．", "3、", "（1）", "(2)", "①", "②", "1.1 ",
           "一是", "二是", "三是", "首先，", "其次，", "最后，", "第一章 ", "第二章 ", "第一，", "下一步，"]  # fmt: skip
WORDS = [
    "抓好学习",
    "存在问题：",
    "“引号",
    "办20场",
    "。",
    "；",
    "，",
    "：",
    "\n",
    "）",
    "”",
    " ",
    "2024.",
    "《书》",
]


@given(st.lists(st.sampled_from(NUMBERS + WORDS), min_size=1, max_size=40).map("".join))
def test_every_character_of_the_body_is_in_exactly_one_node(body):
    nodes = outline(body)
    pieces = sorted((p.start, p.end) for node in nodes for p in node.pieces)
    at = 0
    for start, end in pieces:
        assert start == at and end > start
        at = end
    assert at == len(body)


@given(st.lists(st.sampled_from(NUMBERS + WORDS), min_size=1, max_size=40).map("".join))
def test_parents_stand_before_their_children_one_level_up(body):
    items = read_plan(body).items
    levels = {item.id: item.level for item in items}
    for item in items:
        assert item.level == (levels[item.parent] + 1 if item.parent else 1)
        assert item.parent is None or item.parent < item.id


def test_a_list_in_a_document_without_headings_hangs_below_its_paragraph():
    text = "今年重点抓好两件事：一是办讲坛；二是编读本。\n经费由办公室保障。\n"
    assert tree(text) == [
        "1 item 今年重点抓好两件事",
        "2 action 一是 办讲坛",
        "2 action 二是 编读本",
        "1 item 经费由办公室保障",
    ]


def test_in_a_summary_only_the_chapter_on_next_steps_is_to_be_done():
    text = "云川市社科联2024年工作总结\n一、主要工作\n（一）办讲座。全年20场。\n二、2025年工作打算\n（一）办年会。征文100篇。\n"
    plan = read_plan(text)
    assert plan.as_json()["next_steps"] == [3, 4]
    assert [item.title for item in plan.items if item.targets] == ["办年会"]


def test_titles_end_without_a_comma():
    items = read_plan("一、抓落实\n1. 抓协调。一是建机制，二是定清单，三是勤督办。\n").items
    assert [item.title for item in items[2:]] == ["建机制", "定清单", "勤督办"]


def test_paragraphs_that_a_dash_begins():
    text = "云川市工作报告\n——在代表大会上\n一、抓普及\n——办好讲坛。进社区。\n——编印读本。\n二、抓研究\n——立项课题。\n"
    assert tree(text) == [
        "1 chapter 一、 抓普及",
        "2 item —— 办好讲坛",
        "2 item —— 编印读本",
        "1 chapter 二、 抓研究",
        "2 item —— 立项课题",
    ]
