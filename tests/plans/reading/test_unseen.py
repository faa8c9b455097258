"""Plans written by others that were read wrongly at first; one class a test."""

from __future__ import annotations

import datetime

import pytest

from sheke.plans.reading import read_plan


def tree(text: str) -> list[str]:
    return [f"{i.level} {i.kind} {i.number} {i.title}".strip() for i in read_plan(text).items]


def targets(text: str) -> list[tuple[str, str]]:
    plan = read_plan(f"云川市2025年工作要点\n一、抓落实\n{text}\n二、抓保障\n")
    return [(t.text, t.comparison) for item in plan.items for _field, t in item.targets]


def deadlines(text: str) -> list[datetime.date | None]:
    plan = read_plan(f"云川市2025年工作要点\n一、抓落实\n{text}\n二、抓保障\n")
    return [d.date for item in plan.items for _field, d in item.deadlines]


def test_a_short_heading_alone_among_headings_with_text():
    text = """云川学院2025年工作计划
第一章 重点任务
1、选拔青年人才。选拔二十名青年教师给予经费支持。
2、举办学术论坛。邀请知名学者作专题报告。
3、推动成果应用
紧扣沿江产业带建设，每季度编发专报一期，推动成果进入决策。
4、建设普及基地。把博物馆纳入基地建设范围。
"""
    assert "2 item 3、 推动成果应用" in tree(text)
    assert read_plan(text).items[3].text.startswith("紧扣沿江产业带建设")


def test_a_table_of_contents_is_no_second_tree():
    body = "一、抓学习\n（一）学原文。\n二、抓普及\n（一）办讲座。\n"
    dotted = "云川市2025年工作要点\n目  录\n一、抓学习……………1\n二、抓普及……………3\n" + body
    plain = "云川市2025年工作要点\n目录\n一、抓学习\n二、抓普及\n" + body
    expected = tree("云川市2025年工作要点\n" + body)
    assert tree(dotted) == tree(plain) == expected
    assert [part.kind for part in read_plan(dotted).boilerplate] == ["contents"] * 3


def test_decimals_nest_by_their_length():
    text = "云川市2025年工作计划\n1. 任务\n1.1 学术\n1.2 普及\n1.2.1 建基地\n1.2.2 办讲座\n2. 保障\n2.1 经费\n"
    assert tree(text) == [
        "1 chapter 1. 任务",
        "2 item 1.1 学术",
        "2 item 1.2 普及",
        "3 action 1.2.1 建基地",
        "3 action 1.2.2 办讲座",
        "1 chapter 2. 保障",
        "2 item 2.1 经费",
    ]


def test_a_table_behind_the_last_item_is_kept_beside_the_tree():
    text = "云川市2025年工作要点\n一、抓研究\n二、抓普及\n（一）办讲座。全年200场。\n序号\t任务\t时限\n1\t年会\t9月底前\n2\t专报8篇\t11月底前\n云川市社科联\n2025年1月9日\n"
    plan = read_plan(text)
    assert plan.items[-1].text == "全年200场。"
    assert [part.text for part in plan.boilerplate if part.kind == "table"] == [
        "序号\t任务\t时限",
        "1\t年会\t9月底前",
        "2\t专报8篇\t11月底前",
    ]


def test_the_stated_time_limit_is_the_day_due():
    text = "云川市2025年工作要点\n一、抓宣讲\n（一）办讲座。下半年开讲。（责任单位：学会部；完成时限：11月底前）\n"
    assert read_plan(text).items[-1].due == datetime.date(2025, 11, 30)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("推荐省级以上模范3名。", [("3名", "exactly")]),
        ("完善24小时值班制度，72小时内办结。", []),
        ("志愿服务不少于800小时。", [("800小时", "at_least")]),
        ("刊发稿件600篇（条）以上，督查2轮次。", [("600篇（条）以上", "at_least"), ("2轮次", "exactly")]),
    ],
)  # fmt: skip
def test_targets(text, found):
    assert targets(text) == found


def test_holidays_are_deadlines():
    assert deadlines("影片国庆节前上线，“七一”前完成表彰。") == [
        datetime.date(2025, 9, 30),
        datetime.date(2025, 6, 30),
    ]


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("2024年工作总结", 2025),
        ("2024年工作情况汇报", 2025),
        ("2024年上半年工作总结", 2024),
        ("2024年第三季度工作情况", 2024),
        ("2024年工作总结和2025年工作计划", 2025),
    ],
)
def test_next_steps_of_a_whole_year_lie_in_the_next(title, year):
    text = f"云川市社科联{title}\n一、工作开展情况\n（一）办讲座。\n二、下一步打算\n（一）办论坛。10月举办。\n"
    assert read_plan(text).items[-1].due == datetime.date(year, 10, 31)


def test_quarters_on_lines_of_their_own_are_chapters():
    text = "云川学会2025年工作计划\n第一季度\n1、开理事会（1月）\n2、发指南（3月底前）\n下半年\n3、办年会，规模200人\n4、做年检\n"
    assert tree(text) == [
        "1 chapter  第一季度",
        "2 item 1、 开理事会（1月）",
        "2 item 2、 发指南（3月底前）",
        "1 chapter  下半年",
        "2 item 3、 办年会，规模200人",
        "2 item 4、 做年检",
    ]


def test_headings_without_any_number_hold_the_paragraphs_below():
    text = "云川智库2026年重点工作清单\n按照决议，抓好以下工作。\n决策咨询\n承接课题\n承接课题6项，7月底前完成。\n加强审核。\n办好内参\n编发内参36期。\n人才建设\n引进人才\n引进博士5名。\n序号\t任务\n1\t内参\n"
    plan = read_plan(text)
    assert plan.introduction == "按照决议，抓好以下工作。"
    assert tree(text) == [
        "1 chapter  决策咨询",
        "2 item  承接课题",
        "2 item  办好内参",
        "1 chapter  人才建设",
        "2 item  引进人才",
    ]
    assert plan.items[1].text == "承接课题6项，7月底前完成。\n加强审核。"


def test_a_round_number_without_a_measure_word_is_a_target():
    assert targets("推出作品，学年阅读量突破500万。") == [("500万", "at_least")]
