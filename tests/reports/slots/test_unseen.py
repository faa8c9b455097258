"""Sentences that documents written by others made the finder miss or misread; one class a test."""

import docx
import pytest

from sheke.reports.slots import find_slots, warnings_for
from sheke.reports.word.rows import table_rows
from sheke.reports.word.text import document_text


def texts(text: str) -> list[str]:
    return [slot.text for slot in find_slots(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("新建书房x间、展厅x处、文化墙xx面。", ["x间", "x处", "xx面"]),
        ("购置设备xx台、车辆x辆，结成对子xx对。", ["xx台", "x辆", "xx对"]),
        ("来自xx所高校的代表参会，购置x台电脑。", ["xx所", "x台"]),
        ("联系高校__所，用纸___包，结对xx对，每人x000元。", ["__所", "___包", "xx对", "x000元"]),
        ("发放帆布袋XXX只，发布公益广告__则。", ["XXX只", "__则"]),
    ],
)
def test_a_blank_behind_its_noun_needs_no_verb(text, found):
    assert texts(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "在xx台、xx报等媒体推出专题，由xx处负责，赴xx站调研。",
        "xx处、xx科、xx组联合开展督查。",
        "市委xx处、县局xx所派员参加。",
        "xx对口帮扶xx区，xx只有一个目标。",
        "xx部、xx委、xx办联合发文，XX届毕业生、2023届毕业生返校。",
        "xx条约、xx名人故居、xx件套产品，五台山、七里河区，五花八门。",
        "985高校、211院校，信用代码12430000MB1234567X。",
    ],
)
def test_an_office_made_anonymous_is_no_blank(text):
    assert texts(text) == []


@pytest.mark.parametrize(
    ("text", "found", "value"),
    [
        ("建成80千瓦光伏电站。", "80千瓦", 80),
        ("覆盖全市XX万团员青年。", "XX万", None),
        ("共涉及5大类资料。", "5大类", 5),
        ("获批示○件（套）。", "○件（套）", None),
        ("影响因子由0.871上升至1.203。", "1.203", 1.203),
        ("建成村史馆一座。", "一座", 1),
        ("参加活动 1 250 人次。", "1 250 人次", 1250),
    ],
)
def test_numeral_and_measure_word(text, found, value):
    slot = find_slots(text)[-1]
    assert (slot.text, slot.value) == (found, value)


def test_from_and_to_are_both_figures():
    assert texts("综合得分由86.5提高到92.3。") == ["86.5", "92.3"]


def test_hours_of_the_day_are_a_way_of_speaking():
    assert texts("开通24小时咨询，24小时内答复，２４小时语音导览。") == []
    assert texts("累计培训24小时。") == ["24小时"]


TABLE = """活动统计
类别  场次（场）  人数（人次）  经费（元）
讲座  12  1,350  8000
论坛  x  xx  
合计  15  1,600  9,500
以上为全年数据。
"""


def test_cells_of_a_table_are_figures_with_the_unit_of_their_column():
    slots = find_slots(TABLE)
    assert [(slot.text, slot.unit) for slot in slots] == [
        ("12", "场"), ("1,350", "人次"), ("8000", "元"), ("x", "场"), ("xx", "人次"),
        ("15", "场"), ("1,600", "人次"), ("9,500", "元"),
    ]  # fmt: skip
    assert [TABLE[slot.start : slot.end] for slot in slots] == [slot.text for slot in slots]
    assert slots[1].value == 1350
    assert (slots[1].object, slots[1].context) == ("讲座", "讲座 人数（人次）")


def test_numbers_of_rows_and_years_in_a_table_are_none():
    text = "序号\t年度\t名称\t数量\n1\t2023\t讲座\t12\n2\t2024\t论坛\t3\n"
    assert texts(text) == ["12", "3"]


def test_lines_with_gaps_are_not_tables():
    assert texts("地点：一楼  时间：9点\n主持：李平  记录：王芳\n") == []


@pytest.mark.parametrize(
    ("text", "found", "value"),
    [
        ("接听热线一百零五通。", "一百零五通", 105),
        ("累计派单3,845单，好评不断。", "3,845单", 3845),
        ("优秀率百分之九十七点五。", "百分之九十七点五", 97.5),
        ("播放量是上年的一点五倍。", "一点五倍", 1.5),
        ("日活2000+，反响热烈。", "2000+", 2000),
        ("其中百万+的作品获奖。", "百万+", 1_000_000),
        ("落实年度经费四十万。", "四十万", 400_000),
    ],
)
def test_more_measure_words_and_ways_of_writing(text, found, value):
    slot = find_slots(text)[0]
    assert (slot.text, slot.value) == (found, value)


def test_a_limit_of_age_is_not_reported():
    assert texts("年龄在45岁以下的占两成，平均年龄42.5岁。") == ["两成", "42.5岁"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("写下笔记十万字，年增收百万元以上。", ["十万字", "百万元"]),
        ("观众二十余万；下载三百多万。", ["二十余万", "三百多万"]),
        ("完成不到时序进度的一半。", ["一半"]),
        ("学员最小5岁、最大91岁。", ["5岁", "91岁"]),
        ("搭设帐篷40顶，行程三千余里，停放车辆3000辆次。", ["40顶", "三千余里", "3000辆次"]),
        ("赴11国办展，夺得2金3银1铜。", ["11国", "2金", "3银", "1铜"]),
    ],
)
def test_round_numbers_and_rare_measure_words(text, found):
    assert texts(text) == found


def test_round_numbers_of_speech_are_none():
    assert texts("打造百亿元产业，惠及千人大村，万人大会，建设十万亩良田工程。") == []


@pytest.mark.parametrize("sign", ["x", "_", "1", "一", "1,", "“", "x、"])
def test_a_long_run_of_signs_is_no_figure(sign):
    """Also a guard: with unbounded masks these took minutes."""
    assert len(find_slots(sign * 10_000)) <= 1


def test_planned_and_reached_with_other_figures_between():
    text = "计划立项课题150项、培训90人次，至11月收到申报书428份，实际立项163项、培训98人次，其中重点21项。"
    slots = find_slots(text)
    assert [w.text for w in warnings_for(text, slots)] == [
        "150项、培训90人次，至11月收到申报书428份，实际立项163项",
        "90人次，至11月收到申报书428份，实际立项163项、培训98人次",
    ]


def test_cells_of_a_word_table_are_figures():
    document = docx.Document()
    document.add_paragraph("一、统计")
    table = document.add_table(rows=0, cols=3)
    for row in (["类别", "场次（场）", "人数（人次）"], ["讲座", "12", "1350"], ["论坛", "x", ""]):
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    document.add_paragraph("2025年12月")
    read = document_text(document)
    found = find_slots(read.text, table_rows(read))
    assert [(slot.text, slot.unit) for slot in found] == [
        ("12", "场"),
        ("1350", "人次"),
        ("x", "场"),
    ]
    assert [read.text[slot.start : slot.end] for slot in found] == ["12", "1350", "x"]
