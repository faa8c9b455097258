from sheke.reports.tracing import flags_of
from sheke.reports.wordings import BLANK, Filling, fill_text


def flags(text, *fillings, bound=(), template_year=2025, report_year=2025):
    made = []
    for key, old, printed in fillings:
        at = text.index(old)
        made.append(Filling(key, at, at + len(old), printed))
    filled = fill_text(text, made)
    found = flags_of(filled, set(bound), template_year=template_year, report_year=report_year)
    ours = [f for f in found if f.kind in ("untraced", "other_year", "unbound", "no_value")]
    assert all(filled.text[f.start : f.end] == f.text for f in ours)
    return [(f.kind, f.text) for f in found]


def test_a_figure_in_its_slot_is_traced():
    assert flags("全年举办讲座520场。", ("a", "520场", "618场"), bound="a") == []


def test_a_number_outside_every_slot_is_flagged():
    assert flags("全年举办讲座520场。") == [("untraced", "520场")]
    assert flags("编号7788已用完。") == [("untraced", "7788")]


def test_chinese_numerals_with_a_measure_word_are_numbers_too():
    assert flags("举办研讨会三场。") == [("untraced", "三场")]


def test_dates_ordinals_and_document_numbers_are_none():
    assert flags("2025年3月5日，第三届理事会印发〔2025〕8号文件。") == []


def test_blanks_say_whether_anything_is_bound():
    text = "讲座x场，人均y元。"
    found = flags(text, ("a", "x场", BLANK), ("b", "y元", BLANK), bound="b")
    assert found == [("unbound", BLANK), ("no_value", BLANK)]


def test_the_templates_year_is_flagged_when_the_report_is_of_another():
    assert flags("2024年3月启动。", template_year=2024) == [("other_year", "2024")]
    assert flags("2024年3月启动。", template_year=2024, report_year=2024) == []


def test_wording_that_contradicts_itself_is_flagged():
    assert ("untraced", "232余篇") in flags("发表文章近232余篇。")
    kinds = [
        kind for kind, _ in flags("发表文章近232余篇。", ("a", "232余篇", "240余篇"), bound="a")
    ]
    assert kinds
    assert "untraced" not in kinds
