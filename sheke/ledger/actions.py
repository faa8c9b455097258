"""Verbs of the ledger: post, revise, reverse, close."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core import audit
from sheke.core.errors import BadInput
from sheke.core.rows import insert_instances, insert_rows
from sheke.directory.models import Account, Organisation

from . import lines as derived
from .confirming.actions import end_queries
from .content import Draft, digest
from .models import Closing, Participation, Record, Reply, Reversal, Version
from .queries import closings_over, draft_of

BATCH = 1000
VERSION = (
    "record", "number", "act", "content", "digest", "reason", "closing", "made_at", "made_by",
)  # fmt: skip
Content = dict[str, Any]


def post_record(*, draft: Draft, by: Account | None, reason: str = "") -> Record:
    """Post one record. Raises ContentError, or BadInput in a closed period without a reason."""
    return post_records(drafts=[draft], by=by, reason=reason)[0]


@transaction.atomic
def post_records(*, drafts: Iterable[Draft], by: Account | None, reason: str = "") -> list[Record]:
    """Post many records, all or none."""
    drafts = [draft.checked() for draft in drafts]
    reason = _short(reason)
    closings = closings_over(drafts)
    for draft, closing in zip(drafts, closings, strict=True):
        _needs_reason(draft.happened_on, closing, reason)
    contents = [draft.content() for draft in drafts]
    records = [_new(draft, content, by) for draft, content in zip(drafts, contents, strict=True)]
    insert_instances(records)
    _write_versions(zip(records, contents, closings, strict=True), Version.Act.POST, reason, by)
    _derive(records, drafts)
    audit.record_many("record.post", list(records), by=by)
    return records


@transaction.atomic
def revise_record(*, record: Record, reason: str, by: Account | None, **changes: Any) -> Record:
    """Make a new version of a standing record; `changes` are fields of its draft.

    Raises BadInput when the record is reversed, the reason is empty or nothing changes.
    """
    record = Record.objects.select_for_update().get(pk=record.pk)
    reason = _standing(record, reason)
    before = draft_of(record)
    draft = replace(before, **changes).checked()
    if draft.edition.definition_id != record.type_id:
        raise BadInput(_("A record keeps its type; reverse it and post another one."))
    if draft.content() == before.content():
        raise BadInput(_("Nothing was changed."))
    closing = _closing_of([before, draft])
    record.revision += 1
    record = _fill(record, draft)
    record.settled = None
    record.save()
    _write_version(record, draft.content(), Version.Act.REVISE, reason, closing, by)
    _clear(record)
    record.participations.all().delete()
    _derive([record], [draft])
    end_queries(record=record, way=Reply.Way.REVISION, text=reason, by=by)
    audit.record("record.revise", record, by=by, revision=record.revision, reason=reason)
    return record


@transaction.atomic
def reverse_record(*, record: Record, reason: str, by: Account | None) -> Reversal:
    """Take a record out of every count; it stays in the ledger, struck through, with the reason."""
    record = Record.objects.select_for_update().get(pk=record.pk)
    reason = _standing(record, reason)
    draft = draft_of(record)
    record.revision += 1
    record.digest = digest(record.uid, record.revision, draft.content())
    record.settled = record.revision
    record.save(update_fields=["revision", "digest", "settled"])
    closing = _closing_of([draft])
    _write_version(record, draft.content(), Version.Act.REVERSE, reason, closing, by)
    _clear(record)
    reversal = Reversal.objects.create(record=record, reason=reason, by=by)
    end_queries(record=record, way=Reply.Way.REVERSAL, text=reason, by=by)
    audit.record("record.reverse", record, by=by, reason=reason)
    return reversal


@transaction.atomic
def close_period(
    *,
    organisation: Organisation,
    first_day: date,
    last_day: date,
    by: Account | None,
    note: str = "",
) -> Closing:
    """Close a period of the ledger of the organisation and all below it."""
    if last_day < first_day:
        raise BadInput(_("The last day lies before the first."))
    if last_day >= timezone.localdate():
        raise BadInput(_("Only days that are over can be closed."))
    _not_closed_already(organisation, first_day, last_day)
    closing = Closing.objects.create(
        organisation=organisation, first_day=first_day, last_day=last_day, note=note, by=by
    )
    audit.record("ledger.close", closing, by=by, organisation=organisation.code)
    return closing


def _new(draft: Draft, content: dict[str, Any], by: Account | None) -> Record:
    record = Record(type_id=draft.edition.definition_id, posted_by=by)
    return _fill(record, draft, content)


def _fill(record: Record, draft: Draft, content: dict[str, Any] | None = None) -> Record:
    record.edition = draft.edition
    record.organisation = draft.organisation
    record.happened_on = draft.happened_on
    record.ended_on = draft.ended_on
    record.title = draft.title
    record.amounts = dict(draft.amounts)
    record.attributes = dict(draft.attributes)
    record.note = draft.note
    record.heading = draft.heading
    record.digest = digest(record.uid, record.revision, content or draft.content())
    return record


def _derive(records: Sequence[Record], drafts: Sequence[Draft]) -> None:
    """Write participations, lines and facets of records that have none."""
    pairs = list(zip(records, drafts, strict=True))
    role = Participation.Role
    parts = [
        Participation(record=record, organisation=organisation, role=kind)
        for record, draft in pairs
        for kind, organisations in ((role.COHOST, draft.cohosts), (role.SUPPORT, draft.supporters))
        for organisation in organisations
    ]
    if parts:
        Participation.objects.bulk_create(parts, batch_size=BATCH)
    derived.write(pairs)


def _clear(record: Record) -> None:
    record.lines.all().delete()
    record.facets.all().delete()


def _write_version(
    record: Record, content: Content, act: str, reason: str, closing: Closing | None,
    by: Account | None,
) -> None:  # fmt: skip
    _write_versions([(record, content, closing)], act, reason, by)


def _write_versions(
    states: Iterable[tuple[Record, Content, Closing | None]], act: str, reason: str,
    by: Account | None,
) -> None:  # fmt: skip
    now, author = timezone.now(), by.pk if by else None
    rows = (
        (r.pk, r.revision, act, content, r.digest, reason, closing and closing.pk, now, author)
        for r, content, closing in states
    )
    insert_rows(Version, VERSION, rows)


def _closing_of(drafts: Sequence[Draft]) -> Closing | None:
    return next(filter(None, closings_over(drafts)), None)


def _needs_reason(day: date, closing: Closing | None, reason: str) -> None:
    if closing and not reason:
        raise BadInput(
            _("%(day)s lies in a closed period (%(period)s); give a reason for the late entry.")
            % {"day": day, "period": closing}
        )


def _standing(record: Record, reason: str) -> str:
    """The reason, cleaned; raises BadInput when there is none or the record was reversed."""
    reason = _short(reason)
    if not reason:
        raise BadInput(_("Give a reason."))
    if Reversal.objects.filter(record=record).exists():
        raise BadInput(_("The record was reversed; it cannot be changed any more."))
    return reason


def _short(reason: str) -> str:
    reason = " ".join(reason.split())
    if len(reason) > 300:
        raise BadInput(_("The reason is longer than 300 characters."))
    return reason


def _not_closed_already(organisation: Organisation, first_day: date, last_day: date) -> None:
    held = Closing.objects.filter(
        organisation__in=Organisation.objects.above(organisation),
        first_day__lte=first_day, last_day__gte=last_day,
    ).first()  # fmt: skip
    if held is not None:
        raise BadInput(_("These days are closed already (%(period)s).") % {"period": held})
