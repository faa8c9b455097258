from io import BytesIO

import docx
import pytest
from docx.oxml.ns import qn

from sheke.reports.word.fonts import Fonts
from sheke.reports.word.head import Head
from sheke.reports.word.layout import lay_out_document, lay_out_text
from sheke.reports.word.text import document_text

TEXT = "云川市社科联\r\n2025年工作总结\r\n\r\n市委：\r\n　　全年举办“讲座”520余场。\r\n一、打算\r\n再办30场。 \n"


@pytest.mark.parametrize("head", [None, Head("云川市社科联", "云社科〔2025〕8号")])
def test_every_place_of_the_source_is_found_in_the_layout(head):
    document, shift = lay_out_text(TEXT, head=head)
    laid = document_text(document).text
    for needle in ("2025年", "520余", "30场。"):
        at = TEXT.index(needle)
        start, end = shift.place(at, at + len(needle))
        assert laid[start:end] == needle


def test_what_is_left_out_has_no_place():
    _, shift = lay_out_text("\n　　甲乙\n丙")
    assert shift.place(0, 1) is None
    assert shift.place(4, 7) is None


def test_tables_are_kept_and_margins_left_out():
    source = docx.Document()
    source.add_paragraph("2025年工作总结")
    table = source.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "讲座", "35场"
    source.add_paragraph("　　正文120项。")
    source.sections[0].header.paragraphs[0].text = "页眉7"
    read = document_text(source)
    document, shift = lay_out_document(read)
    assert document_text(document).lines[:4] == ["2025年工作总结", "讲座", "35场", "正文120项。"]
    assert len(document.tables) == 1
    at = read.text.index("35场")
    start, end = shift.place(at, at + 3)
    assert document_text(document).text[start:end] == "35场"
    at = read.text.index("页眉7")
    assert shift.place(at, at + 3) is None


def test_the_page_is_that_of_the_standard():
    document, _ = lay_out_text(TEXT)
    section = document.sections[0]
    millimetres = [round(x.mm, 1) for x in (section.page_width, section.page_height)]
    assert millimetres == [210, 297]
    assert [
        round(x.mm, 1)
        for x in (
            section.top_margin,
            section.bottom_margin,
            section.left_margin,
            section.right_margin,
        )
    ] == [37, 35, 28, 26]
    assert section._sectPr.find(qn("w:docGrid")) is None
    normal = document.styles["Normal"]
    assert normal.paragraph_format.line_spacing.pt == 28.95
    assert normal.element.rPr.find(qn("w:spacing")).get(qn("w:val")) == "-5"
    assert normal.element.pPr.find(qn("w:ind")).get(qn("w:firstLineChars")) == "200"


def test_fonts_are_named_and_theme_fonts_dropped():
    fonts = Fonts(title="甲小标宋", body="乙仿宋")
    document, _ = lay_out_text(TEXT, fonts)

    def east_asian(style):
        return document.styles[style].element.rPr.find(qn("w:rFonts")).get(qn("w:eastAsia"))

    assert [east_asian(s) for s in ("Title", "Normal", "Heading 1")] == [
        "甲小标宋",
        "乙仿宋",
        "黑体",
    ]
    themed = [
        name
        for element in document.styles.element.iter(qn("w:rFonts"))
        for name in element.attrib
        if name.endswith("Theme")
    ]
    assert themed == []


def test_page_numbers_stand_on_the_outer_side():
    document, _ = lay_out_text(TEXT)
    section = document.sections[0]
    assert document.settings.odd_and_even_pages_header_footer
    sides = [f.paragraphs[0].alignment.name for f in (section.footer, section.even_page_footer)]
    assert sides == ["RIGHT", "LEFT"]


def test_quotes_ask_for_the_east_asian_font():
    document, _ = lay_out_text(TEXT)
    run = next(r for p in document.paragraphs for r in p.runs if "“" in r.text)
    assert run._r.rPr.find(qn("w:rFonts")).get(qn("w:hint")) == "eastAsia"


def test_control_characters_cannot_break_the_file():
    document, shift = lay_out_text("甲\x0b\x0c乙5场\x07")
    buffer = BytesIO()
    document.save(buffer)
    assert document_text(docx.Document(buffer)).lines[0] == "甲  乙5场"
    assert shift.place(4, 5) == (4, 5)


def test_elements_stand_in_the_order_of_the_schema():
    document, _ = lay_out_text(TEXT, head=Head("云川市社科联", "云社科〔2025〕8号"))
    order = ["pStyle", "keepNext", "keepLines", "widowControl", "pBdr", "autoSpaceDE"]
    order += ["autoSpaceDN", "spacing", "ind", "jc", "outlineLvl"]
    roots = [document.styles.element, document.element.body]
    for properties in (p for root in roots for p in root.iter(qn("w:pPr"))):
        known = [n for n in (qn(f"w:{o}") for o in order) if properties.find(n) is not None]
        present = [c.tag for c in properties if c.tag in known]
        assert present == known
