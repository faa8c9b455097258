"""What a report says as another one did: copied word for word, or with only names and numbers changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sheke.library.passages.comparing import compare
from sheke.library.passages.joining import Joined, joined
from sheke.library.passages.normal import Normal, normalise
from sheke.library.passages.painting import Piece, Span, differences, painted, shifted
from sheke.library.passages.runs import Run
from sheke.reports.filling import report_text
from sheke.reports.models import Report
from sheke.reports.queries import report_figures

MOST = 50  # reports that one is compared with, the latest
LEAST = 20  # characters: shorter stretches are headings and set phrases


@dataclass(frozen=True)
class Passage:
    """A stretch of the report and what stands in the other; `renamed`: only some characters differ."""

    mine: list[Piece]
    theirs: list[Piece]
    renamed: bool


@dataclass(frozen=True)
class Copied:
    """What one other report has, too. share and renamed: parts (0–1) of the report's characters."""

    other: Report
    share: float
    renamed: float
    passages: list[Passage]

    @property
    def percent(self) -> str:
        return f"{self.share * 100:.1f}%"

    @property
    def percent_renamed(self) -> str:
        return f"{self.renamed * 100:.1f}%"


def copied_from(report: Report, others: Sequence[Report]) -> list[Copied]:
    """Of each other report that shares something, the passages in the order of this one; most first."""
    text = _text(report)
    texts = {str(other.pk): _text(other) for other in others[:MOST]}
    found = compare(text, texts, minimum=LEAST)
    mine = normalise(text)
    result = []
    for other in others[:MOST]:
        runs = found.runs.get(str(other.pk), ())
        if runs:
            result.append(_copied(other, mine, text, texts[str(other.pk)], runs))
    return sorted(result, key=lambda one: -one.share)


def _text(report: Report) -> str:
    return report_text(report, report_figures(report)).text


def _copied(other: Report, mine: Normal, text: str, theirs: str, runs: Sequence[Run]) -> Copied:
    source = normalise(theirs)
    stretches = joined(mine.text, source.text, runs)
    whole = {at for one in stretches for at in range(one.start, one.end)}
    renamed = {at for one in stretches if one.near for at in range(one.start, one.end)}
    passages = [_passage(one, mine, text, source, theirs) for one in stretches]
    size = len(mine) or 1
    return Copied(other, len(whole) / size, len(renamed) / size, passages)


def _passage(one: Joined, mine: Normal, text: str, source: Normal, theirs: str) -> Passage:
    start, end = mine.span(one.start, one.end)
    place, place_end = source.span(one.place, one.place_end)
    here, there = text[start:end], theirs[place:place_end]
    left, right = differences(here, there) if one.near else ((), ())
    return Passage(_painted(here, left), _painted(there, right), one.near)


def _painted(text: str, changed: Sequence[tuple[int, int]]) -> list[Piece]:
    return painted(text, [Span(0, len(text), 1, changed=shifted(changed, 0))])
