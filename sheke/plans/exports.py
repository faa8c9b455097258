"""A plan as a Word document and as a table with its progress."""

from __future__ import annotations

import io

from django.utils.translation import gettext as _
from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from sheke.core.tables import write_xlsx

from .nodes import Node, Tree

_FONTS = {"title": ("方正小标宋简体", 22), "chapter": ("黑体", 16), "item": ("楷体_GB2312", 16)}
_BODY = ("仿宋_GB2312", 16)


def word(tree: Tree) -> bytes:
    """The plan as it stands, in the fonts and sizes of official documents."""
    document = Document()
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _set(title.add_run(tree.plan.title), *_FONTS["title"])
    for line in tree.plan.introduction.splitlines():
        _paragraph(document, line)
    for node in tree.nodes:
        _add(document, node)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _add(document: WordDocument, node: Node) -> None:
    item = node.item
    head = f"{item.number}{item.title}"
    lines = item.text.splitlines()
    if item.kind == "chapter" or not lines:
        paragraph = _paragraph(document, "")
        run = paragraph.add_run(head if item.kind == "chapter" else _closed(head))
        _set(run, *_FONTS.get(item.kind, _BODY))
    else:
        paragraph = _paragraph(document, "")
        _set(paragraph.add_run(_closed(head)), *_FONTS.get(item.kind, _BODY))
        _set(paragraph.add_run(lines.pop(0)), *_BODY)
    for line in lines:
        _paragraph(document, line)


def _closed(head: str) -> str:
    return head if head.endswith(("。", "；", "：", "！", "？")) else f"{head}。"


def _paragraph(document: WordDocument, text: str) -> Paragraph:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.first_line_indent = Pt(32)
    paragraph.paragraph_format.line_spacing = Pt(28)
    paragraph.paragraph_format.space_after = Pt(0)
    if text:
        _set(paragraph.add_run(text), *_BODY)
    return paragraph


def _set(run: Run, font: str, size: int) -> None:
    run.font.name = "Times New Roman"
    run.font.size = Pt(size)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def table(tree: Tree) -> bytes:
    """One row for each item: duties, targets with what was reached, records, progress."""
    columns = [
        _("Number"), _("Item"), _("Kind"), _("Lead"), _("Support"), _("Due"), _("Targets"),
        _("Records"), _("Progress"), _("State"),
    ]  # fmt: skip
    rows = [
        [
            node.item.number, node.item.title, node.item.get_kind_display(),
            "、".join(duty.organisation.label for duty in node.leads),
            "、".join(duty.organisation.label for duty in node.supports),
            node.due, _targets(node), node.all_records,
            "" if node.percent is None else f"{node.percent}%", node.state.label,
        ]
        for node in tree.nodes
    ]  # fmt: skip
    widths = {columns[1]: 60, columns[3]: 24, columns[4]: 30, columns[6]: 40}
    return write_xlsx(columns, rows, title=str(tree.plan.year), widths=widths)


def _targets(node: Node) -> str:
    parts = []
    for row in node.targets:
        done = "—" if row.value is None else f"{row.value.normalize():f}"
        parts.append(f"{row.target.goal.indicator} {done}/{row.target.goal.value.normalize():f}")
    return "；".join(parts)
