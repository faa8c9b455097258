"""Where recognised words stand in the text of their page, also after the text was corrected."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rapidfuzz.distance import Levenshtein

LONGEST = 20_000  # characters; longer pages are not of paper


def placed(words: Sequence[Sequence[Any]], text: str) -> list[tuple[int, int]]:
    """For each word [start, end) in the text; an empty span where a correction took it away."""
    spelled = "".join(str(word[0]) for word in words)
    if not spelled or len(text) > LONGEST:
        return [(0, 0)] * len(words)
    edges = _edges(spelled, text)
    found, at = [], 0
    for word in words:
        end = at + len(str(word[0]))
        start, stop = edges[at][0], edges[end - 1][1]
        found.append((start, max(start, stop)))
        at = end
    return found


def _edges(spelled: str, text: str) -> list[tuple[int, int]]:
    """For each recognised character the span of the text that stands for it."""
    edges: list[tuple[int, int]] = []
    for step in Levenshtein.opcodes(spelled, text):
        length = step.src_end - step.src_start
        if step.tag == "insert":
            continue
        for n in range(length):
            start = min(step.dest_start + n, step.dest_end)
            stop = min(start + 1, step.dest_end) if step.tag != "delete" else start
            edges.append((start, stop))
    return edges
