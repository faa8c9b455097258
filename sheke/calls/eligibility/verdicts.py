"""Verdicts: a tree of the same shape as the conditions, each node true, false or not yet known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

Outcome = Literal["holds", "fails", "open"]
HOLDS: Outcome = "holds"
FAILS: Outcome = "fails"
OPEN: Outcome = "open"


@dataclass(frozen=True)
class Verdict:
    """What became of one node.

    kind     all, any, none or the rule of a condition
    demand   what is demanded, in words
    found    what is the case, in words
    todo     what to do where it does not hold or is not known
    field    where to fill in what is not known: a field's key, `lead.born_on`, `referee`, `organisation`
    warning  it is only said: neither it nor a group of such changes the outcome above
    turned   it stands below a “none”: good is what does not hold
    """

    kind: str
    outcome: Outcome
    demand: str = ""
    found: str = ""
    todo: str = ""
    field: str = ""
    warning: bool = False
    turned: bool = False
    parts: tuple[Verdict, ...] = ()

    @property
    def good(self) -> bool:
        """Nothing more to do here."""
        return self.outcome == (FAILS if self.turned else HOLDS)

    @property
    def bad(self) -> bool:
        """Stands in the way, unless it is only a warning."""
        return self.outcome == (HOLDS if self.turned else FAILS)

    def leaves(self) -> Iterator[Verdict]:
        """The verdicts on conditions, in order."""
        if not self.parts and self.kind not in GROUPS:
            yield self
        for part in self.parts:
            yield from part.leaves()

    def obstacles(self) -> list[Verdict]:
        """What keeps the whole from holding: the bad and unknown conditions of the parts that count.

        A way out that was not taken (a bad part of an “any” that holds) is none.
        """
        if self.warning or self.good:
            return []
        if not self.parts:
            return [self] if self.kind not in GROUPS else []
        return [found for part in self.parts for found in part.obstacles()]

    def warnings(self) -> list[Verdict]:
        """The conditions that are only said and do not hold."""
        return [leaf for leaf in self.leaves() if leaf.warning and not leaf.good]

    def as_data(self) -> dict[str, Any]:
        """JSON for keeping beside what was sent."""
        data: dict[str, Any] = {"kind": self.kind, "outcome": self.outcome}
        for name in ("demand", "found", "todo", "field", "warning", "turned"):
            if value := getattr(self, name):
                data[name] = value
        if self.parts:
            data["parts"] = [part.as_data() for part in self.parts]
        return data


GROUPS = ("all", "any", "none")


def combined(kind: str, outcomes: Iterable[Outcome]) -> Outcome:
    """Kleene's three-valued and, or, and “none of them”. Of nothing, it holds."""
    given = list(outcomes)
    if not given:
        return HOLDS
    decisive, otherwise = (HOLDS, FAILS) if kind in ("any", "none") else (FAILS, HOLDS)
    outcome = decisive if decisive in given else OPEN if OPEN in given else otherwise
    return opposite(outcome) if kind == "none" else outcome


def opposite(outcome: Outcome) -> Outcome:
    return {HOLDS: FAILS, FAILS: HOLDS, OPEN: OPEN}[outcome]
