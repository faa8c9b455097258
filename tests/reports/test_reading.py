import docx
import pytest

from sheke.reports.filling import report_text
from sheke.reports.models import Template
from sheke.reports.queries import flags_of_report, report_figures
from sheke.reports.reading import blocks_of
from sheke.reports.word.reading import to_bytes
from sheke.reports.word.text import document_text
from tests.reports.worlds import BINDINGS, add_slot, stored, world

pytestmark = pytest.mark.django_db


def blocks(report):
    figures = report_figures(report)
    text = report_text(report, figures)
    return blocks_of(report.template, text, figures, flags_of_report(report, text))


def said(block):
    return "".join(piece.text for piece in block.pieces)


def test_a_text_becomes_titles_headings_and_paragraphs():
    found = blocks(world(word=False).fill())
    assert [block.role for block in found[:3]] == ["title", "heading1", "body"]
    assert said(found[2]) == "全年举办“社科”讲座20余场，惠及5.2万余人次，覆盖12个县区。"
    assert [p.look for p in found[2].pieces if p.figure] == ["traced", "traced", "plain"]


def test_a_doubtful_place_is_marked_with_its_number():
    found = blocks(world().fill())
    (flagged,) = [p for block in found for p in block.pieces if p.flag]
    assert "xx" in flagged.text
    assert flagged.number > 0


def test_tables_keep_their_cells_and_margins_stand_apart():
    w = world()
    document = docx.Document()
    document.add_paragraph("2024年工作总结")
    table = document.add_table(2, 3)
    for (row, column), text in {
        (0, 0): "项目",
        (0, 1): "数量",
        (1, 0): "讲座",
        (1, 1): "520场",
    }.items():
        table.cell(row, column).text = text
    document.sections[0].footer.paragraphs[0].text = "内部资料"
    document.sections[0].header.paragraphs[0].text = "—  —"
    text = document_text(document).text
    template = Template.objects.create(
        organisation=w.city, key="t", title="2024年总结", year=2024, text=text,
        source=stored(to_bytes(document)), source_name="t.docx",
    )  # fmt: skip
    at = text.index("520场")
    add_slot(template, "held", at, at + 4, **BINDINGS["held"])
    w.template = template
    title, grid, footer = blocks(w.fill())
    assert said(title) == "2025年工作总结"
    cells = [[[said(block) for block in cell] for cell in row] for row in grid.rows]
    assert cells == [[["项目"], ["数量"], []], [["讲座"], ["20余场"], []]]
    assert (footer.role, said(footer)) == ("margin", "内部资料")
