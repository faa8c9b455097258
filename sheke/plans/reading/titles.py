"""Where the title of a node ends: the sentence of the heading, or the first clause of a long one."""

from __future__ import annotations

from .marks import depths_of

LIMIT = 80
_LABEL = 20  # “目标任务：…”: a label is short
_STOPS = "。！？!?；;"
_CLOSING = _STOPS + "：:，,、 \u3000"


def title_end(body: str, start: int, end: int) -> tuple[int, int]:
    """The end of the title within `[start, end)`, and the end of what closes it (stop, line end)."""
    line_end = body.find("\n", start, end)
    line = body[start : line_end if line_end >= 0 else end]
    length = len(line[: _length(line)].rstrip(_CLOSING))
    closing = length
    while closing < len(line) and line[closing] in _CLOSING:
        closing += 1
    if closing == len(line) and line_end >= 0:
        closing += 1  # the line end belongs to the heading that it closes
    return start + length, start + closing


def _length(line: str) -> int:
    depths = depths_of(line)
    stop = _find(line, depths, _STOPS)
    colon = _find(line, depths, "：:")
    if colon < stop and 2 <= colon <= _LABEL:
        return colon
    if stop <= LIMIT:
        return len(line[:stop].rstrip())
    clause = _find(line, depths, "，,：:", at_least=4)
    if clause <= LIMIT:
        return clause
    pause = line.rfind("、", 20, LIMIT)
    return pause if pause > 0 else min(len(line), LIMIT)


def _find(line: str, depths: list[int], signs: str, at_least: int = 0) -> int:
    """The first of `signs` outside quotes and brackets; the length of the line if there is none."""
    for at, c in enumerate(line):
        if c in signs and depths[at] == 0 and at >= at_least:
            return at
    return len(line)
