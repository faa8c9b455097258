"""Findings are blacked out where they stand; the rest of the file is as it was."""

from __future__ import annotations

import io
from itertools import pairwise

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheke.calls.blinding import (
    MARK,
    Identity,
    Person,
    blind,
    find,
    read_packet,
    redact,
    redact_text,
    text_passages,
)
from sheke.core.errors import BadInput

from . import filth

IDENTITY = Identity(people=(Person("陆鸣"), Person("欧阳晓雪")), phones=("13812345678",))


def _word(*runs: str) -> bytes:
    """One paragraph of these runs, every other one bold; the same words in a cell and a header."""
    document = docx.Document()
    paragraph = document.add_paragraph()
    for number, run in enumerate(runs):
        paragraph.add_run(run).bold = bool(number % 2)
    document.add_table(1, 1).cell(0, 0).text = "".join(runs)
    document.sections[0].header.paragraphs[0].text = "".join(runs)
    out = io.BytesIO()
    document.save(out)
    return blind(out.getvalue(), "a.docx")


def _redacted(data: bytes, name: str = "a.docx") -> bytes:
    return redact(data, name, find(read_packet(data, name).passages, IDENTITY))


def test_a_name_over_several_runs():
    document = docx.Document(
        io.BytesIO(_redacted(_word("由欧", "阳", "晓雪主持，陆", "鸣", "参与")))
    )
    runs = document.paragraphs[0].runs
    assert [r.text for r in runs] == [f"由{MARK}", "", f"主持，{MARK}", "", "参与"]
    assert [bool(r.bold) for r in runs] == [False, True, False, True, False]
    text = f"由{MARK}主持，{MARK}参与"
    assert document.tables[0].cell(0, 0).text == text
    assert document.sections[0].header.paragraphs[0].text == text


@given(st.text("陆鸣欧阳晓雪的 \t，", max_size=20), st.lists(st.integers(0, 20), max_size=4))
@settings(max_examples=10)
def test_after_blacking_out_nothing_sure_is_found(text, cuts):
    at = sorted({0, len(text), *(min(c, len(text)) for c in cuts)})
    data = _redacted(_word(*(text[a:b] for a, b in pairwise(at))))
    left = find(read_packet(data, "a.docx").passages, IDENTITY)
    assert [f for f in left if "欧" in f.text or f.text == "陆鸣"] == []


def test_texts_of_fields_and_files():
    text = "陆鸣，电话138-1234-5678\n欧阳晓雪"
    found = find(text_passages(text), IDENTITY)
    assert redact_text(text, found, mark="【×××】") == "【×××】，电话【×××】\n【×××】"
    assert _redacted(text.encode(), "a.txt").decode() == f"{MARK}，电话{MARK}\n{MARK}"


def test_the_length_of_a_name_is_not_told():
    assert len(_redacted("陆鸣".encode(), "a.txt")) == len(_redacted("欧阳晓雪".encode(), "a.txt"))


def test_a_pdf_is_not_painted_over():
    with pytest.raises(BadInput, match=r"a\.pdf"):
        redact(filth.pdf(["a"]), "a.pdf", [])


def test_findings_of_another_file_are_refused():
    found = find(read_packet(_word("由陆鸣主持"), "a.docx").passages, IDENTITY)
    with pytest.raises(BadInput, match=r"b\.docx"):
        redact(_word("陆鸣"), "b.docx", found)
    with pytest.raises(BadInput):
        redact_text("x", find(text_passages("\n陆鸣"), IDENTITY))
