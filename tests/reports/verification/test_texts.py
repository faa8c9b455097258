import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheke.reports.verification.texts import Placed, compare, normalised

TITLE = "2025年工作总结"
LECTURES = "全年举办“社科”讲座520余场，惠及5.2万余人次。"
BOOKS = "编印普及读物30册，发放到各县。"


def line(text, **figures):
    placed = []
    for key, needle in figures.items():
        at = text.index(needle)
        placed.append(Placed(key, at, at + len(needle), needle))
    return text, placed


FROZEN = [line(TITLE), line(LECTURES, a="520余", b="5.2万余"), line(BOOKS, c="30")]


def test_an_unchanged_file_has_no_changes():
    result = compare(FROZEN, FROZEN)
    assert result.found == {"a": "520余", "b": "5.2万余", "c": "30"}
    assert result.changes == []


def test_without_any_anchor_figures_are_found_by_their_paragraph():
    result = compare(FROZEN, [line(text) for text, _ in FROZEN])
    assert result.found == {"a": "520余", "b": "5.2万余", "c": "30"}
    assert result.changes == []


def test_white_space_quotes_and_empty_paragraphs_do_not_count():
    theirs = [
        line(f"　{TITLE} "),
        line(""),
        line('全年举办"社科"讲座520余场， 惠及5.2万余人次。', a="520余", b="5.2万余"),
        line(BOOKS, c="30"),
    ]
    assert compare(FROZEN, theirs).changes == []


def test_an_edited_figure_is_no_change_of_the_text():
    text = LECTURES.replace("520余", "620余")
    for theirs in (line(text, a="620余", b="5.2万余"), line(text, b="5.2万余"), line(text)):
        result = compare(FROZEN, [FROZEN[0], theirs, FROZEN[2]])
        assert result.found["a"] == "620余"
        assert result.found["b"] == "5.2万余"
        assert result.changes == []


def test_a_figure_deleted_with_its_anchor_is_found_empty():
    result = compare(FROZEN, [FROZEN[0], line(LECTURES.replace("520余", "")), FROZEN[2]])
    assert result.found["a"] == ""
    assert result.changes == []


def test_a_changed_word_is_shown_in_its_paragraph():
    theirs = line(LECTURES.replace("惠及", "覆盖群众"), a="520余", b="5.2万余")
    (change,) = compare(FROZEN, [FROZEN[0], theirs, FROZEN[2]]).changes
    assert change.kind == "changed"
    assert ("out", "惠及") in change.segments
    assert ("in", "覆盖群众") in change.segments


def test_an_edited_figure_does_not_show_in_a_changed_paragraph():
    text = LECTURES.replace("惠及", "覆盖").replace("520余", "620余")
    (change,) = compare(FROZEN, [FROZEN[0], line(text, a="620余", b="5.2万余"), FROZEN[2]]).changes
    assert change.segments == [
        ("same", "全年举办“社科”讲座520余场，"),
        ("out", "惠及"),
        ("in", "覆盖"),
        ("same", "5.2万余人次。"),
    ]


def test_a_changed_word_and_a_lost_edited_figure_in_one_paragraph():
    text = LECTURES.replace("惠及", "覆盖").replace("520余", "900")
    result = compare(FROZEN, [FROZEN[0], line(text), FROZEN[2]])
    assert (result.found["a"], result.found["b"]) == ("900", "5.2万余")
    assert [c.kind for c in result.changes] == ["changed"]


def test_added_and_removed_paragraphs():
    added = "此外，与三所高校共建研究中心并签署协议。"
    result = compare(FROZEN, [FROZEN[0], line(added), FROZEN[1]])
    assert [(c.kind, c.before or c.after) for c in result.changes] == [
        ("added", added),
        ("removed", BOOKS),
    ]
    assert result.found["c"] is None


def test_a_paragraph_cut_in_two_keeps_its_figures():
    first, second = LECTURES.split("，")
    theirs = [FROZEN[0], line(f"{first}，", a="520余"), line(second, b="5.2万余"), FROZEN[2]]
    result = compare(FROZEN, theirs)
    assert result.found == {"a": "520余", "b": "5.2万余", "c": "30"}
    assert {c.kind for c in result.changes} == {"changed", "added"}


@pytest.mark.parametrize(
    ("given", "expected"), [(" 甲\u200b 乙\t", "甲乙"), ("“甲”‘乙’", "\"甲\"'乙'")]
)
def test_normalised(given, expected):
    assert normalised(given) == expected


def test_anchors_that_the_report_never_had_are_left_aside():
    result = compare([line("共5场", a="5")], [line("共5场", a="5"), line("另6场", z="6")])
    assert result.found == {"a": "5"}
    assert [c.kind for c in result.changes] == ["added"]


@given(st.data())
def test_one_edited_figure_is_found_whatever_anchors_were_lost(data):
    """Whatever anchors an editor dropped, exactly the edited figure differs, and nothing else."""
    edited = data.draw(st.sampled_from("abc"))
    kept = data.draw(st.sets(st.sampled_from("abc")))
    spaces = data.draw(st.sampled_from(["", " ", "\u3000", "\u200b"]))
    printed = {"a": "520余", "b": "5.2万余", "c": "30"}
    now = printed | {edited: "777"}
    theirs = [line(TITLE)]
    for text, _ in FROZEN[1:]:
        for key in "abc":
            text = text.replace(printed[key], now[key])
        held = {key: now[key] for key in kept if now[key] in text}
        theirs.append(line(text.replace("，", f"，{spaces}"), **held))
    result = compare(FROZEN, theirs)
    assert {k for k in printed if result.found[k] != printed[k]} == {edited}
    assert result.found[edited] == "777"
    assert result.changes == []
