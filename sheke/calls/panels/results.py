"""What panels decided: the last ballot that was counted, by submission."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from ..models import Ballot, Call
from .counting import PLAIN, YES


@dataclass(frozen=True)
class Outcome:
    """The result of a submission's last ballot. `quorate` false: it has to be voted on again."""

    submission: int
    panel: int
    ballot: int
    round: int
    closed_at: datetime
    members: int
    present: int
    voters: int
    votes: dict[str, int]
    needed: int
    quorate: bool
    carried: str | None  # “yes”, or key of a level

    @property
    def is_carried(self) -> bool:
        return self.carried is not None

    @property
    def level(self) -> str:
        """The level that was carried, where the ballot was on levels."""
        return "" if self.carried in (None, YES) else str(self.carried)


def counted(call: Call, stage: str = "") -> QuerySet[Ballot]:
    """The ballots of a call that were closed and not annulled, in their order."""
    found = Ballot.objects.filter(item__panel__call=call, closed_at__isnull=False)
    if stage:
        found = found.filter(item__panel__stage=stage)
    return found.exclude(result__has_key="annulled").order_by("closed_at", "pk")


def last_results(call: Call, stage: str = "", *, closed: bool = False) -> dict[int, Outcome]:
    """{submission: the result of its last ballot}, of one stage or of all. One query.

    `closed`: only of sittings whose minutes are closed.
    """
    found = counted(call, stage).select_related("item")
    if closed:
        found = found.filter(item__panel__closed_at__isnull=False)
    return {ballot.item.submission_id: outcome_of(ballot) for ballot in found}


def outcome_of(ballot: Ballot) -> Outcome:
    """A closed ballot's result."""
    if ballot.closed_at is None or not ballot.result:
        raise LookupError(ballot.pk)
    return Outcome(
        submission=ballot.item.submission_id, panel=ballot.item.panel_id, ballot=ballot.pk,
        round=ballot.round, closed_at=ballot.closed_at, **ballot.result,
    )  # fmt: skip


def options_of(call: Call, kind: str) -> list[dict[str, Any]]:
    """What is voted on: “plain” yes and no, “levels” the outcome's levels and no; both may abstain."""
    levels = call.programme.outcome.levels if kind == "levels" else ()
    chosen = [{"key": level.key, "name": str(level.name)} for level in levels]
    plain = {"key": YES, "name": ""}
    return [*(chosen or [plain]), *({"key": key, "name": ""} for key in PLAIN)]


def by_submission(outcomes: Iterable[Outcome]) -> dict[int, Outcome]:
    return {each.submission: each for each in outcomes}
