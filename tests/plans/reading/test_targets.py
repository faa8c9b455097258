"""Proposed targets and deadlines: figures, comparisons, places in the text."""

from __future__ import annotations

from datetime import date

import pytest

from sheke.plans.reading import read_plan
from sheke.plans.reading.deadlines import due_date, find_deadlines
from sheke.plans.reading.duties import find_duties
from sheke.plans.reading.targets import find_targets


@pytest.mark.parametrize(
    ("text", "value", "unit", "comparison", "kind"),
    [
        ("全年举办讲座100场。", 100, "场", "exactly", "count"),
        ("结项率力争达到95%。", 95, "%", "at_least", "share"),
        ("编发内参不少于8期。", 8, "期", "at_least", "count"),
        ("立项60项以上。", 60, "项", "at_least", "count"),
        ("差错率控制在3%以内。", 3, "%", "at_most", "share"),
        ("发展会员30人左右。", 30, "人", "about", "count"),
        ("吸引听众1.2万人次。", 12000, "人次", "exactly", "count"),
        ("筹集经费50万元。", 500000, "元", "exactly", "count"),
        ("培训干部300余人次。", 300, "人次", "at_least", "count"),
        ("举办论坛三场。", 3, "场", "exactly", "count"),
        ("举办学术沙龙十二期。", 12, "期", "exactly", "count"),
        ("走访两家学会。", 2, "家", "exactly", "count"),
        ("满意度达到百分之九十五。", 95, "%", "at_least", "share"),
        ("阅读量增长10%。", 10, "%", "growth", None),
        ("县级社科联实现全覆盖。", 100, "%", "at_least", "coverage"),
        ("确保安全“零事故”。", 0, "", "at_most", "zero"),
        ("评选十大金点子。", 10, "个", "exactly", "top"),
        ("评选第三批科普基地。", 3, "批", "exactly", "ordinal"),
        ("编印《云川文丛》。", 1, "部", "exactly", "work"),
        ("新建基地3至5个。", 3, "个", "at_least", "count"),
        ("阅读量达1,200,000次。", 1200000, "次", "at_least", "count"),
    ],
)
def test_figures_are_proposed_as_targets(text, value, unit, comparison, kind):
    [target] = find_targets(text)
    assert text[target.start : target.end] == target.text
    assert (target.value, target.unit) == (value, unit)
    if kind is None:
        assert target.kind == comparison
    else:
        assert (target.comparison, target.kind) == (comparison, kind)


@pytest.mark.parametrize(
    "text",
    [
        "贯彻落实第三次会议精神。",
        "组建百人宣讲团。",
        "办好两件大事。",
        "2025年是关键一年。",
        "坚持“三高四新”战略。",
        "建立一支过硬的队伍。",
        "抓好三个方面的工作。",
        "配合做好第三届大会筹备。",
        "目前已有会员500人。",
        "由宣传部等8家单位参与。",
        "于6月30日前完成。",
        "依据〔2024〕12号文件执行。",
        "深刻领会“两个确立”的决定性意义。",
    ],
)
def test_what_is_no_target(text):
    assert find_targets(text) == []


def test_several_targets_keep_their_places_and_objects():
    text = "举办“云川讲坛”不少于48场，听众达到1万人次；编发《内参》12期。"
    targets = find_targets(text)
    assert [t.text for t in targets] == ["48场", "1万人次", "12期"]
    assert [t.object for t in targets] == ["云川讲坛", "听众", "《内参》"]
    assert [text[t.start : t.end] for t in targets] == [t.text for t in targets]


def test_recurring_targets_say_how_often():
    [target] = find_targets("每季度至少召开一次座谈会。")
    assert (target.value, target.every, target.comparison) == (1, "quarter", "at_least")


@pytest.mark.parametrize(
    ("text", "every"),
    [
        ("每周推送不少于3期，全年新增关注1万人。", ["week", ""]),
        ("每周推送不少于3期，新增关注1万人。", ["week", ""]),
        ("每季度举办讲座3场、沙龙2场。", ["quarter", "quarter"]),
        ("每季度召开例会，走访专家10人。", ["quarter"]),
        ("每月检查，全年抽查单位20家。", [""]),
    ],
)
def test_how_often_belongs_to_its_own_figure(text, every):
    assert [target.every for target in find_targets(text)] == every


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("6月底前完成", date(2025, 6, 30)),
        ("6月前完成", date(2025, 5, 31)),
        ("5月举办", date(2025, 5, 31)),
        ("5月中旬举办", date(2025, 5, 20)),
        ("九月份启动", date(2025, 9, 30)),
        ("上半年完成", date(2025, 6, 30)),
        ("下半年完成", date(2025, 12, 31)),
        ("第三季度召开", date(2025, 9, 30)),
        ("二季度召开", date(2025, 6, 30)),
        ("年底前完成", date(2025, 12, 31)),
        ("全年举办", date(2025, 12, 31)),
        ("年内完成", date(2025, 12, 31)),
        ("11月15日前通报", date(2025, 11, 15)),
        ("2026年3月底前完成", date(2026, 3, 31)),
        ("3月至5月开展", date(2025, 5, 31)),
        ("3—5月开展", date(2025, 5, 31)),
        ("到2027年建成", date(2027, 12, 31)),
        ("次年1月报送", date(2026, 1, 31)),
        ("2月启动，10月底前完成", date(2025, 10, 31)),
    ],
)
def test_deadlines_are_dates_of_the_plans_year(text, day):
    deadlines = find_deadlines(text, 2025)
    assert due_date(deadlines) == day
    assert all(text[d.start : d.end].strip() == d.phrase for d in deadlines)


@pytest.mark.parametrize(
    "text", ["2025年以来", "3月以来", "13月底前", "2月30日前", "面向年中心任务", "基底", "每个月饼"]
)
def test_what_is_no_deadline(text):
    assert due_date(find_deadlines(text, 2025)) is None


def test_recurring_times_have_no_date():
    [deadline] = find_deadlines("每月开展学习", 2025)
    assert (deadline.every, deadline.date) == ("month", None)


def test_without_a_year_the_words_are_kept():
    [deadline] = find_deadlines("6月底前完成", None)
    assert (deadline.phrase, deadline.date) == ("6月底前", None)


def test_duties_named_in_the_text():
    text = "抓好落实。（牵头单位：科普科；配合单位：办公室、学会科；完成时限：6月底前）"
    duties = find_duties(text)
    assert [(d.role, d.name) for d in duties] == [
        ("lead", "科普科"), ("support", "办公室"), ("support", "学会科"), ("due", "6月底前"),
    ]  # fmt: skip
    assert all(text[d.start : d.end] == d.name for d in duties)


def test_places_are_those_of_the_items_own_title_and_text():
    plan = read_plan(
        "2025年工作要点\n一、抓普及\n1. 办讲坛48场。年底前完成，听众不少于5000人次。\n2. 编刊。\n"
    )
    item = plan.items[1]
    [in_title, in_text] = item.as_json()["targets"]
    assert item.title[in_title["start"] : in_title["end"]] == "48场"
    assert item.text[in_text["start"] : in_text["end"]] == "5000人次"
    assert item.as_json()["due"] == "2025-12-31"


def test_the_sum_of_what_recurs_does_not_recur():
    targets = find_targets("办好讲座，每季度不少于2场（共8场）。")
    assert [(t.value, t.every) for t in targets] == [(2, "quarter"), (8, "")]
