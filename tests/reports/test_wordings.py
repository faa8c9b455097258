from hypothesis import given
from hypothesis import strategies as st

from sheke.reports.wordings import Filling, fill_text


def test_figures_keep_their_place_in_their_paragraph():
    text = "甲52场\n乙3人，丙4人"
    filled = fill_text(text, [Filling("b", 6, 8, "三百人"), Filling("a", 1, 4, "618场")])
    assert filled.text == "甲618场\n乙三百人，丙4人"
    assert [
        (line, [(p.key, p.start, p.text) for p in placed]) for line, placed in filled.paragraphs()
    ] == [
        ("甲618场", [("a", 1, "618场")]),
        ("乙三百人，丙4人", [("b", 1, "三百人")]),
    ]


def test_a_filling_without_a_key_is_text():
    filled = fill_text("2024年", [Filling("", 0, 4, "2025")])
    assert (filled.text, filled.placed) == ("2025年", [])


def test_line_ends_in_a_wording_cut_no_paragraph():
    assert fill_text("甲x", [Filling("a", 1, 2, "乙\n丙")]).text == "甲乙 丙"


@given(st.text("甲乙\n1", max_size=30), st.data())
def test_every_figure_stands_where_it_says(text, data):
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=8)))
    spans = [(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False) if "\n" not in text[a:b]]
    words = [data.draw(st.text("5万余", min_size=1, max_size=3)) for _ in spans]
    filled = fill_text(
        text,
        [Filling(str(i), a, b, w) for i, ((a, b), w) in enumerate(zip(spans, words, strict=True))],
    )
    assert [filled.text[p.start : p.end] for p in filled.placed] == words
    lines = filled.paragraphs()
    assert "\n".join(line for line, _ in lines) == filled.text
    assert [line[p.start : p.end] for line, placed in lines for p in placed] == words
