"""A plan's items as plain data: for the command line and other systems."""

from __future__ import annotations

from typing import Any

from .nodes import Node


def as_dict(node: Node) -> dict[str, Any]:
    """An item with its place, duties, targets and what was reached of them."""
    item = node.item
    return {
        "id": item.pk, "parent": item.parent_id, "number": item.number, "level": item.level,
        "kind": item.kind, "title": item.title, "due": node.due.isoformat() if node.due else None,
        "lead": [duty.organisation.code for duty in node.leads],
        "support": [duty.organisation.code for duty in node.supports],
        "targets": [
            {
                "indicator": row.target.goal.indicator.key, "value": float(row.target.goal.value),
                "reached": float(row.figure.value) if row.figure and row.figure.value else 0,
            }
            for row in node.targets
        ],
        "records": node.all_records, "percent": node.percent, "state": node.state.value,
    }  # fmt: skip
