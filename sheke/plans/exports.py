"""A plan as a Word document and as a table with its progress."""

from __future__ import annotations

from django.utils.translation import gettext as _

from sheke.core.documents.official import BODY, HEADING, SUBHEADING, OfficialDocument
from sheke.core.tables import write_xlsx

from .models import Item
from .nodes import Node, Tree

_FONTS = {Item.Kind.CHAPTER.value: HEADING, Item.Kind.ITEM.value: SUBHEADING}


def word(tree: Tree) -> bytes:
    """The plan as it stands, in the layout of official documents."""
    document = OfficialDocument()
    document.title(tree.plan.title)
    document.lines(tree.plan.introduction)
    for node in tree.nodes:
        _add(document, node)
    return document.content()


def _add(document: OfficialDocument, node: Node) -> None:
    item = node.item
    head, lines = f"{item.number}{item.title}", item.text.splitlines()
    if item.kind == Item.Kind.CHAPTER:
        document.heading(head)
    else:
        first = lines.pop(0) if lines else ""
        document.body(first, head=_closed(head), font=_FONTS.get(item.kind, BODY))
    document.lines("\n".join(lines))


def _closed(head: str) -> str:
    return head if head.endswith(("。", "；", "：", "！", "？")) else f"{head}。"


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
