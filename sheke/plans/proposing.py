"""Targets and deadlines that an item's words propose, as an item keeps them."""

from __future__ import annotations

from collections import Counter
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


def open_targets(proposals: dict[str, Any], confirmed: set[str]) -> list[dict[str, Any]]:
    """The proposed targets that no target was made of yet, and that nobody dismissed.

    A target keeps the wording it comes from; where one clause proposes several, the figure is
    added to tell them apart.
    """
    found = [dict(one) for one in proposals.get("targets", [])]
    often = Counter(one["phrase"] for one in found)
    for one in found:
        if often[one["phrase"]] > 1:
            one["phrase"] = f"{one['phrase']}（{one['text']}）"
    settled = confirmed | set(proposals.get("dismissed", []))
    return [one for one in found if one["phrase"][:300] not in settled]
