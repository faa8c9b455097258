"""Which value belongs to which field: proposals with confidence, for a person to confirm."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from .labels import plain
from .shapes import PEOPLE, Cell, Field, Spot
from .values import choose, parse_amount, parse_date, people

_HOW = {"right": 1.0, "inline": 0.97, "section": 0.96, "within": 0.93, "below": 0.8, "rows": 1.0}
SURE, LIKELY, LOOK = "sure", "likely", "look"


@dataclass(frozen=True)
class Proposal:
    """A value for a field. value: str; for amounts yuan as Decimal; for choices a list of choices; for
    people and tables a list of dicts. raw is the text as it stands. confidence: sure, likely, look."""

    key: str
    value: str | Decimal | list[str] | list[dict[str, str]]
    raw: str
    confidence: str
    reason: str
    place: Spot
    label: str
    others: tuple[Proposal, ...] = ()


@dataclass(frozen=True)
class _Candidate:
    score: float
    order: int
    field: Field
    cell: Cell
    value: Any
    reason: str


def match(cells: Iterable[Cell], fields: Iterable[Field]) -> list[Proposal]:
    """At most one proposal for a field, in order of the fields; its `others` are what else may be."""
    cells, fields = list(cells), list(fields)
    known = {plain(label) for field in fields for label in field.labels}
    known |= {plain(heading) for headings in PEOPLE.values() for heading in headings}
    candidates = [c for field in fields for c in _candidates(field, cells, known)]
    candidates.sort(key=lambda c: (-c.score, c.order))
    chosen: dict[str, list[_Candidate]] = {field.key: [] for field in fields}
    owner: dict[tuple[Spot, str, str], str] = {}
    for candidate in candidates:
        cell = candidate.cell
        place = (cell.place, cell.label, cell.value)
        if owner.setdefault(place, candidate.field.key) == candidate.field.key:
            chosen[candidate.field.key].append(candidate)
    return [_proposal(found) for field in fields if (found := chosen[field.key])]


def _candidates(field: Field, cells: list[Cell], known: set[str]) -> Iterator[_Candidate]:
    labels = [plain(label) for label in field.labels]
    tabular = field.kind in {"people", "table"}
    for order, cell in enumerate(cells):
        if (cell.how == "rows") != tabular:
            continue
        if not tabular and (not cell.value.strip() or plain(cell.value) in known):
            continue
        likeness = _likeness(cell, labels)
        if not tabular and likeness < 0.6:
            continue
        value, fit, reason = _value(field, cell)
        if value in (None, "", []):
            continue
        if tabular:  # headings say what it is as well as its title does
            likeness = max(likeness, 0.85) if fit > 0.5 else 0.0
        score = likeness * fit * _HOW[cell.how]
        if score >= 0.5:
            yield _Candidate(score, order, field, cell, value, reason)


def _likeness(cell: Cell, labels: list[str]) -> float:
    label, group = plain(cell.label), plain(cell.group)
    best = 0.0
    for wanted in labels:
        if not wanted or not label:
            continue
        if wanted == group + label and group:
            return 1.0
        if wanted == label:
            # The same word below a group’s name speaks of that group, which was not asked for.
            best = max(best, 0.9 if group and group not in wanted else 1.0)
        elif label in wanted or wanted in label:
            share = min(len(label), len(wanted)) / max(len(label), len(wanted))
            best = max(best, 0.6 + 0.3 * share if share >= 0.5 else 0.0)
        elif (ratio := fuzz.ratio(wanted, label)) >= 75:
            best = max(best, ratio / 110)
    return best


def _value(field: Field, cell: Cell) -> tuple[Any, float, str]:
    """The value by kind, how well the text fits the kind (0 to 1), and what to say of it."""
    if field.kind in {"people", "table"}:
        columns = PEOPLE if field.kind == "people" else field.columns
        rows, share = people(cell.rows, columns)
        return rows, (1.0 if share > 0.5 else share), ""
    text = cell.value.strip()
    if field.kind == "date":
        day = parse_date(text)
        return (day, 1.0, "") if day else (text, 0.65, _("no date can be read in it"))
    if field.kind == "amount":
        amount = parse_amount(text, f"{cell.group}{cell.label}")
        return (
            (amount, 1.0, "")
            if amount is not None
            else (text, 0.65, _("no amount can be read in it"))
        )
    if field.kind == "choice":
        chosen, whole = choose(text, field.choices)
        if not chosen:
            return None, 0.0, ""
        return (
            chosen,
            1.0 if whole else 0.7,
            "" if whole else _("some ticked options are not known"),
        )
    return text, 1.0, ""


def _proposal(found: list[_Candidate]) -> Proposal:
    best = found[0]
    others = [c for c in found[1:] if c.value != best.value]
    proposal = _plain(best)
    rival = next((c for c in others if c.score >= best.score - 0.04), None)
    if rival is not None and proposal.confidence == SURE:
        reason = _("another value stands at: %(place)s") % {"place": rival.cell.place.label}
        proposal = replace(proposal, confidence=LIKELY, reason=reason)
    return replace(proposal, others=tuple(_plain(c) for c in others[:3]))


def _plain(candidate: _Candidate) -> Proposal:
    cell, score = candidate.cell, candidate.score
    confidence = SURE if score >= 0.92 else LIKELY if score >= 0.75 else LOOK
    reason = candidate.reason
    if not reason and confidence != SURE:
        reason = _("the label in the form is “%(label)s”") % {"label": cell.label[:40]}
    raw = cell.value or "\n".join("\t".join(row.values()) for row in cell.rows)
    return Proposal(
        candidate.field.key, candidate.value, raw, confidence, reason, cell.place, cell.label
    )
