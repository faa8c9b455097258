"""The verb that takes submissions from a sheet, as sent in."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core import audit
from sheke.core.errors import BadInput
from sheke.directory.models import Account

from ..applying.snapshots import person
from ..guarding import locked_call, still_open
from ..importing import Entry
from ..models import Call, Member, Step, Submission, Version
from ..values import digest_of


@transaction.atomic
def import_submissions(
    *, call: Call, entries: Sequence[Entry], by: Account | None
) -> list[Submission]:
    """Write the entries as submissions that were sent in, in their order. All or none.

    They stand at the stage after collecting; nobody is told.
    """
    call = locked_call(call)
    still_open(call)
    if call.announced_at is None:
        raise BadInput(_("Announce the call first."))
    made = Submission.objects.bulk_create(
        [_submission(call, entry, place, by) for place, entry in enumerate(entries, 1)],
        batch_size=500,
    )
    call.last_number += len(made)
    call.save(update_fields=["last_number"])
    members = _members(made, entries)
    versions = Version.objects.bulk_create(
        [_version(s, e, members[s.pk], by) for s, e in zip(made, entries, strict=True)],
        batch_size=500,
    )
    for submission, version in zip(made, versions, strict=True):
        submission.sent, submission.state = version, Submission.State.IN
    Submission.objects.bulk_update(made, ["sent", "state"], batch_size=500)
    Step.objects.bulk_create(
        [
            Step(call=call, submission=s, stage=s.stage, act=Step.Act.SENT, by=by,
                 data={"version": 1, "digest": s.sent.digest if s.sent else "", "imported": True})
            for s in made
        ],
        batch_size=500,
    )  # fmt: skip
    audit.record_many("call.sent", list(made), by=by, imported=True)
    audit.record("call.import", call, by=by, submissions=len(made))
    return made


def _submission(call: Call, entry: Entry, place: int, by: Account | None) -> Submission:
    programme, values = call.programme, entry.values

    def used(use: str) -> Any:
        asked = programme.used_as(use)
        return values.get(asked.key) if asked else None

    topic = next((f.key for f in programme.fields if f.kind == "topic"), "")
    first = programme.stages[0].key
    following = programme.after(first)
    return Submission(
        call=call, edition=call.edition, number=call.last_number + place, values=values,
        organisation=entry.organisation, made_by=by, lead_name=entry.lead["name"],
        title=str(used("title") or "")[:300], discipline=used("discipline") or "",
        category=used("category") or "", topic_id=values.get(topic), revision=1,
        amount=Decimal(used("amount")) if used("amount") else None, state=Submission.State.DRAFT,
        stage=following.key if following else first, saved_at=timezone.now(),
    )  # fmt: skip


def _members(made: Sequence[Submission], entries: Sequence[Entry]) -> dict[int, list[Member]]:
    written = Member.objects.bulk_create(
        [
            Member(submission=submission, **each)
            for submission, entry in zip(made, entries, strict=True)
            for each in entry.people
        ],
        batch_size=500,
    )
    found: dict[int, list[Member]] = {}
    answer = Member._meta.get_field("agreement")
    for member in written:
        answer.set_cached_value(member, None)  # nobody was asked: spares a query for each
        found.setdefault(member.submission_id, []).append(member)
    return found


def _version(
    submission: Submission, entry: Entry, members: Sequence[Member], by: Account | None
) -> Version:
    parts: dict[str, Any] = {
        "values": entry.values, "people": [person(member) for member in members], "files": [],
    }  # fmt: skip
    whole = parts | {"call": submission.call.key, "submission": str(submission.uid), "version": 1}
    return Version(
        submission=submission, number=1, edition=submission.edition, sent_by=by,
        digest=digest_of(whole), **parts,
    )  # fmt: skip
