"""What is a slot, what is none, and how each is read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheke.reports.slots import find_slots


def texts(text: str) -> list[str]:
    return [slot.text for slot in find_slots(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("已举办x期，覆盖全县。", ["x期"]),
        ("x条新闻登陆央视。", ["x条"]),
        ("开展宣讲××余场、座谈__场、研讨____场。", ["××余场", "__场", "____场"]),
        ("新增基地○○家、学会〇〇个。", ["○○家", "〇〇个"]),
        ("受众x.x万人次，入库1xx名。", ["x.x万人次", "1xx名"]),
        ("举办……场，召开  次，走访（  ）户。", ["……场", "  次", "（  ）户"]),
        ("年度点击量10W多，点赞10w+。", ["10W多", "10w+"]),
        ("编发3至5期，刊出10—15期，投入3—5万元。", ["3至5期", "10—15期", "3—5万元"]),
        (
            "占三分之二，合格率百分之九十五，提高2.5个百分点。",
            ["三分之二", "百分之九十五", "2.5个百分点"],
        ),
        ("宣讲1,234场，发放１２００册，增长2.3倍。", ["1,234场", "１２００册", "2.3倍"]),
        ("历时3个月，服务8年，驻点45天。", ["3个月", "8年", "45天"]),
        ("8家成员单位参加，12县区联动。", ["8家", "12县区"]),
        ("评出一等奖5项、二等奖X项。", ["5项", "X项"]),
        ("超百场，近百篇，上千人，破千万。", ["百场", "百篇", "千人", "千万"]),
        ("编印画册一本，举办一场报告会。", ["一本", "一场"]),
        ("批示17件（次）。", ["17件（次）"]),
        ("共培训 52 人，宣讲 3.6 万 余人次。", ["52 人", "3.6 万 余人次"]),
        ("全年举办讲座共计12\n场，反响热烈。", ["12\n场"]),
        ("培育593家国家级企业，改造200所以上学校。", ["593家", "200所"]),
    ],
)
def test_figures_and_blanks(text, found):
    assert texts(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "xx区、xx市、XXX学院、xx同志、某某同志出席，《xx日报》报道。",
        "xx项目、xx人民政府、xx条例、xx场馆、xx名师工作室。",
        "2022年11月19日，xx月xx日，2022—2024年，20xx年，二〇二四年，上午9时30分。",
        "《三年行动计划》和三年行动计划，过去五年，近三年来，5年来。",
        "第三届、第一批、首届、第xx次党代会、xx届x中全会、十九届六中全会、三届五次全委会。",
        "临社科〔2024〕1号，临社科发〔xxxx〕x号，中央一号文件。",
        "“三高四新”“两个确立”“十四五”，党的二十大，六次党代会。",
        "一是抓学习，二是抓普及，三是抓队伍。",
        "一张蓝图绘到底，全市一盘棋，形成一系列成果，推出一批人才，一如既往，千方百计，五湖四海。",
        "三农工作，一带一路，万达广场，百度百科，“1+N”“互联网+”，五位一体，八项规定。",
        "电话0738-86123456，手机13912345678，邮箱abc12@163.com，https://a.cn/12场。",
        "1.项目建设\n2．场地建设\n（3）组织保障\n①部门联动\n4 项目申报",
        "建党100周年，75周年，每年一次，每季度一次，五大行动，十大金点子，位列第3位，全省前三。",
        "使用Excel和XR设备，采用5G、H5技术，4A级景区。",
        "主要有三个方面，坚持两个维护，落实四个意识。",
    ],
)
def test_no_figures(text):
    assert texts(text) == []


def test_a_figure_is_read():
    (slot,) = find_slots("全年组织宣讲，听众近5.2万余人次，反响热烈。")
    assert (slot.value, slot.magnitude, slot.unit) == (52_000, "万", "人次")
    assert slot.approximation == ("近", "余")
    assert slot.approximate and not slot.blank and not slot.ordinal
    assert slot.context == "听众近5.2万余人次，"


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("召开三场。", 3, "场"),
        ("召开两场。", 2, "场"),
        ("刊出一百二十期。", 120, "期"),
        ("听众11万人次。", 110_000, "人次"),
        ("听众十一万余人次。", 110_000, "人次"),
        ("粉丝超一亿二千万。", 120_000_000, None),
        ("宣讲1,286场。", 1286, "场"),
        ("经费2,860.5万元。", 28_605_000, "元"),
        ("占三分之一。", 0.333333, None),
        ("转化率百分之三十八。", 38, "%"),
        ("占比92.5％。", 92.5, "%"),
        ("阅读量10w+。", 100_000, None),
        ("编发数十期。", None, "期"),
        ("编发两三期。", None, "期"),
        ("历时3个多月。", 3, "个月"),
    ],
)
def test_values(text, value, unit):
    (slot,) = find_slots(text)
    assert (slot.value, slot.unit) == (value, unit)


def test_a_range_has_two_ends():
    (slot,) = find_slots("投入3—5万元。")
    assert (slot.value, slot.low, slot.high) == (None, 30_000, 50_000)


def test_a_blank_has_no_value():
    (slot,) = find_slots("发放资料x万余份。")
    assert (slot.blank, slot.value, slot.magnitude, slot.unit) == (True, None, "万", "份")


@pytest.mark.parametrize(
    ("text", "verb", "thing"),
    [
        ("举办讲座52场。", "举办", "讲座"),
        ("举办52场讲座。", "举办", "讲座"),
        ("x条新闻登陆央视。", "登陆", "新闻"),
        ("新命名市级社科普及基地9家。", "命名", "市级社科普及基地"),
    ],
)
def test_verb_and_object(text, verb, thing):
    (slot,) = find_slots(text)
    assert (slot.verb, slot.object) == (verb, thing)


def test_planned_and_reached():
    planned, reached = find_slots("计划开展活动300余场，截至10月底已完成286场。")
    assert planned.planned and not reached.planned


def test_carriage_returns_are_counted():
    text = "一、工作\r\n举办讲座5场。\r\n"
    (slot,) = find_slots(text)
    assert text[slot.start : slot.end] == "5场"


@given(
    st.text(
        alphabet="举办讲座第近余万百三两x_…〇05.,，。%％年月日场次人（）“”《》\n \r", max_size=60
    )
)
def test_offsets_always_hold(text):
    end = 0
    for slot in find_slots(text):
        assert end <= slot.start < slot.end <= len(text)
        assert text[slot.start : slot.end] == slot.text
        end = slot.end
