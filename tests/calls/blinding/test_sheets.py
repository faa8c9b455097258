"""Workbooks and slides lose properties, comments and links, and show what was hidden."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
from openpyxl.comments import Comment

from sheke.calls.blinding import Identity, Person, blind, find, read_packet, redact
from sheke.core.errors import BadInput

from . import filth


def _workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "经费"
    sheet["A1"], sheet["A2"], sheet["A3"] = "预算科目", 12, "=A2*2"
    sheet["A1"].comment = Comment(filth.HAN, filth.SECRET)
    sheet["A1"].hyperlink = f"file:///C:/{filth.SECRET}.xlsx"
    sheet["A1"].value = "预算科目"
    sheet.oddHeader.center.text = "&Z&F页眉"
    hidden = book.create_sheet("参考")
    hidden["B2"], hidden.sheet_state = "负责人冯小川", "veryHidden"
    book.properties.creator = book.properties.lastModifiedBy = filth.SECRET
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_nothing_planted_is_left_and_cells_stay():
    data = blind(_workbook(), "预算.xlsx")
    assert filth.leaks(data) == []
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert [book["经费"][c].value for c in ("A1", "A2", "A3")] == ["预算科目", 12, "=A2*2"]
    assert book["参考"].sheet_state == "visible" and book["经费"].oddHeader.center.text == "页眉"


def test_cells_are_read_and_blacked_out():
    data = blind(_workbook(), "预算.xlsx")
    packet = read_packet(data, "预算.xlsx")
    assert {"预算科目", "12", "经费", "负责人冯小川"} <= {p.text for p in packet.passages}
    found = find(packet.passages, Identity(people=(Person("冯小川"),)))
    book = openpyxl.load_workbook(io.BytesIO(redact(data, "预算.xlsx", found)))
    assert book["参考"]["B2"].value == "负责人■■"


def _slides() -> bytes:
    """One slide, written by hand: its title, a name of a shape, a tag and a comment."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    p, a = (
        "http://schemas.openxmlformats.org/presentationml/2006/main",
        "http://schemas.openxmlformats.org/drawingml/2006/main",
    )
    kind = "application/vnd.openxmlformats-officedocument.presentationml"
    rels = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
    files = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="a/x+xml"/>'
        f'<Override PartName="/ppt/presentation.xml" ContentType="{kind}.presentation.main+xml"/></Types>',
        "_rels/.rels": rels.format(f'<Relationship Id="a" Type="{office}/officeDocument" Target="ppt/presentation.xml"/>'),
        "ppt/presentation.xml": f'<p:presentation xmlns:p="{p}"/>',
        "ppt/_rels/presentation.xml.rels": rels.format(
            f'<Relationship Id="a" Type="{office}/slide" Target="slides/slide1.xml"/>'
            f'<Relationship Id="b" Type="{office}/commentAuthors" Target="commentAuthors.xml"/>'),
        "ppt/slides/slide1.xml": f'<p:sld xmlns:p="{p}" xmlns:a="{a}" show="0"><p:cNvPr id="2" name="{filth.SECRET}"/>'
        "<a:p><a:r><a:t>研究</a:t></a:r><a:r><a:t>内容</a:t></a:r></a:p></p:sld>",
        "ppt/commentAuthors.xml": filth.SECRET,
    }  # fmt: skip
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_slides():
    data = blind(_slides(), "汇报.pptx")
    assert filth.leaks(data) == [] and b'show="0"' not in filth.parts(data)["ppt/slides/slide1.xml"]
    [passage] = read_packet(data, "汇报.pptx").passages
    assert (passage.text, passage.place.kind) == ("研究内容", "slide")


def test_a_damaged_workbook_is_named():
    with pytest.raises(BadInput, match=r"预算\.xlsx"):
        blind(_workbook()[:2000], "预算.xlsx")
