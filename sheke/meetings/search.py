"""What is searched of meetings: title, agenda, minutes, decisions; by those who may read them."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sheke.core.search.sources import Document, Row, Source, register, same
from sheke.directory.models import Account
from sheke.directory.queries import reachable_organisations, reaches_all

from .models import Meeting

PEOPLE = 10**12  # a guest sees the meeting by their own number, counted from here


def _documents(numbers: Collection[int]) -> Iterable[Document]:
    meetings = Meeting.objects.filter(pk__in=numbers).select_related("organisation")
    for one in meetings.prefetch_related("agenda", "decisions", "attendances", "convenings"):
        words = [one.organisation.name, one.place]
        for agenda in one.agenda.all():
            words += [agenda.title, agenda.minutes]
        words += [decision.text for decision in one.decisions.all()]
        guests = [a.person_id for a in one.attendances.all()] if one.convenings.all() else []
        seen = [one.organisation_id, *(PEOPLE + pk for pk in guests if pk)]
        yield Document(one.pk, str(one), " ".join(words), seen)


def _scope(account: Account) -> Collection[int] | None:
    if reaches_all(account):
        return None
    mine = list(reachable_organisations(account).order_by().values_list("pk", flat=True))
    return [*mine, PEOPLE + account.person_id] if account.person_id else mine


def _visible(account: Account) -> QuerySet[Meeting]:
    return Meeting.objects.visible_to(account).select_related("organisation")


def _row(meeting: Meeting) -> Row:
    url = reverse("meetings:detail", args=[meeting.pk])
    return Row(str(meeting), url, meeting.organisation.label)


register(
    Source(
        kind="meeting", label=_("Meetings"), icon="messages-square",
        documents=_documents,
        ids=lambda: Meeting.objects.order_by("pk").values_list("pk", flat=True),
        visible=_visible,
        row=_row,
        scope=_scope,
        follows={"meetings.meeting": same},
    )
)  # fmt: skip
