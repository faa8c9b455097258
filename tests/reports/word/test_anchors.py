from io import BytesIO

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from sheke.reports.word.anchors import (
    Place,
    bookmark_name,
    bookmark_names,
    mark_paragraph,
    place_anchors,
    read_anchors,
    remove_anchors,
    set_value,
)
from sheke.reports.word.text import document_text


def document_of(*paragraphs):
    """A document whose paragraphs are lists of run texts."""
    document = docx.Document()
    for runs in paragraphs:
        paragraph = document.add_paragraph()
        for text in runs:
            paragraph.add_run(text)
    return document


def place_of(document, needle, key="s1"):
    at = document_text(document).text.index(needle)
    return Place(key, at, at + len(needle), "讲座")


def reopened(document):
    buffer = BytesIO()
    document.save(buffer)
    return docx.Document(buffer)


@pytest.mark.parametrize(
    "runs",
    [
        ["举办讲座520余场，很好"],
        ["举办讲座5", "2", "0余场，很好"],
        ["举办讲座", "520余", "场，很好"],
    ],
)
def test_a_slot_is_filled_wherever_runs_are_cut(runs):
    document = document_of(runs)
    anchors = place_anchors(document, [place_of(document, "520余")])
    set_value(anchors["s1"], "618")
    document = reopened(document)
    assert document_text(document).text == "举办讲座618场，很好"
    assert read_anchors(document) == {"sheke_s1": "618"}


@given(
    st.lists(st.text("甲乙12\t", min_size=1, max_size=4), min_size=1, max_size=5),
    st.data(),
)
def test_placing_never_changes_the_text(runs, data):
    document = document_of(runs)
    text = document_text(document).text
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    place_anchors(document, [Place(f"k{i}", a, b) for i, (a, b) in enumerate(pairs)])
    assert document_text(document).text == text
    # A tab alone is no text node; at the edge of a slot it is not counted to it.
    expected = {f"sheke_k{i}": text[a:b].strip("\t") for i, (a, b) in enumerate(pairs)}
    assert read_anchors(document) == {k: v for k, v in expected.items() if v}


def test_formatting_stays_on_both_sides_and_in_the_slot():
    document = docx.Document()
    run = document.add_paragraph().add_run("讲座520场")
    run.bold = True
    set_value(place_anchors(document, [place_of(document, "520")])["s1"], "618")
    texts = [n for n in document.element.body.iter(qn("w:t")) if n.text]
    assert [n.text for n in texts] == ["讲座", "618", "场"]
    assert all(n.getparent().find(f"{qn('w:rPr')}/{qn('w:b')}") is not None for n in texts)


def test_placing_twice_leaves_one_anchor():
    document = document_of(["讲座520场"])
    place_anchors(document, [place_of(document, "520")])
    place_anchors(document, [place_of(document, "520")])
    body = document.element.body
    assert len(list(body.iter(qn("w:sdt")))) == 1
    assert bookmark_names(document) == ["s1"]


def test_removing_anchors_leaves_text_and_foreign_bookmarks():
    document = document_of(["讲座520场"])
    place_anchors(document, [place_of(document, "520")])
    mark_paragraph(document, "snapshot_AB")
    start = next(document.element.body.iter(qn("w:bookmarkStart")))
    start.set(qn("w:name"), "theirs")
    remove_anchors(document)
    assert document_text(document).text == "讲座520场"
    assert [m.get(qn("w:name")) for m in document.element.body.iter(qn("w:bookmarkStart"))] == [
        "theirs"
    ]
    assert not list(document.element.body.iter(qn("w:sdt")))


def test_slots_in_tables_and_headers_are_filled():
    document = docx.Document()
    document.add_table(1, 1).cell(0, 0).text = "讲座12场"
    document.sections[0].header.paragraphs[0].text = "第34期"
    places = [place_of(document, "12", "a"), place_of(document, "34", "b")]
    for key, runs in place_anchors(document, places).items():
        set_value(runs, key * 2)
    assert read_anchors(reopened(document)) == {"sheke_a": "aa", "sheke_b": "bb"}


def test_bookmark_ids_are_unique_across_parts():
    document = docx.Document()
    document.add_paragraph("讲座12场，34人")
    document.sections[0].header.paragraphs[0].text = "第56期"
    place_anchors(document, [place_of(document, n, f"k{n}") for n in ("12", "34", "56")])
    roots = [document.element.body, document.sections[0].header._element]
    ids = [m.get(qn("w:id")) for r in roots for m in r.iter(qn("w:bookmarkStart"))]
    assert len(ids) == len(set(ids)) == 3


def test_a_number_retyped_at_the_edge_of_its_bookmark_is_read_whole():
    document = document_of(["讲座520场"])
    place_anchors(document, [place_of(document, "520")])
    content = next(document.element.body.iter(qn("w:sdtContent")))
    typed = docx.oxml.OxmlElement("w:r")
    typed.text = "9"
    content.append(typed)
    assert read_anchors(document) == {"sheke_s1": "5209"}


def test_the_anchor_is_found_without_its_tag_and_without_its_bookmark():
    for lost in ("w:tag", "w:bookmarkStart"):
        document = document_of(["讲座520场"])
        place_anchors(document, [place_of(document, "520")])
        for element in list(document.element.body.iter(qn(lost))):
            element.getparent().remove(element)
        assert read_anchors(document) == {"sheke_s1": "520"}


def test_a_blank_is_highlighted_until_it_is_filled():
    document = document_of(["讲座520场"])
    runs = place_anchors(document, [place_of(document, "520")])["s1"]
    set_value(runs, "____", blank=True)
    assert len(list(document.element.body.iter(qn("w:highlight")))) == 1
    set_value(runs, "618")
    assert not list(document.element.body.iter(qn("w:highlight")))


@pytest.mark.parametrize(
    "places",
    [
        [Place("a", 0, 3), Place("b", 2, 4)],
        [Place("a", 2, 2)],
        [Place("a", 3, 6)],
        [Place("a", 40, 44)],
    ],
)
def test_impossible_places_are_refused(places):
    with pytest.raises(ValueError, match="a"):
        place_anchors(document_of(["甲乙丙丁"], ["戊己庚辛"]), places)


def test_bookmark_names_are_short_safe_and_different():
    names = {bookmark_name(k) for k in ("s1", "讲座", "讲台", "a-b", "a_b", "x" * 60, "x" * 61)}
    assert len(names) == 7
    assert all(len(n) <= 40 and n.replace("_", "").isalnum() and n.isascii() for n in names)
