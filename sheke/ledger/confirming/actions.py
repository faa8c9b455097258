"""Verbs: confirm records and take it back, ask about a record, answer, withdraw the question."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import cast

from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core import audit
from sheke.core.errors import BadInput
from sheke.directory.models import Account
from sheke.directory.queries import accounts_acting_for
from sheke.notices.actions import tell

from ..models import Confirmation, Query, Record, Reply


@transaction.atomic
def confirm_records(*, records: Iterable[Record], by: Account | None) -> list[Confirmation]:
    """Confirm those of `records` that wait, as one batch. What does not wait (any more) is left out."""
    numbers = [record.pk for record in records]
    found = list(Record.objects.select_for_update().filter(pk__in=numbers, settled=None))
    batch = uuid.uuid4()
    made = Confirmation.objects.bulk_create(
        Confirmation(record=r, revision=r.revision, batch=batch, by=by) for r in found
    )
    _settle([r.pk for r in found])
    audit.record_many("record.confirm", list(found), by=by)
    return made


@transaction.atomic
def withdraw_confirmations(*, confirmations: Iterable[Confirmation], by: Account | None) -> int:
    """Take confirmations back; the records wait again. Returns how many were taken back."""
    numbers = [confirmation.pk for confirmation in confirmations]
    held = Confirmation.objects.select_for_update().filter(pk__in=numbers, withdrawn_at=None)
    found = list(held.select_related("record"))
    Confirmation.objects.filter(pk__in=[c.pk for c in found]).update(
        withdrawn_at=timezone.now(), withdrawn_by=by
    )
    current = [c.record.pk for c in found if c.revision == c.record.revision]
    _wait(current)
    audit.record_many("record.unconfirm", [c.record for c in found], by=by)
    return len(found)


@transaction.atomic
def ask_about(*, record: Record, text: str, by: Account | None) -> Query:
    """Ask the organisation about its record; its secretaries and who posted it are told.

    A confirmation of the record as it stands is taken back. Raises BadInput without words, for a
    reversed record, and where a question is open.
    """
    record = Record.objects.select_for_update().select_related("organisation").get(pk=record.pk)
    text = _words(text)
    if hasattr(record, "reversal"):
        raise BadInput(_("The record was reversed; there is nothing to ask."))
    if record.queries.filter(reply=None).exists():
        raise BadInput(_("A question about this record is open already."))
    withdraw_confirmations(confirmations=_held(record), by=by)
    query = Query.objects.create(record=record, revision=record.revision, text=text, by=by)
    _settle([record.pk])
    audit.record("record.ask", record, by=by, text=text)
    tell(kind="ledger.question", to=_reporters(record), by=by, url=_url(record),
         record=record.title, text=text)  # fmt: skip
    return query


@transaction.atomic
def answer_query(*, query: Query, text: str, by: Account | None) -> Reply:
    """Answer in words; the record waits for confirmation again and the asker is told."""
    return _end(query, Reply.Way.WORDS, _words(text), by)


@transaction.atomic
def withdraw_query(*, query: Query, by: Account | None) -> Reply:
    """Take the question back."""
    return _end(query, Reply.Way.WITHDRAWAL, "", by)


@transaction.atomic
def end_queries(*, record: Record, way: Reply.Way, text: str, by: Account | None) -> list[Reply]:
    """What a revision or a reversal does to the open questions of the record: it answers them."""
    found = record.queries.select_for_update(of=("self",)).filter(reply=None)
    return [_end(query, way, text, by, settle=False) for query in found]


def _end(query: Query, way: Reply.Way, text: str, by: Account | None, settle: bool = True) -> Reply:
    query = Query.objects.select_for_update().get(pk=query.pk)
    if Reply.objects.filter(query=query).exists():
        raise BadInput(_("This question is no longer open."))
    reply = Reply.objects.create(query=query, way=way, text=text, by=by)
    record = query.record
    if settle:
        _wait([record.pk])
    audit.record(f"record.question_{way}", record, by=by, text=text)
    told = _reporters(record) if way == Reply.Way.WITHDRAWAL else [query.by] if query.by else []
    kind = "ledger.question_withdrawn" if way == Reply.Way.WITHDRAWAL else "ledger.answer"
    tell(kind=kind, to=told, by=by, url=_url(record), record=record.title,
         text=text or str(Reply.Way(way).label))  # fmt: skip
    return reply


def _settle(numbers: list[int]) -> None:
    """Out of the index of what waits, at the revision that each has now."""
    Record.objects.filter(pk__in=numbers).update(settled=F("revision"))


def _wait(numbers: list[int]) -> None:
    Record.objects.filter(pk__in=numbers, reversal=None).update(settled=None)


def _held(record: Record) -> Iterable[Confirmation]:
    return record.confirmations.filter(withdrawn_at=None, revision=record.revision)


def _reporters(record: Record) -> list[Account]:
    """The secretaries of the organisation and who posted the record."""
    there = accounts_acting_for(record.organisation).values("pk")
    wanted = Q(pk__in=there) | Q(pk=record.posted_by_id)
    return list(Account.objects.filter(wanted, is_active=True))


def _words(text: str) -> str:
    text = " ".join(text.split())
    if not text:
        raise BadInput(_("Write what you want to ask or answer."))
    if len(text) > 500:
        raise BadInput(_("The text is longer than 500 characters."))
    return text


def _url(record: Record) -> str:
    return cast(str, reverse("ledger:record", args=[record.pk]))
