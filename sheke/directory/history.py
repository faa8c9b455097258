"""What an organisation was called and where it hung, day by day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .models import Organisation, OrganisationChange


@dataclass(frozen=True)
class Step:
    """One change; `old` is None for the first state."""

    since: date
    new: OrganisationChange
    old: OrganisationChange | None

    @property
    def renamed(self) -> bool:
        return self.old is not None and (
            (self.old.name, self.old.short_name) != (self.new.name, self.new.short_name)
        )

    @property
    def moved(self) -> bool:
        return self.old is not None and self.old.parent_id != self.new.parent_id


def steps(organisation: Organisation) -> list[Step]:
    """The history, latest first. One query."""
    states = list(organisation.changes.select_related("parent").order_by("since", "id"))
    olds = [None, *states[:-1]]
    return [Step(new.since, new, old) for new, old in zip(states, olds, strict=True)][::-1]


def state_at(organisation: Organisation, day: date) -> OrganisationChange | None:
    """Its name and place on `day`, or None before its first."""
    return organisation.changes.filter(since__lte=day).order_by("-since", "-id").first()
