from io import BytesIO

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from sheke.reports.word.text import document_text


def paragraph_xml(inner):
    return parse_xml(f"<w:p {nsdecls('w')}>{inner}</w:p>")


def text_of_paragraph(inner):
    document = docx.Document()
    document.element.body.insert(0, paragraph_xml(inner))
    return document_text(document).text


def test_paragraphs_tables_and_margins_are_one_text_in_order():
    document = docx.Document()
    document.add_paragraph("标题")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "讲座", "12场"
    document.add_paragraph("正文")
    document.sections[0].header.paragraphs[0].text = "页眉3"
    read = document_text(document)
    assert read.text == "标题\n讲座\n12场\n正文\n页眉3"
    assert [p.margin for p in read.paragraphs] == [False, False, False, False, True]
    assert read.lines == read.text.split("\n")


def test_spans_hold_exactly_their_characters():
    document = docx.Document()
    paragraph = document.add_paragraph("全年")
    paragraph.add_run("举办").bold = True
    paragraph.add_run("讲座12场")
    read = document_text(document)
    assert "".join(read.text[s.start : s.end] for s in read.spans) == "全年举办讲座12场"
    assert [s.node.text for s in read.spans_between(3, 5)] == ["举办", "讲座12场"]


def test_deleted_text_field_codes_and_page_numbers_are_not_text():
    assert text_of_paragraph(
        "<w:r><w:t>共</w:t></w:r><w:del><w:r><w:delText>9</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>8</w:t></w:r></w:ins>"
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>77</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        '<w:fldSimple w:instr="NUMPAGES"><w:r><w:t>66</w:t></w:r></w:fldSimple>'
        "<w:r><w:t>场</w:t></w:r>"
    ) == ("共8场")


def test_results_of_other_fields_are_text():
    assert (
        text_of_paragraph(
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TITLE</w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>总结</w:t></w:r>'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )
        == "总结"
    )


def test_tabs_and_breaks_take_one_character_and_tab_stops_none():
    assert (
        text_of_paragraph(
            '<w:pPr><w:tabs><w:tab w:val="left" w:pos="8"/></w:tabs></w:pPr>'
            "<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t>"
            '<w:br w:type="page"/><w:t>丁</w:t></w:r>'
        )
        == "甲\t乙\n丙丁"
    )


def test_ruby_glosses_are_left_out():
    assert (
        text_of_paragraph(
            "<w:r><w:ruby><w:rt><w:r><w:t>qiáng</w:t></w:r></w:rt>"
            "<w:rubyBase><w:r><w:t>强</w:t></w:r></w:rubyBase></w:ruby></w:r>"
        )
        == "强"
    )


def test_an_empty_document_has_an_empty_text():
    buffer = BytesIO()
    docx.Document().save(buffer)
    read = document_text(docx.Document(buffer))
    assert (read.text, read.spans) == ("", [])
    assert read.spans_between(0, 5) == []
