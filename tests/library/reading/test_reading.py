"""Each kind of file gives its text, or says why not."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from sheke.core.errors import BadInput
from sheke.library.reading import kind_of, read
from sheke.library.reading import office as programs

from .samples import (
    SIMPLIFIED,
    TRADITIONAL,
    locked_pdf,
    pdf,
    picture,
    word,
    write,
    zipped,
)


@pytest.mark.parametrize(
    ("encoding", "text", "found"),
    [
        ("utf-8", SIMPLIFIED, "utf-8"), ("utf-8-sig", SIMPLIFIED, "utf-8-sig"),
        ("gb18030", SIMPLIFIED, "gb18030"), ("gb18030", TRADITIONAL, "gb18030"),
        ("big5", TRADITIONAL, "big5hkscs"), ("utf-16", SIMPLIFIED, "utf-16"),
    ],
)  # fmt: skip
def test_plain_text_in_any_encoding(tmp_path: Path, encoding: str, text: str, found: str) -> None:
    reading = read(write(tmp_path, "茶馆.txt", text.encode(encoding)))
    assert (reading.kind, reading.encoding, reading.text) == ("txt", found, text)


def test_a_word_file_with_what_it_says_of_itself(tmp_path: Path) -> None:
    reading = read(write(tmp_path, "茶馆.docx", word(title="茶馆", author="林溪；章怀谷")))
    assert reading.text == SIMPLIFIED
    assert reading.properties.title == "茶馆"
    assert reading.properties.authors == ("林溪", "章怀谷")


def test_a_word_file_under_a_wrong_name_is_known_by_its_content(tmp_path: Path) -> None:
    assert read(write(tmp_path, "茶馆.txt", word())).kind == "docx"


def test_a_workbook_gives_a_page_for_each_visible_sheet(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.title = "茶馆"
    book.active.append(["名称", "开业", 3.0])
    book.create_sheet("空表")
    hidden = book.create_sheet("底稿")
    hidden.append(["不看"])
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "茶馆.xlsx")
    assert [page.text for page in read(tmp_path / "茶馆.xlsx").pages] == ["茶馆\n名称\t开业\t3"]


def test_slides_give_a_page_each_with_their_notes(tmp_path: Path) -> None:
    from pptx import Presentation

    show = Presentation()
    slide = show.slides.add_slide(show.slide_layouts[0])
    slide.shapes.title.text = "河街的茶馆"
    slide.notes_slide.notes_text_frame.text = "先问好"
    show.slides.add_slide(show.slide_layouts[5]).shapes.title.text = "谢谢"
    show.save(tmp_path / "茶馆.pptx")
    assert [page.text for page in read(tmp_path / "茶馆.pptx").pages] == [
        "河街的茶馆\n先问好",
        "谢谢",
    ]


def test_the_article_of_a_web_page_without_its_frame(tmp_path: Path) -> None:
    page = """<html><head><meta charset="gb2312"><title>河街 - 某网</title><meta name="PubDate" content="2024/5/6">
    <script>var a = "脚本";</script></head><body><div class="nav"><a>首页</a><a>新闻</a></div><h1>河街的茶馆</h1>
    <div id="content"><p>茶馆九家。</p><p>最老的一家<br>开了一百二十年。</p><table><tr><td>甲</td><td>乙</td></tr></table>
    <p>上班的人早上来，退休的人下午来，晚上是说书的时候，凳子要提前去占。</p></div>
    <div class="footer">版权所有 某网</div></body></html>"""
    reading = read(write(tmp_path, "a.html", page.encode("gb18030")))
    assert reading.text.split() == [
        "河街的茶馆", "茶馆九家。", "最老的一家", "开了一百二十年。", "甲", "乙",
        "上班的人早上来，退休的人下午来，晚上是说书的时候，凳子要提前去占。",
    ]  # fmt: skip
    assert (reading.properties.title, reading.properties.date) == ("河街的茶馆", "2024-05-06")


def test_a_body_in_a_box_with_a_frames_name_stays(tmp_path: Path) -> None:
    page = f'<html><body><div class="sidebar"><p>{SIMPLIFIED * 5}</p></div></body></html>'
    assert SIMPLIFIED.split("\n")[1] in read(write(tmp_path, "a.html", page)).text


def test_pages_of_a_pdf_with_and_without_text(tmp_path: Path) -> None:
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf(2, "The tea houses of River Street"))) as document:
        document.pages[1].Contents = document.make_stream(b"0 0 100 100 re f")
        document.save(tmp_path / "a.pdf")
    pages = read(tmp_path / "a.pdf").pages
    assert [(p.text, p.scanned) for p in pages] == [
        ("The tea houses of River Street", False),
        ("", True),
    ]


@pytest.mark.parametrize(
    ("kind", "frames"), [("PNG", 1), ("JPEG", 1), ("TIFF", 3), ("WEBP", 1), ("BMP", 1)]
)
def test_pictures_are_pages_to_be_recognised(tmp_path: Path, kind: str, frames: int) -> None:
    pages = read(write(tmp_path, "scan", picture(kind, frames=frames))).pages
    assert [page.scanned for page in pages] == [True] * frames


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("空.txt", b"", "空.txt"),
        ("坏.pdf", b"%PDF-1.4\nnothing" * 9, "损坏"),
        ("坏.docx", word()[:-400], "损坏"),
        ("锁.pdf", locked_pdf(), "密码"),
        ("程序.exe", b"MZ" + bytes(200), "EXE"),
        ("坏.png", picture()[:50], "损坏"),
        ("大.bmp", b"BM" + b"\x36\xee\x02\x00" + bytes(4) + b"6\x00\x00\x00(\x00\x00\x00"
         + (40_000).to_bytes(4, "little") * 2 + b"\x01\x00\x18\x00" + bytes(64), "像素"),
        ("多.pdf", pdf(5001), "5001"),
        ("宏.docx", zipped({"word/document.xml": b"<a/>", "word/vbaProject.bin": b"x"}), "宏"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_why(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    with pytest.raises(BadInput) as error:
        read(write(tmp_path, name, data))
    assert name in str(error.value)
    assert said in str(error.value)


def test_a_word_file_that_unpacks_to_gigabytes_is_refused(tmp_path: Path) -> None:
    bomb = zipped({"word/document.xml": b"<w>" + b" " * (40 << 20)})
    with pytest.raises(BadInput):
        read(write(tmp_path, "a.docx", bomb))


def test_a_parser_that_dies_is_a_damaged_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the child does – here it may not even start in so little memory – the reader goes on."""
    monkeypatch.setattr("sheke.library.reading.reader.MEMORY", 30 << 20)
    with pytest.raises(BadInput, match="a"):
        read(write(tmp_path, "a.txt", SIMPLIFIED))


def test_a_parser_that_never_ends_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sheke.library.reading.reader.SECONDS", 0)
    with pytest.raises(BadInput, match="a"):
        read(write(tmp_path, "a.txt", SIMPLIFIED))


def test_without_an_office_program_an_old_file_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(programs, "program", lambda: None)
    with pytest.raises(BadInput, match="docx"):
        read(write(tmp_path, "旧.rtf", rb"{\rtf1 old}"))


@pytest.mark.skipif(programs.program() is None, reason="no LibreOffice on this machine")
def test_an_old_file_is_read_by_the_office_program(tmp_path: Path) -> None:
    assert (
        read(write(tmp_path, "旧.rtf", rb"{\rtf1\ansi Nine tea houses.}")).text
        == "Nine tea houses."
    )


def test_kinds_by_content(tmp_path: Path) -> None:
    assert kind_of(write(tmp_path, "a", zipped({"a.txt": b"a"})), "a") == "zip"
    assert kind_of(write(tmp_path, "b", "<!DOCTYPE html><p>a"), "b") == "html"
    assert kind_of(write(tmp_path, "c", "随便一句"), "c") == "txt"
