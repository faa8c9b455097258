from __future__ import annotations

import io
import zipfile

import docx
import pytest
from django.utils import translation
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given
from hypothesis import strategies as st

from sheke.core.documents import clean_text, read_document
from sheke.core.errors import BadInput
from sheke.core.numerals import chinese_numeral, parse_chinese

PLAN = "一、办好社科讲坛\n1．全年举办讲座20场，听众不少于3000人次。\n2．编印《论丛》两期。\n"
TRADITIONAL = "一、強化學術引領\n（一）舉辦學術年會，徵集論文一百篇，評選優秀成果。\n"


@pytest.fixture
def english():
    with translation.override("en"):
        yield


def saved(document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def with_body(*elements: str) -> bytes:
    """A Word file whose body is the given XML."""
    document = docx.Document()
    body = document.element.body
    for element in elements:
        body.insert(len(body) - 1, parse_xml(element.replace("<w:X", f"<w:X {nsdecls('w')}", 1)))
    return saved(document)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_plain_text_is_read_in_the_encodings_of_offices(encoding):
    assert read_document(PLAN.encode(encoding), "计划.txt").text == PLAN


def test_big5_is_read_where_it_is_clearly_that():
    document = read_document(TRADITIONAL.encode("big5"), "plan.txt")
    assert document.text == TRADITIONAL
    assert document.encoding == "big5hkscs"


def test_traditional_characters_in_gb18030_are_not_taken_for_big5():
    assert read_document(TRADITIONAL.encode("gb18030"), "plan.txt").text == TRADITIONAL


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\n", "\f"])
def test_line_ends_are_one_kind(ending):
    assert read_document(f"甲{ending}乙".encode(), "a.txt").paragraphs == ["甲", "乙"]


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"", "a.txt", "empty"),
        (b"  \n\n", "a.txt", "no text"),
        (b"%PDF-1.7", "a.pdf", "PDF"),
        (b"%PDF-1.7", "a.txt", "PDF"),
        (b"\xd0\xcf\x11\xe0rest", "a.doc", "DOC"),
        (b"\xd0\xcf\x11\xe0rest", "a.docx", "DOC"),
        (b"text", "a.docx", "does not fit"),
        (b"PK\x03\x04rest", "a.docx", "damaged"),
        (b"PK\x03\x04rest", "a.txt", "does not fit"),
        (b"text", "a.wps", "WPS"),
        (b"ab\x00\x01cd", "a.txt", "not a text file"),
        ("工作要点".encode()[:-1] * 20, "a.txt", "cannot be read"),
        (b"x" * (21 * 1024 * 1024), "a.txt", "20 MB"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(data, name, says, english):
    with pytest.raises(BadInput, match=says) as refused:
        read_document(data, name)
    assert name in str(refused.value)


def test_a_missing_file_is_bad_input(tmp_path):
    with pytest.raises(BadInput, match=r"none\.txt"):
        read_document(tmp_path / "none.txt")


def test_a_zip_bomb_is_refused_before_it_is_unpacked(english):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (61 * 1024 * 1024))
    with pytest.raises(BadInput, match="unpacks"):
        read_document(buffer.getvalue(), "bomb.docx")


def test_word_paragraphs_tables_and_content_controls_come_in_order():
    document = docx.Document()
    document.add_paragraph("开头")
    table = document.add_table(2, 2)
    for number, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"格{number}"
    document.add_paragraph("结尾")
    control = parse_xml(
        f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>控件</w:t></w:r></w:p>"
        "</w:sdtContent></w:sdt>"
    )
    document.element.body.insert(1, control)
    read = read_document(saved(document), "a.docx")
    assert read.paragraphs == ["开头", "控件", "格0\t格1", "格2\t格3", "结尾"]


def test_word_text_without_deletions_and_with_insertions_links_and_breaks():
    paragraph = (
        "<w:X/>",
        f"<w:p {nsdecls('w')}><w:r><w:t>举办</w:t></w:r>"
        "<w:del><w:r><w:delText>八</w:delText><w:t>八</w:t></w:r></w:del>"
        "<w:ins><w:r><w:t>十</w:t></w:r></w:ins>"
        "<w:hyperlink><w:r><w:t>场讲座</w:t></w:r></w:hyperlink>"
        "<w:sdt><w:sdtContent><w:r><w:t>和论坛</w:t></w:r></w:sdtContent></w:sdt>"
        "<w:r><w:br/><w:t>次行</w:t></w:r></w:p>",
    )
    assert read_document(with_body(paragraph[1]), "a.docx").paragraphs == [
        "举办十场讲座和论坛",
        "次行",
    ]


