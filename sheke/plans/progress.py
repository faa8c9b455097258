"""How far an item is: from its targets, its children, the word of a person, and the calendar."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

SOON = timedelta(days=30)


class State(models.TextChoices):
    """What one sees at a glance."""

    DONE = "done", _("Done")
    LATE = "late", _("Overdue")
    SOON = "soon", _("Due soon")
    RUNNING = "running", _("Under way")
    OPEN = "open", _("Not begun")


@dataclass(frozen=True)
class Measured:
    """What is known of an item: its share of completion (0 to 1), records, day due, a person's word."""

    share: float | None
    records: int
    due: date | None
    completed: bool


def met_share(comparison: str, value: Decimal, goal: Decimal) -> float:
    """How much of a goal is met, from 0 to 1.

    For “at most” staying within the goal is all; beyond it the share falls.
    """
    if comparison == "at_most":
        return 1.0 if value <= goal else float(goal / value)
    if not goal:
        return 1.0 if value >= goal else 0.0
    return min(1.0, max(0.0, float(value / goal)))


def shares(
    *, completed: bool, targets: Iterable[float | None], children: Iterable[float | None]
) -> float | None:
    """The mean of what is measured; None where nothing is. A person's word counts as all.

    Beside measured targets, children that nothing measures are details of the same work; without
    targets of its own an item is the sum of its children, and one that nothing measures is not done.
    """
    if completed:
        return 1.0
    below = list(children)
    known = [share for share in (*targets, *below) if share is not None]
    if not known:
        return None
    if len(known) == sum(share is not None for share in below):
        known += [0.0] * (len(below) - len(known))
    return sum(known) / len(known)


def state(measured: Measured, today: date) -> State:
    """The state that a badge names."""
    if measured.completed or (measured.share is not None and measured.share >= 1):
        return State.DONE
    if measured.due and measured.due < today:
        return State.LATE
    if measured.due and measured.due <= today + SOON:
        return State.SOON
    return State.RUNNING if measured.records or measured.share else State.OPEN
