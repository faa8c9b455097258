"""Verbs of applicants: begin a submission, keep what was typed, send it, withdraw it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sheke.core import audit
from sheke.core.errors import BadInput
from sheke.directory.models import Account, Organisation

from ..applying import snapshots, telling
from ..applying.checklist import check_list
from ..applying.merging import merge
from ..applying.writing import asked_for, closed, guide, home_of, refuse_closed
from ..models import Call, Member, Seat, Step, Submission, Version
from ..steps import locked, take_step
from ..values import check_values, kept_values

MOST_DRAFTS = 10  # of one account in one call


class Incomplete(BadInput):
    """Something is missing; the page of the check list says what."""


@dataclass(frozen=True)
class Saved:
    """The submission as it is kept now, and {field: what was typed} where another window was first."""

    submission: Submission
    conflicts: dict[str, Any]


@transaction.atomic
def begin_submission(*, call: Call, by: Account) -> Submission:
    """A new draft, its lead prefilled from the account's person. Raises BadInput when the call is closed."""
    if reason := closed(call):
        raise BadInput(reason)
    if call.submissions.filter(made_by=by, state=Submission.State.DRAFT).count() >= MOST_DRAFTS:
        raise BadInput(
            _("You have %(n)s drafts in this call; use one of them.") % {"n": MOST_DRAFTS}
        )
    home = home_of(by)
    made = Submission.objects.create(
        call=call, edition=call.edition, organisation=home, made_by=by,
        stage=call.programme.stages[0].key,
    )  # fmt: skip
    person = by.person
    Member.objects.create(
        submission=made, role=Member.LEAD, person=person, organisation=home,
        name=person.name if person else "", employer=home.name if home else "",
        title=person.title if person else "", phone=person.phone if person else "",
        email=person.email if person else "",
    )  # fmt: skip
    _derive(made)
    audit.record("call.draft", made, by=by)
    return made


@transaction.atomic
def save_draft(
    *, submission: Submission, typed: Mapping[str, Any], was: Mapping[str, str], by: Account | None
) -> Saved:  # fmt: skip
    """Keep what was typed in the fields that are open.

    was: {field: mark} of the values that the page was printed with (see `applying.merging`). A field
    that another window changed meanwhile is left as it is and named in `conflicts`. Raises BadInput
    when nothing may be written.
    """
    submission = locked(submission)
    refuse_closed(submission)
    asked = asked_for(submission)
    programme, topics = submission.edition.programme, guide(submission.call)
    clean = kept_values(programme, typed, topics=topics)
    mine = {key: clean.get(key) for key in typed if asked.opens(key)}
    merged = merge(submission.values, mine, was)
    if merged.values != submission.values:
        submission.values = merged.values
        submission.revision += 1
        _derive(submission)
        audit.record("call.draft_save", submission, by=by, revision=submission.revision)
    return Saved(submission, merged.conflicts)


@transaction.atomic
def choose_organisation(
    *, submission: Submission, organisation: Organisation | None, by: Account | None
) -> Submission:
    """The organisation in whose name is applied, which recommends."""
    submission = locked(submission)
    refuse_closed(submission)
    if submission.organisation_id != (organisation.pk if organisation else None):
        if not asked_for(submission).opens("people"):
            raise BadInput(_("The office did not ask for a correction of the people."))
        submission.organisation = organisation
        submission.save(update_fields=["organisation", "saved_at"])
        audit.record("call.organisation", submission, by=by,
                     organisation=organisation.code if organisation else "")  # fmt: skip
    return submission


@transaction.atomic
def send_submission(*, submission: Submission, by: Account | None, reason: str = "") -> Version:
    """Send the draft in: a version with a digest, a number at the first time.

    Raises Incomplete where something is missing, BadInput after the deadline: the call is locked, and
    the server's clock is read under the lock.
    """
    call = Call.objects.select_for_update(of=("self",)).get(pk=submission.call_id)
    submission = locked(submission)
    submission.call = call
    refuse_closed(submission)
    checked = check_list(submission)
    if not checked.complete:
        raise Incomplete(_("Something is still missing; see the check list."))
    again = submission.state == Submission.State.BACK
    if submission.number is None:
        call.last_number += 1
        call.save(update_fields=["last_number"])
        submission.number = call.last_number
    version = snapshots.make_version(
        submission, checked, by=by, reason=" ".join(reason.split())[:300]
    )
    submission.sent = version
    _derive(submission)
    if not again:  # a correction goes back to where it was returned
        following = submission.edition.programme.after(submission.edition.programme.stages[0].key)
        submission.stage = following.key if following else submission.stage
        submission.save(update_fields=["stage"])
    take_step(
        Step.Act.SENT, call=call, submission=submission, by=by, version=version.number,
        digest=version.digest, correction=again,
    )  # fmt: skip
    telling.sent_in(submission, version, by)
    return version


@transaction.atomic
def withdraw_submission(*, submission: Submission, reason: str, by: Account | None) -> Submission:
    """Take back what was sent in and is not decided. Its place in a quota becomes free."""
    submission = locked(submission)
    if submission.state not in (Submission.State.IN, Submission.State.BACK):
        raise BadInput(_("Only what was sent in and is not decided can be withdrawn."))
    if hasattr(submission, "award"):
        raise BadInput(_("It was decided on."))
    Seat.objects.filter(submission=submission).update(
        submission=None, reason="", taken_at=None, taken_by=None
    )
    take_step(Step.Act.WITHDRAWN, call=submission.call, submission=submission, by=by,
              reason=" ".join(reason.split())[:500])  # fmt: skip
    submission.stage = submission.edition.programme.stages[0].key
    submission.save(update_fields=["stage"])
    telling.withdrawn(submission, by)
    return submission


@transaction.atomic
def discard_draft(*, submission: Submission, by: Account | None) -> None:
    """Throw a draft away that was never sent. Its files stay with nobody."""
    submission = locked(submission)
    if submission.state != Submission.State.DRAFT or submission.sent_id is not None:
        raise BadInput(_("Only a draft that was never sent can be thrown away."))
    audit.record("call.draft_discard", submission, by=by)
    submission.uploads.all().delete()
    submission.delete()


def _derive(submission: Submission) -> None:
    """Keep the columns that lists read in step with the values and the people."""
    programme = submission.edition.programme
    clean, _faults = check_values(programme, submission.values, topics=guide(submission.call))

    def used(use: str) -> Any:
        field = programme.used_as(use)
        return clean.get(field.key) if field else None

    typed = programme.used_as("title")
    title = submission.values.get(typed.key) if typed else ""
    topic = next((f.key for f in programme.fields if f.kind == "topic"), "")
    submission.title = str(title or "")[:300]
    submission.discipline = used("discipline") or ""
    submission.category = used("category") or ""
    submission.amount = Decimal(used("amount")) if used("amount") else None
    submission.topic_id = clean.get(topic)
    lead = submission.members.filter(role=Member.LEAD).first()
    submission.lead_name = lead.name if lead else ""
    submission.save()
