"""For whom and for which days a page shows values."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.utils import timezone

from sheke.definitions.models import Edition
from sheke.directory.models import Organisation

from .periods import Span, buckets, same_span_before
from .questions import Question


@dataclass(frozen=True)
class Scope:
    """An organisation with all below it, from `first_day` to `last_day`."""

    organisation: Organisation
    first_day: date
    last_day: date
    own: bool = False
    period: str = "custom"  # the name by which the days were chosen

    @property
    def span(self) -> Span:
        return self.first_day, self.last_day

    def question(self, edition: Edition) -> Question:
        return Question(edition, self.organisation, self.first_day, self.last_day, own=self.own)

    def over(self, span: Span) -> Scope:
        return replace(self, first_day=span[0], last_day=span[1], period="custom")

    def year_before(self) -> Scope:
        return self.over(same_span_before(self.span, timezone.localdate()))

    def buckets(self) -> list[Scope]:
        return [self.over(span) for span in buckets(self.span)]

    def at(self, organisation: Organisation, own: bool = False) -> Scope:
        return replace(self, organisation=organisation, own=own)

    @property
    def query(self) -> str:
        """What an address needs to show the same scope."""
        asked = {"organisation": self.organisation.code, "period": self.period}
        if self.period == "custom":
            asked |= {"first": self.first_day.isoformat(), "last": self.last_day.isoformat()}
        return urlencode(asked)
