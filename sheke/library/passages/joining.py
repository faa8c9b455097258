"""Passages in which a character here and there was changed, put in, or left out.

Runs of one source that follow each other in both texts with little between them are one passage that is
`near`; and a run goes on past a change while enough of the same follows. About one change in twenty
characters: each stretch between two changes has at least STRETCH characters, and on the whole there are
at least PER_CHANGE for each change.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from .runs import Run

STRETCH, PER_CHANGE = 6, 12
# How much of the text and of the source a change may take, the likeliest first.
_EDITS = ((1, 1), (1, 0), (0, 1), (2, 2), (2, 1), (1, 2), (2, 0), (0, 2))


class Joined(NamedTuple):
    """Counted characters of the text and of the source; near: they differ somewhere."""

    start: int
    end: int
    place: int
    place_end: int
    near: bool


def joined(text: str, source: str, runs: Sequence[Run]) -> list[Joined]:
    """The runs of one source, near ones put together. Texts as they are compared."""
    found: list[Joined] = []
    for run in runs:
        place_end = run.place + run.end - run.start
        if any(_holds(one, run, place_end) for one in found[-8:]):
            continue
        left, left_place = _grown(text, source, run.start, run.place, -1)
        right, right_place = _grown(text, source, run.end, place_end, 1)
        near = (left, right) != (run.start, run.end)
        found.append(Joined(left, right, left_place, right_place, near))
    return found


def _holds(one: Joined, run: Run, place_end: int) -> bool:
    """Whether a run was reached from an earlier one."""
    inside = one.start <= run.start and run.end <= one.end
    return inside and one.place <= run.place and place_end <= one.place_end


def _grown(text: str, source: str, at: int, place: int, way: int) -> tuple[int, int]:
    """Go on from the end of a run, to the right (1) or the left (-1), over changes."""
    matched, changes = 0, 0
    while True:
        edit, length = max(
            (
                (edit, _same(text, source, at + way * edit[0], place + way * edit[1], way))
                for edit in _EDITS
            ),
            key=lambda tried: tried[1],
        )
        changes += max(edit)
        matched += length
        if length < STRETCH or matched < PER_CHANGE * (changes - 1):
            return at, place
        at += way * (edit[0] + length)
        place += way * (edit[1] + length)


def _same(text: str, source: str, at: int, place: int, way: int) -> int:
    """How many characters are the same from a boundary on."""
    length = 0
    if way < 0:
        while length < min(at, place) and text[at - 1 - length] == source[place - 1 - length]:
            length += 1
    else:
        most = min(len(text) - at, len(source) - place)
        while length < most and text[at + length] == source[place + length]:
            length += 1
    return length
