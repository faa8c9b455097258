"""What an organisation has to do next, and what came back to it with a question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.urls import reverse

from sheke.directory.models import Account, Organisation
from sheke.indicators.remembering import evaluate_remembered
from sheke.ledger.confirming.queries import open_queries
from sheke.ledger.models import Query
from sheke.plans.duties import DutyRow, duties_of, duty_rows
from sheke.returns.models import Asked, AskedQuerySet
from sheke.returns.queries import due_for

MOST = 200  # duties looked at
QUESTIONS = 20


@dataclass(frozen=True)
class Due:
    """One thing to fill in or to report on; exactly one of `asked` and `duty` is there."""

    title: str
    day: date | None
    url: str
    note: str
    asked: Asked | None = None
    duty: DutyRow | None = None
    today: date = date.min

    @property
    def days(self) -> int | None:
        """Until the day; negative behind it."""
        return (self.day - self.today).days if self.day else None

    @property
    def is_late(self) -> bool:
        return self.days is not None and self.days < 0

    @property
    def is_soon(self) -> bool:
        return self.days is not None and 0 <= self.days <= 7


@dataclass(frozen=True)
class Back:
    """A return that was sent back, or a question about a record: who said what, and where to answer."""

    title: str
    words: str
    by: str
    at: datetime
    url: str
    is_return: bool


def due(account: Account, organisation: Organisation, today: date) -> list[Due]:
    """Returns and duties of the organisation, and duties of the account's person: the most urgent first."""
    found = [
        _of_return(asked, today) for asked in _asked(account, organisation) if not _came(asked)
    ]
    mine = Q(organisation=organisation)
    if account.person_id:
        mine |= Q(person=account.person_id)
    duties = duties_of(account).filter(
        mine, item__completion=None, item__plan__year__gte=today.year - 1
    )
    rows = duty_rows(duties.order_by("-id")[:MOST], today, evaluate_remembered)
    found += [_of_duty(row, today) for row in rows if not row.done]
    return sorted(found, key=lambda each: (each.day is None, each.day or date.max, each.title))


def came_back(account: Account, organisation: Organisation) -> list[Back]:
    """What was sent back or asked about, the latest first."""
    found = []
    for asked in _asked(account, organisation).select_related("latest__sending_back__by__person"):
        if asked.latest is not None and _came(asked):
            said = asked.latest.sending_back
            url = reverse("returns:answer", args=[asked.pk])
            found.append(Back(asked.of.title, said.reason, str(said.by or ""), said.at, url, True))
    for query in _questions(organisation):
        url = reverse("ledger:record", args=[query.record_id])
        by = str(query.by or "")
        found.append(Back(query.record.title, query.text, by, query.at, url, False))
    return sorted(found, key=lambda each: each.at, reverse=True)


def _questions(organisation: Organisation) -> list[Query]:
    """Open questions about records of the organisation and those below, the latest first.

    From the questions, of which few are open, to their records; the other way round a county's
    hundred thousand records would be looked at.
    """
    places = open_queries().order_by("-id").values_list("pk", "record__organisation__path")
    ours = [pk for pk, path in places if path.startswith(organisation.path)]
    found = Query.objects.select_related("record", "by__person").in_bulk(ours[:QUESTIONS])
    return [found[pk] for pk in ours[:QUESTIONS]]


def _asked(account: Account, organisation: Organisation) -> AskedQuerySet:
    return due_for(account).filter(organisation=organisation)


def _came(asked: Asked) -> bool:
    return asked.state == Asked.State.BACK


def _of_return(asked: Asked, today: date) -> Due:
    url = reverse("returns:answer", args=[asked.pk])
    return Due(asked.of.title, asked.of.due_on, url, asked.state_label, asked=asked, today=today)


def _of_duty(row: DutyRow, today: date) -> Due:
    url = reverse("plans:duty", args=[row.duty.pk])
    note = str(row.standing.label)
    return Due(str(row.duty.item), row.due, url, note, duty=row, today=today)
