"""What a verification says: of every figure, of the text, of the seal."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from sheke.reports.lineage import RowChanges
from sheke.reports.verification.texts import TextChange


class State(models.TextChoices):
    """What can be true of a frozen figure; several may be at once, except `HOLDS`."""

    HOLDS = "holds", _("Holds")
    VALUE = "value_changed", _("Value changed")
    ROWS = "rows_changed", _("Records changed, value did not")
    DEFINITION = "definition_changed", _("Definition changed")
    TREE = "tree_changed", _("Organisation tree changed")
    WORDING = "wording_untrue", _("Printed wording no longer true")
    EDITED = "edited_by_hand", _("Edited by hand in the Word file")


@dataclass(frozen=True, slots=True)
class RecordChange:
    """A record by which the rows of a figure differ from the frozen ones."""

    kind: str  # added, removed, revised
    record: int
    title: str
    happened_on: str
    organisation: str


@dataclass(slots=True)
class FigureCheck:
    """One frozen figure and what is true of it now. Values are decimals as text."""

    key: str
    printed: str
    name: str = ""
    binding: str = ""
    states: list[State] = field(default_factory=list)
    found: str | None = None  # what the Word file prints; None without a file or when it is gone
    value_before: str | None = None
    value_now: str | None = None
    rows_before: int = 0
    rows_now: int = 0
    changes: RowChanges = field(default_factory=RowChanges)
    records: list[RecordChange] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        return self.states == [State.HOLDS]

    def as_json(self) -> dict[str, Any]:
        return {
            "key": self.key,
            "printed": self.printed,
            "name": self.name,
            "states": [str(state.value) for state in self.states],
            "found": self.found,
            "value": {"frozen": self.value_before, "now": self.value_now},
            "rows": {
                "frozen": self.rows_before,
                "now": self.rows_now,
                "added": self.changes.added,
                "removed": self.changes.removed,
                "revised": self.changes.revised,
            },
            "records": [
                {name: getattr(change, name) for name in change.__slots__}
                for change in self.records
            ],
        }


@dataclass(slots=True)
class Verification:
    """The whole result. `file` names the Word file that was compared, if one was."""

    code: str
    title: str
    frozen_at: datetime
    seal_holds: bool
    figures: list[FigureCheck]
    text: list[TextChange] = field(default_factory=list)
    file: str = ""

    @property
    def holds(self) -> bool:
        """Nothing at all differs."""
        return self.seal_holds and not self.text and all(figure.holds for figure in self.figures)

    @property
    def changed(self) -> list[FigureCheck]:
        return [figure for figure in self.figures if not figure.holds]

    def counts(self) -> dict[State, int]:
        """How many figures are in each state that occurs."""
        return {
            state: number
            for state in State
            if (number := sum(state in figure.states for figure in self.figures))
        }

    def as_json(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "report": self.title,
            "frozen_at": self.frozen_at.isoformat(),
            "file": self.file,
            "holds": self.holds,
            "seal_holds": self.seal_holds,
            "counts": {str(state.value): number for state, number in self.counts().items()},
            "figures": [figure.as_json() for figure in self.figures],
            "text": [{"kind": c.kind, "before": c.before, "after": c.after} for c in self.text],
        }
