"""What Sheke holds of a person. Each app says so in its own `personal.py`, found by itself.

register(
    Holding("ledger.records", _("Records that they posted"), collect=posted_records,
            kept=_("They are the organisation's; their sums and seals stay.")),
)

`collect` feeds the person's own export, `erase` and `kept` say what becomes of it when the person is
erased, and `mention` finds free texts that name the person, for somebody to decide about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from .models import Person

Rows = list[dict[str, Any]]  # JSON; days and moments may be Python's own


@dataclass(frozen=True)
class Mention:
    """A text that names the person: what it is, where it says so, and the address to open it."""

    title: str
    place: str
    url: str = ""


@dataclass(frozen=True)
class Holding:
    """One kind of what is held.

    collect: the rows of it, for the person themselves. erase: takes away what can be, gives how much.
    kept: why the rest stays; without it nothing stays.
    """

    key: str
    label: str | Promise
    collect: Callable[[Person], Rows]
    erase: Callable[[Person], int] | None = None
    kept: str | Promise = ""
    mention: Callable[[Person], Iterable[Mention]] | None = None


HOLDINGS: dict[str, Holding] = {}


def register(*holdings: Holding) -> None:
    """Make kinds of what is held known; a key is registered once."""
    for holding in holdings:
        if HOLDINGS.setdefault(holding.key, holding) != holding:
            raise ValueError(f"two holdings are called {holding.key}")


@dataclass(frozen=True)
class Held:
    """What is held of one person, of one kind."""

    holding: Holding
    rows: Rows


def held_of(person: Person) -> list[Held]:
    """Everything held of the person, themselves first."""
    ordered = sorted(
        HOLDINGS.values(), key=lambda holding: not holding.key.startswith("directory.")
    )
    return [Held(holding, holding.collect(person)) for holding in ordered]


def mentions_of(person: Person) -> list[Mention]:
    """Free texts that name the person; a name of one sign is in every text and is not looked for."""
    if len(person.name) < 2:
        return []
    finders = [holding.mention for holding in HOLDINGS.values() if holding.mention]
    return [mention for find in finders for mention in find(person)]
