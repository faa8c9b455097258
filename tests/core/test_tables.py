"""Tables in and out: what is read is what was written, and nothing hostile gets through."""

from __future__ import annotations

import io
import struct
import zipfile
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheke.core.errors import BadInput
from sheke.core.tables import Note, Sheet, guard, read_table, write_csv, write_xlsx


def read(data: bytes, name: str = "表.xlsx", **options):
    return read_table(io.BytesIO(data), name, **options)


def book(*rows, name: str = "Sheet") -> bytes:
    made = openpyxl.Workbook()
    made.active.title = name
    for row in rows:
        made.active.append(row)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def test_rows_carry_the_numbers_that_a_spreadsheet_shows():
    data = book([None, None], ["名称", "人数"], ["甲", 3], [None, None], [" 乙 ", 4.5])
    table = read(data)
    assert table.headings == ["名称", "人数"]
    assert list(table.rows) == [
        (3, {"名称": "甲", "人数": 3}),
        (5, {"名称": "乙", "人数": 4.5}),
    ]
    assert list(table.rows) == list(table.rows)  # may be walked again


def test_a_date_without_a_time_is_a_date():
    data = book(["日"], [datetime(2025, 3, 1)], [datetime(2025, 3, 1, 9, 30)])
    assert [v["日"] for _n, v in read(data).rows] == [date(2025, 3, 1), datetime(2025, 3, 1, 9, 30)]


def test_stars_of_required_headings_are_not_part_of_them():
    assert read(book(["标题 *", "备注"], ["a", "b"])).headings == ["标题", "备注"]


def test_a_column_that_starts_late_keeps_its_place():
    made = openpyxl.Workbook()
    made.active["C2"], made.active["D2"], made.active["C3"] = "甲", "乙", 1
    file = io.BytesIO()
    made.save(file)
    assert list(read(file.getvalue()).rows) == [(3, {"甲": 1, "乙": None})]


def test_a_named_sheet_is_read():
    data = write_xlsx(["a"], [[1]], title="一", more=[Sheet("二", ["b"], [[2]])])
    assert list(read(data, sheet="二").rows) == [(2, {"b": 2})]
    with pytest.raises(BadInput, match="三"):
        read(data, sheet="三")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv_in_every_usual_encoding(encoding, delimiter):
    text = f"名称{delimiter}人数\r\n云川讲堂{delimiter}“三十”\r\n"
    table = read(text.encode(encoding), "表.csv")
    assert list(table.rows) == [(2, {"名称": "云川讲堂", "人数": "“三十”"})]


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"", "a.csv", "a.csv"),
        (b"\n\n", "a.csv", "a.csv"),
        (b"a,b\x00\xff", "a.csv", "a.csv"),
        (b"a,a\n1,2", "a.csv", "“a”"),
        (b"no zip", "a.xlsx", "a.xlsx"),
        (b"PK\x03\x04 broken", "a.xlsx", "a.xlsx"),
        (b"%PDF-1.7", "a.pdf", "a.pdf"),
        (b"\xd0\xcf\x11\xe0 broken", "a.xls", "a.xls"),
    ],
)
def test_what_is_no_table_is_named(data, name, says):
    with pytest.raises(BadInput, match=says):
        list(read(data, name).rows)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(BadInput, match=r"none\.xlsx"):
        read_table(tmp_path / "none.xlsx")


def test_missing_headings_are_listed():
    with pytest.raises(BadInput, match="日期、标题"):
        read(book(["名称"], ["a"])).require("名称", "日期", "标题")


def test_too_large_an_upload_is_refused(settings):
    settings.UPLOAD_LIMIT = 10
    with pytest.raises(BadInput, match="MB"):
        read(b"a,b\n1,2\n3,4", "a.csv")


def zipped(content: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", content)
    return file.getvalue()


def test_a_zip_bomb_is_refused(monkeypatch):
    monkeypatch.setattr(guard, "UNPACKED_LIMIT", 1_000_000)
    with pytest.raises(BadInput, match="MB"):
        read(zipped(b"0" * 2_000_000))


def test_a_zip_bomb_that_lies_about_its_size_is_refused(monkeypatch):
    monkeypatch.setattr(guard, "UNPACKED_LIMIT", 1_000_000)
    data = zipped(b"0" * 2_000_000)
    assert data.count(struct.pack("<I", 2_000_000)) == 2
    with pytest.raises(BadInput, match="MB"):
        read(data.replace(struct.pack("<I", 2_000_000), struct.pack("<I", 100)))


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp", "Cn", "Co"]),
    min_size=1, max_size=20,
)  # fmt: skip


@settings(max_examples=40)
@given(st.lists(st.tuples(TEXTS, st.integers(-(10**12), 10**12)), max_size=8))
def test_what_is_written_is_read_again(pairs):
    rows = [list(pair) for pair in pairs]
    data = write_xlsx(["文", "数"], rows)
    assert [[v["文"], v["数"]] for _n, v in read(data).rows] == rows


@pytest.mark.parametrize("text", ["=1+1", '=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)"])
def test_texts_never_become_formulas(text):
    sheet = openpyxl.load_workbook(io.BytesIO(write_xlsx(["甲"], [[text]]))).active
    assert (sheet["A2"].value, sheet["A2"].data_type) == (text, "s")
    assert f"'{text}" in write_csv(["甲"], [[text]]).decode("utf-8-sig").replace('""', '"')


@pytest.mark.parametrize("text", ["=1+1", "-5", "'quoted", "plain", "@all"])
def test_a_csv_that_was_written_reads_as_it_was_meant(text):
    assert [v["甲"] for _n, v in read(write_csv(["甲"], [[text]]), "a.csv").rows] == [text]


def test_numbers_stay_numbers():
    assert write_csv(["甲", "乙"], [[-1, Decimal("-2.50")]]).decode("utf-8-sig").split() == [
        "甲,乙", "-1,-2.50",
    ]  # fmt: skip
    assert list(read(write_xlsx(["甲"], [[Decimal("2.5")]])).rows) == [(2, {"甲": 2.5})]


def test_control_characters_do_not_break_a_workbook():
    assert list(read(write_xlsx(["甲"], [["a\x00\x0bb"]])).rows) == [(2, {"甲": "ab"})]


def test_drop_downs_required_marks_and_remarks():
    long = [f"很长的选项名称第{n}个" for n in range(60)]
    data = write_xlsx(
        ["级别", "标题"],
        [],
        dropdowns={"级别": long},
        required=["标题"],
        remarks={"级别": "选一个"},
    )
    made = openpyxl.load_workbook(io.BytesIO(data))
    sheet = made.worksheets[0]
    assert sheet["B1"].value == "标题 *"
    assert sheet["A1"].comment.text == "选一个"
    (rule,) = sheet.data_validations.dataValidation
    hidden = made.worksheets[1]
    assert rule.formula1.endswith("$A$1:$A$60")
    assert [row[0].value for row in hidden.iter_rows()] == long
    assert hidden.sheet_state == "hidden"


def test_a_note_marks_its_cell():
    sheet = openpyxl.load_workbook(io.BytesIO(write_xlsx(["甲"], [[Note("x", "错")]]))).active
    assert (sheet["A2"].value, sheet["A2"].comment.text) == ("x", "错")
