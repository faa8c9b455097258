"""The table of one return: an organisation a row, its figures, last year's beside, sums."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from . import periods
from .models import Asked, Return

State = Asked.State


@dataclass(frozen=True)
class Row:
    """What one organisation answered: the accepted answer, else the one that was sent."""

    asked: Asked
    values: Mapping[str, Any]
    remarks: Mapping[str, str] = field(default_factory=dict)
    before: Mapping[str, Any] = field(default_factory=dict)

    def figure(self, key: str) -> Decimal | None:
        return _decimal(self.values.get(key))

    def figure_before(self, key: str) -> Decimal | None:
        return _decimal(self.before.get(key))


@dataclass(frozen=True)
class Sum:
    """A figure over all rows, now and a year before."""

    key: str
    now: Decimal
    before: Decimal

    @property
    def change(self) -> Decimal | None:
        """In percent of the year before."""
        if not self.before:
            return None
        return ((self.now - self.before) / self.before * 100).quantize(Decimal("0.1"))


def rows_of(of: Return, *, state: str = "", sort: str = "", compare: bool = False) -> list[Row]:
    """The rows of a return. `sort`: organisation, state, sent or a figure's key, with “-” turned round.

    One query, and one more for `compare`.
    """
    asked = list(of.asked.with_state().select_related("accepted").order_by("organisation__path"))
    for each in asked:
        each.of = of
    before = _before(of) if compare else {}
    rows = [_row(each, before.get(each.organisation_id, {})) for each in asked]
    if state:
        rows = [row for row in rows if row.asked.state == state or _counts_as(row.asked, state)]
    return _sorted(rows, sort)


def sums(of: Return, rows: list[Row]) -> dict[str, Sum]:
    """By figure."""
    return {
        q.key: Sum(
            q.key,
            sum((row.figure(q.key) or Decimal(0) for row in rows), Decimal(0)),
            sum((row.figure_before(q.key) or Decimal(0) for row in rows), Decimal(0)),
        )
        for q in of.form.figures
    }


def tally(rows: list[Row]) -> dict[str, int]:
    """How many organisations are in each state, and how many answered at all."""
    found = {str(state): 0 for state in State.values}
    for row in rows:
        found[str(row.asked.state)] += 1
    found["answered"] = sum(row.asked.first_sent_on is not None for row in rows)
    found["on_time"] = sum(row.asked.on_time is True for row in rows)
    return found


def _row(asked: Asked, before: Mapping[str, Any]) -> Row:
    answer = asked.accepted or (asked.latest if asked.state == State.SENT else None)
    if asked.state == State.SENT:
        answer = asked.latest  # a correction that is to be looked at
    return Row(asked, answer.values if answer else {}, answer.remarks if answer else {}, before)


def _before(of: Return) -> dict[int, Mapping[str, Any]]:
    """The accepted answers of a year before, by organisation."""
    first, last = periods.year_before((of.first_day, of.last_day))
    found = Asked.objects.filter(
        of__edition__definition_id=of.edition.definition_id, of__first_day=first,
        of__last_day=last, of__organisation_id=of.organisation_id,
    ).exclude(accepted=None)  # fmt: skip
    return dict(found.values_list("organisation_id", "accepted__values"))


def _counts_as(asked: Asked, state: str) -> bool:
    """“Late” also finds what was sent back and is overdue."""
    return state == State.LATE and asked.state == State.BACK and asked.of.is_overdue


def _sorted(rows: list[Row], sort: str) -> list[Row]:
    key, down = sort.removeprefix("-"), sort.startswith("-")
    if key == "organisation" or not key:
        return rows[::-1] if down else rows
    if key == "state":
        places = {state: n for n, state in enumerate(State.values)}
        return sorted(rows, key=lambda row: places[row.asked.state], reverse=down)
    if key == "sent":
        return sorted(
            rows,
            key=lambda row: row.asked.latest.sent_at.timestamp() if row.asked.latest else 0,
            reverse=down,
        )
    low = Decimal(-1)
    return sorted(rows, key=lambda row: figure if (figure := row.figure(key)) is not None else low,
                  reverse=down)  # fmt: skip


def _decimal(value: Any) -> Decimal | None:
    try:
        return Decimal(value) if value not in (None, "") else None
    except (ArithmeticError, TypeError, ValueError):
        return None
