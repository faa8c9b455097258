"""Records: read, post, revise, reverse, and attach what shows that they are true."""

from __future__ import annotations

import datetime
from typing import Any, cast

from django.db import transaction
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import File, Query, Router, Schema, Status
from ninja.errors import HttpError
from ninja.files import UploadedFile

from sheke.core.errors import BadInput
from sheke.definitions.canonical import canonical
from sheke.definitions.queries import current_edition, current_editions
from sheke.directory.models import Account
from sheke.directory.queries import organisation_by_code
from sheke.ledger import actions, plain
from sheke.ledger.content import happened
from sheke.ledger.evidence.actions import attach_file
from sheke.ledger.filters import STATES, RecordFilter
from sheke.ledger.imports.lookups import Lookups
from sheke.ledger.models import Record, RecordQuerySet
from sheke.ledger.queries import draft_of

from .characters import check_characters
from .models import Token
from .once import Made, once
from .paging import MOST, Page, page

router = Router(tags=["records"])
AT_ONCE = 500  # records of one request


class RecordIn(Schema):
    """A record to be posted. `amounts` and `fields` are named by the keys of the record type."""

    type: str
    title: str
    date: datetime.date
    organisation: str
    until: datetime.date | None = None
    amounts: dict[str, Any] = {}
    fields: dict[str, Any] = {}
    note: str = ""
    plan_item: str | None = None
    cohosts: list[str] = []
    supporters: list[str] = []


class Batch(Schema):
    """Records that are posted all or none. `reason` is needed for days of a closed period."""

    records: list[RecordIn]
    reason: str = ""


class Correction(Schema):
    """The record as it should be, and why."""

    record: RecordIn
    reason: str


class Reason(Schema):
    reason: str


@router.get(
    "/record-types", response=list[dict[str, Any]], summary="Record types with their fields"
)
def record_types(request: HttpRequest) -> list[dict[str, Any]]:
    return [
        canonical(edition.schema) | {"edition": edition.number}
        for edition in current_editions("record_type").values()
    ]


@router.get("/records", response=Page, summary="Records, the latest first")
def records(
    request: HttpRequest, type: str = "", organisation: str = "", first: datetime.date | None = None,
    last: datetime.date | None = None, text: str = "", state: str = "", cursor: str = "",
    limit: int = Query(50, ge=1, le=MOST),
) -> dict[str, Any]:  # fmt: skip
    """`organisation`: code, with all below it. `state`: waiting, confirmed, reversed, all, …"""
    if state not in STATES or state == "mine":
        raise BadInput(_("There is no state “%(state)s”.") % {"state": state})
    chosen = RecordFilter(
        first_day=first, last_day=last, text=text, state=state,
        organisation=organisation_by_code(organisation) if organisation else None,
        edition=current_edition("record_type", type) if type else None,
    )  # fmt: skip
    found = chosen.apply(_visible(request)).listed()
    rows, following = page(
        found, by=("happened_on", "id"), cursor=cursor, limit=limit, descending=True
    )
    return {"items": [plain.as_dict(row) for row in rows], "next": following}


@router.get("/records/{int:number}", response=dict[str, Any], summary="One record in full")
def record(request: HttpRequest, number: int) -> dict[str, Any]:
    return plain.in_full(_found(request, number))


@router.post("/records", response={201: dict[str, Any]}, summary="Post records, all or none")
def post(request: HttpRequest, batch: Batch) -> Status:
    """Send an `Idempotency-Key` header: a request that was cut off may then be sent again."""
    if not 1 <= len(batch.records) <= AT_ONCE:
        raise BadInput(_("records: from 1 to %(most)s at a time.") % {"most": AT_ONCE})

    def act() -> Made:
        drafts = plain.drafts(_given(batch.records), Lookups.load(_account(request)))
        made = actions.post_records(drafts=drafts, by=_account(request), reason=batch.reason)
        return 201, {"records": [{"id": one.pk, "title": one.title} for one in made]}

    return _written(request, batch, act)


@router.post(
    "/records/{int:number}/revisions", response={201: dict[str, Any]}, summary="Correct a record"
)
def revise(request: HttpRequest, number: int, correction: Correction) -> Status:
    found = _correctable(request, number)

    def act() -> Made:
        (draft,) = plain.drafts(_given([correction.record]), Lookups.load(_account(request)))
        changes = {name: getattr(draft, name) for name in draft_of(found).__dataclass_fields__}
        made = actions.revise_record(
            record=found, reason=correction.reason, by=_account(request), **changes
        )
        return 201, {"id": made.pk, "revision": made.revision}

    return _written(request, correction, act)


@router.post(
    "/records/{int:number}/reversal", response={201: dict[str, Any]}, summary="Reverse a record"
)
def reverse(request: HttpRequest, number: int, given: Reason) -> Status:
    found = _correctable(request, number)

    def act() -> Made:
        actions.reverse_record(record=found, reason=given.reason, by=_account(request))
        return 201, {"id": found.pk, "state": "reversed"}

    return _written(request, given, act)


@router.post(
    "/records/{int:number}/evidence", response={201: dict[str, Any]}, summary="Attach a file"
)
def attach(request: HttpRequest, number: int, file: File[UploadedFile]) -> Status:
    """The same file is attached once, however often it is sent."""
    found = _correctable(request, number)
    with transaction.atomic():
        made = attach_file(
            record=found, file=cast(Any, file), name=file.name or "", by=_account(request)
        )
    return Status(201, {"name": made.name, "sha256": made.stored.sha256 if made.stored else None})


def _given(records: list[RecordIn]) -> list[dict[str, Any]]:
    """As the command line reads them. Raises BadInput for a day that has not come."""
    for number, one in enumerate(records, start=1):
        try:
            happened(one.date)
        except ValueError as error:
            raise BadInput(f"records[{number}].date: {error}") from None
    return [one.dict() for one in records]


def _written(request: HttpRequest, given: Schema, act: Any) -> Status:
    token: Token = request.auth  # type: ignore[attr-defined]
    if not token.writes:
        raise HttpError(403, _("This token may only read."))
    check_characters(given.dict())
    return Status(*once(request, token, act))


def _account(request: HttpRequest) -> Account:
    return cast(Account, request.user)


def _visible(request: HttpRequest) -> RecordQuerySet:
    return Record.objects.visible_to(_account(request))


def _found(request: HttpRequest, number: int) -> Record:
    if number >= 2**63:
        raise Http404
    return get_object_or_404(_visible(request).listed(), pk=number)


def _correctable(request: HttpRequest, number: int) -> Record:
    """404 for what the token does not see, 403 for what it sees as a co-host only."""
    found = _found(request, number)
    token: Token = request.auth  # type: ignore[attr-defined]
    if not token.writes or not _account(request).has_perm("ledger.correct_record", found):
        raise HttpError(403, _("This token may not correct the record."))
    return found
