"""Word files lose what tells their authors and keep what their readers see."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheke.calls.blinding import blind, read_packet
from sheke.core.documents.docx import paragraphs_of_docx
from sheke.core.errors import BadInput

from . import filth

LINES = st.lists(
    st.text(st.characters(min_codepoint=0x20, max_codepoint=0x9FFF, exclude_categories=["C", "Z"]))
    .filter(lambda t: not any(s in t for s in filth.SECRETS)),
    max_size=4,
)  # fmt: skip


@settings(max_examples=12)
@given(LINES)
def test_nothing_planted_is_left_and_the_text_stays(lines):
    stripped = blind(filth.word(lines), "申报书.docx")
    assert filth.leaks(stripped) == []
    text = [p.text for p in docx.Document(io.BytesIO(stripped)).paragraphs]
    assert text[: len(lines)] == lines
    shown = [
        "保留新增移来",
        "前半后半",
        "可见",
        "域结果",
        "属性",
        "7",
        "链接文字",
        "控件文字标记文字",
        "自定样式",
    ]
    assert [t for t in text[len(lines) :] if t and t != "批注处"] == shown


def test_the_reader_of_texts_sees_the_same_before_and_after():
    dirty = filth.word(["一、选题依据", "正文"])
    visible = [line for line in paragraphs_of_docx(blind(dirty, "a.docx")) if line]
    # Before, the two halves of a paragraph whose end was deleted stood apart, and hidden text was read.
    before = [line.replace(filth.HAN, "") for line in paragraphs_of_docx(dirty)]
    assert visible == [t for t in "\n".join(before).replace("前半\n", "前半").split("\n") if t]


def test_headers_and_tables_are_read_with_their_places():
    packet = read_packet(blind(filth.word(["正文一"]), "a.docx"), "a.docx")
    by_kind = {p.place.kind: p.text for p in packet.passages}
    assert by_kind["table"] == "表中文字" and by_kind["header"] == "页眉文字"
    assert packet.passages[0].text == "正文一" and packet.passages[0].place.number == 1
    assert [p.kind for p in packet.unread] == ["picture"]


def test_stripping_twice_changes_nothing_more():
    once = blind(filth.word(["正文"]), "a.docx")
    assert filth.parts(blind(once, "a.docx")) == filth.parts(once)


def test_no_time_and_no_editing_session_is_left():
    stripped = blind(filth.word(["正文"]), "a.docx")
    with zipfile.ZipFile(io.BytesIO(stripped)) as archive:
        assert {i.date_time for i in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    document = filth.parts(stripped)["word/document.xml"]
    assert b"rsid" not in document and b"INCLUDEPICTURE" not in document and b" PAGE " in document


def _changed(data: bytes, **new: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (filth.parts(data) | new).items():
            archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    "kind", [b"vnd.ms-word.document.macroEnabled.main+xml", b"vnd.ms-office.vbaProject"]
)
def test_macros_are_refused(kind):
    data = filth.word([])
    types = filth.parts(data)["[Content_Types].xml"]
    types = types.replace(b"</Types>", b'<Default Extension="jpg2" ContentType="image/x"/>'
                          b'<Override PartName="/word/people.xml" ContentType="application/' + kind + b'"/></Types>',
                          1).replace(b'<Override PartName="/word/people.xml" ContentType="a/b+xml"/>', b"")  # fmt: skip
    with pytest.raises(BadInput, match=r"宏|macros"):
        blind(_changed(data, **{"[Content_Types].xml": types}), "a.docx")


@pytest.mark.parametrize("part", ["word/document.xml", "[Content_Types].xml", "_rels/.rels"])
def test_damaged_files_are_named(part):
    data = _changed(filth.word([]), **{part: b"<broken"})
    with pytest.raises(BadInput, match=r"申报书\.docx"):
        blind(data, "申报书.docx")


def _plain() -> bytes:
    out = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("正文")
    document.save(out)
    return blind(out.getvalue(), "a.docx")


PLAIN = _plain()


@given(st.binary(max_size=200), st.integers(0, 4000))
@settings(max_examples=60)
def test_no_bytes_break_the_reader(noise, at):
    data = bytearray(PLAIN)
    data[at : at + len(noise)] = noise
    try:
        blind(bytes(data), "a.docx")
    except BadInput as error:
        assert "a.docx" in str(error)


def test_a_bomb_is_refused():
    with pytest.raises(BadInput, match=r"a\.docx"):
        blind(_changed(filth.word([]), **{"word/media/x.bin": b"\0" * 40_000_000}), "a.docx")


def test_parts_of_other_documents_are_refused():
    data = filth.word([])
    rels = filth.parts(data)["word/_rels/document.xml.rels"].replace(
        b"</Relationships>",
        f'<Relationship Id="rId950" Type="{filth.R}/aFChunk" Target="b.html"/></Relationships>'.encode(),
    )
    with pytest.raises(BadInput, match=r"a\.docx"):
        blind(_changed(data, **{"word/_rels/document.xml.rels": rels}), "a.docx")


def test_the_strict_form_and_entities_are_refused():
    document = filth.parts(PLAIN)["word/document.xml"]
    strict = document.replace(filth.W.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main")
    entity = document.replace(b"?>", b'?><!DOCTYPE a [<!ENTITY x "y">]>', 1)
    for part in (strict, entity):
        with pytest.raises(BadInput, match=r"a\.docx"):
            blind(_changed(PLAIN, **{"word/document.xml": part}), "a.docx")


def test_glosses_and_drawn_letters_are_read():
    ruby = (
        "<w:p><w:r><w:ruby><w:rt><w:r><w:t>zheng</w:t></w:r></w:rt>"
        "<w:rubyBase><w:r><w:t>正</w:t></w:r></w:rubyBase></w:ruby></w:r>"
        '<w:r><w:pict><v:textpath xmlns:v="urn:schemas-microsoft-com:vml" string="水印"/></w:pict></w:r></w:p>'
    )
    document = filth.parts(PLAIN)["word/document.xml"].replace(
        b"<w:body>", f"<w:body>{ruby}".encode()
    )
    packet = read_packet(_changed(PLAIN, **{"word/document.xml": document}), "a.docx")
    assert [(p.place.kind, p.text) for p in packet.passages] == [
        ("body", "正"), ("body", "zheng"), ("body", "正文"), ("art", "水印"),
    ]  # fmt: skip
