"""A workbook whose cells reach far is refused before the reader asks for the memory."""

from __future__ import annotations

import io
import zipfile

import pytest

from sheke.core.errors import BadInput
from sheke.core.tables import extent, read_table, write_xlsx

SHEET = "xl/worksheets/sheet1.xml"


def replaced(**members: str | bytes) -> bytes:
    """A workbook of ours with members put in place of its own, or beside them."""
    names = {
        name.replace("__", "/").replace("_xml", ".xml"): data for name, data in members.items()
    }
    old = zipfile.ZipFile(io.BytesIO(write_xlsx(["甲", "乙"], [[1, 2]])))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in {*old.namelist(), *names}:
            archive.writestr(name, names.get(name) or old.read(name))
    return file.getvalue()


def sheet(*references: str, quote: str = '"') -> str:
    """The XML of a sheet with a heading and one number at each of the references."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    head = '<row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c></row>'
    cells = "".join(f"<row><c r={quote}{r}{quote}><v>1</v></c></row>" for r in references)
    return f'<worksheet xmlns="{main}"><sheetData>{head}{cells}</sheetData></worksheet>'


def read(data: bytes, name: str = "表.xlsx"):
    return read_table(io.BytesIO(data), name)


@pytest.mark.parametrize("quote", ['"', "'"])
def test_a_cell_in_the_far_corner_is_refused(quote: str) -> None:
    far = replaced(xl__worksheets__sheet1_xml=sheet("XFD1048576", quote=quote))
    with pytest.raises(BadInput, match=r"表\.xlsx"):
        read(far)


def test_a_sheet_in_another_place_is_looked_at_too() -> None:
    with pytest.raises(BadInput, match=r"表\.xlsx"):
        read(replaced(xl__elsewhere_xml=sheet("XFD1048576")))


@pytest.mark.parametrize("name", ["表.xlsx", "表.ods", "表.xls"])
def test_another_kind_of_workbook_is_tried_in_a_process_of_its_own(monkeypatch, name: str) -> None:
    """Also when it is only called xlsx: the reader goes by the content."""
    monkeypatch.setattr(extent, "MEMORY_LIMIT", 1)
    with pytest.raises(BadInput, match=name):
        read(replaced(content_xml="<x/>"), name)


def test_a_workbook_that_is_called_xls_is_read_all_the_same() -> None:
    table = read(write_xlsx(["甲"], [[1]]), "表.xls")
    assert [values for _n, values in table.rows] == [{"甲": 1}]


def test_wide_and_long_tables_are_read() -> None:
    headings = [f"第{n}列" for n in range(400)]
    assert len(read(write_xlsx(headings, [[1] * 400])).headings) == 400
    long = replaced(xl__worksheets__sheet1_xml=sheet("A150000"))
    assert [number for number, _values in read(long).rows] == [150000]


def test_a_reference_across_the_border_of_two_pieces_is_seen() -> None:
    text = sheet("XFD1048576").encode()
    for cut in range(len(text)):
        seen = extent.Extent()
        seen.see(text[:cut])
        seen.see(text[cut:])
        assert (seen.rows, seen.columns) == (1048576, 16384)


def test_a_line_of_commas_is_refused(monkeypatch) -> None:
    from sheke.core.tables import reading

    monkeypatch.setattr(reading, "CELLS_LIMIT", 1000)
    with pytest.raises(BadInput, match=r"表\.csv"):
        read(b"," * 2000, "表.csv")
