"""PDFs lose properties, comments, attachments, scripts and history; their pages stay."""

from __future__ import annotations

import io

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheke.calls.blinding import blind, read_packet
from sheke.calls.blinding.pdf import _strip_jp2
from sheke.core.errors import BadInput

from . import filth

LINES = st.lists(
    st.text("abcdefgh ", min_size=1, max_size=12).map(str.strip).filter(bool), max_size=5
)


@settings(max_examples=15)
@given(LINES)
def test_nothing_planted_is_left_and_the_text_stays(lines):
    dirty = filth.pdf(lines)
    assert filth.pdf_leaks(dirty)
    stripped = blind(dirty, "a.pdf")
    assert filth.pdf_leaks(stripped) == []
    page = next(p.text for p in read_packet(stripped, "a.pdf").passages if p.place.kind == "page")
    assert "".join(page.split()) == "".join([*lines, "typed in"]).replace(" ", "")


def test_inner_links_and_descriptions_stay():
    with pikepdf.open(io.BytesIO(blind(filth.pdf(["a"]), "a.pdf"))) as pdf:
        [link] = pdf.pages[0].obj.Annots
        assert link.Subtype == "/Link" and "/Dest" in link
        assert pdf.Root.StructTreeRoot.K[0].Alt == "a red field"
        assert not {"/OpenAction", "/Names", "/Metadata", "/PieceInfo"} & set(pdf.Root.keys())
        image = next(o for o in pdf.objects if getattr(o, "Subtype", None) == "/Image")
        assert pikepdf.PdfImage(image).as_pil_image().getpixel((0, 0))[0] > 200


def test_descriptions_of_pictures_are_read_and_pages_with_pictures_named():
    packet = read_packet(filth.pdf(["a"]), "a.pdf")
    assert ("alternative", "a red field") in [(p.place.kind, p.text) for p in packet.passages]
    assert [(p.kind, p.number) for p in packet.unread] == [("page", 1)]


def test_a_filled_form_becomes_part_of_the_page():
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(200, 200))
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    field = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Widget,
            FT=pikepdf.Name.Tx,
            T=filth.SECRET,
            F=4,
            V="filled in",
            Rect=pikepdf.Array([10, 10, 150, 40]),
            DA="/Helv 12 Tf 0 g",
            P=page.obj,
        )
    )
    page.obj.Annots = pikepdf.Array([field])
    pdf.Root.AcroForm = pikepdf.Dictionary(
        Fields=pikepdf.Array([field]),
        NeedAppearances=True,
        DA="/Helv 12 Tf 0 g",
        DR=pikepdf.Dictionary(Font=pikepdf.Dictionary(Helv=pdf.make_indirect(font))),
    )
    out = io.BytesIO()
    pdf.save(out)
    stripped = blind(out.getvalue(), "a.pdf")
    assert filth.pdf_leaks(stripped) == []
    assert read_packet(stripped, "a.pdf").text.strip() == "filled in"


def _locked() -> bytes:
    pdf, out = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page()
    pdf.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    return out.getvalue()


@pytest.mark.parametrize(
    "data", [_locked(), b"%PDF-1.7\nnothing", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer <</Root 1 0 R>>"]
)  # fmt: skip
def test_locked_and_damaged_files_are_named(data):
    for read in (blind, read_packet):
        with pytest.raises(BadInput, match=r"申报书\.pdf"):
            read(data, "申报书.pdf")


def test_words_beside_the_drawing_are_read():
    pdf, out = pikepdf.new(), io.BytesIO()
    said = "郑远航".encode("utf-16-be").hex().encode()
    content = (
        b"/Span <</ActualText <FEFF" + said + b">>> BDC EMC /Span <</Alt (Zheng \\(Y\\))>> BDC EMC"
    )
    pdf.add_blank_page().Contents = pdf.make_stream(content)
    pdf.save(out, compress_streams=True)
    packet = read_packet(out.getvalue(), "a.pdf")
    assert [p.text for p in packet.passages] == ["郑远航", "Zheng (Y)"]


def test_a_collection_of_files_is_refused():
    pdf, out = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page()
    pdf.Root.Collection = pikepdf.Dictionary()
    pdf.save(out)
    with pytest.raises(BadInput, match=r"a\.pdf"):
        blind(out.getvalue(), "a.pdf")


def test_pages_without_readable_words_are_named():
    pdf, out = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page().Contents = pdf.make_stream(b"10 10 m 90 90 l S")
    pdf.add_blank_page()
    pdf.save(out)
    packet = read_packet(out.getvalue(), "a.pdf")
    assert (packet.passages, [p.number for p in packet.unread]) == ([], [1])


def test_a_bomb_is_refused(monkeypatch):
    monkeypatch.setattr("sheke.calls.blinding.pdf.MAX_UNPACKED", 1 << 20)
    pdf, out = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page().Contents = pdf.make_stream(b" " * (2 << 20))
    pdf.save(out, compress_streams=True)
    for read in (blind, read_packet):
        with pytest.raises(BadInput, match=r"a\.pdf"):
            read(out.getvalue(), "a.pdf")


@given(st.binary(max_size=100), st.integers(0, 3000))
@settings(max_examples=60)
def test_no_bytes_break_the_reader(noise, at):
    data = bytearray(filth.pdf(["a"]))
    data[at : at + len(noise)] = noise
    try:
        read_packet(blind(bytes(data), "a.pdf"), "a.pdf")
    except BadInput as error:
        assert "a.pdf" in str(error)


def test_jpeg_2000_loses_its_boxes():
    def box(kind: bytes, body: bytes) -> bytes:
        return (len(body) + 8).to_bytes(4, "big") + kind + body

    head, image = box(b"jP  ", b"\r\n\x87\n"), box(b"jp2c", b"picture")
    assert (
        _strip_jp2(head + box(b"uuid", b"x" * 30) + box(b"xml ", b"<a/>") + image) == head + image
    )