def numbered(style_levels: list[tuple[str, str]], paragraphs: list[tuple[int, str]]) -> bytes:
    document = docx.Document()
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{fmt}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for n, (fmt, text) in enumerate(style_levels)
    )
    numbering.insert(
        0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="99">{levels}</w:abstractNum>')
    )
    numbering.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="99"><w:abstractNumId w:val="99"/></w:num>')
    )
    for level, text in paragraphs:
        paragraph = document.add_paragraph(text)
        if level >= 0:
            paragraph._p.get_or_add_pPr().append(
                parse_xml(
                    f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="99"/></w:numPr>'
                )
            )
    return saved(document)


def test_automatic_numbers_are_part_of_the_text():
    data = numbered(
        [("chineseCounting", "%1、"), ("decimal", "%2."), ("decimalEnclosedCircle", "%3")],
        [(0, "甲"), (1, "乙"), (1, "丙"), (2, "丁"), (-1, "正文"), (0, "戊"), (1, "己")],
    )
    assert read_document(data, "a.docx").paragraphs == [
        "一、甲", "1. 乙", "2. 丙", "① 丁", "正文", "二、戊", "1. 己",
    ]  # fmt: skip


def test_a_number_may_stand_in_the_style():
    data = numbered([("chineseCounting", "（%1）")], [])
    document = docx.Document(io.BytesIO(data))
    style = document.styles["Heading 1"].element
    style.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="99"/></w:numPr>')
    )
    document.add_paragraph("加强研究", style="Heading 1")
    document.add_paragraph("加强普及", style="Heading 1")
    assert read_document(saved(document), "a.docx").paragraphs == [
        "（一）加强研究",
        "（二）加强普及",
    ]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("強(qiáng)化學(xué)術(shù)研究", "强化学术研究"),
        ("強（qiáng）化", "强化"),
        ("重(zhòng)要的(de)會(huì)議，他們(men)參(cān)加", "重要的会议，他们参加"),
        ("發展ㄅ", "发展ㄅ"),
        ("強(ㄑㄧㄤˊ)化", "强化"),
        ("推广应用(app)和网站(web)", "推广应用(app)和网站(web)"),
        ("召開２０２４年會議，達到９５％", "召开2024年会议，达到95%"),
        ("2024 年举办 3 场", "2024年举办3场"),
        ("关于印发《要点》的 通 知", "关于印发《要点》的通知"),
        ("\u200b全\u00a0A", "全 A"),
    ],
)
def test_text_is_read_as_it_is_meant(text, meant):
    assert clean_text(text) == meant


def test_a_name_in_a_simplified_text_keeps_its_letters():
    text = (
        "社科联全年举办社科讲座，组织专家学者深入基层宣讲党的创新理论。" * 12 + "请叶錦先生主讲。"
    )
    assert clean_text(text) == text


@given(st.text(alphabet="強化(qiáng)，。１2 年的 要点\n", max_size=60))
def test_cleaning_twice_changes_nothing(text):
    once = clean_text(text)
    assert clean_text(once) == once


@given(st.integers(1, 9999))
def test_numerals_are_read_as_they_are_written(value):
    assert parse_chinese(chinese_numeral(value)) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("两", 2),
        ("二〇二四", 2024),
        ("十", 10),
        ("三百五", 350),
        ("三万", 30000),
        ("两千三百万", 23_000_000),
        ("甲", None),
        ("", None),
    ],
)
def test_numerals(text, value):
    assert parse_chinese(text) == value


def test_a_list_that_begins_anew_counts_anew():
    data = numbered([("decimal", "%1.")], [(0, "甲"), (0, "乙")])
    document = docx.Document(io.BytesIO(data))
    document.part.numbering_part.element.append(
        parse_xml(
            f'<w:num {nsdecls("w")} w:numId="98"><w:abstractNumId w:val="99"/>'
            '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        )
    )
    for text in ("丙", "丁"):
        document.add_paragraph(text)._p.get_or_add_pPr().append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="98"/></w:numPr>')
        )
    assert read_document(saved(document), "a.docx").paragraphs == [
        "1. 甲",
        "2. 乙",
        "1. 丙",
        "2. 丁",
    ]
