"""Targets and deadlines that an item's words propose, as an item keeps them."""

from __future__ import annotations

from typing import Any

from .reading.deadlines import due_date, find_deadlines
from .reading.duties import find_duties
from .reading.targets import find_targets


def propose(title: str, text: str, year: int) -> dict[str, Any]:
    """The proposals of an item: targets, times and duties with their places, and the day due."""
    fields = (("title", title), ("text", text))
    times = [(name, time) for name, words in fields for time in find_deadlines(words, year)]
    due = due_date([time for _name, time in times])
    return {
        "targets": [t.as_json(name) for name, words in fields for t in find_targets(words)],
        "due": [time.as_json(name) for name, time in times],
        "duties": [d.as_json(name) for name, words in fields for d in find_duties(words)],
        "date": due.isoformat() if due else None,
    }
