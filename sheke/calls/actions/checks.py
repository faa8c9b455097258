"""Verbs of the office's check: pass, return for correction, refuse, take in again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core.errors import BadInput
from sheke.directory.models import Account

from ..copychecking.results import checks_of
from ..copychecking.subjects import VERSION
from ..guarding import locked_call, needed, still_open
from ..models import Call, Step, Submission
from ..steps import locked, take_step
from ..telling import tell_writers

CHECKED = ("check", "copycheck")  # kinds of stages at which the office judges


@transaction.atomic
def pass_submissions(
    *, call: Call, submissions: Iterable[Submission], by: Account | None, reason: str = ""
) -> list[Submission]:
    """Let those pass that stand at a check which runs; the others are left out. At once or not at all.

    At a copy check what was not compared passes by hand, with a reason.
    """
    done = _judged(call, submissions)
    reason = " ".join(reason.split())[:500]
    found = checks_of(VERSION, [submission.sent_id or 0 for submission in done])
    for submission in done:
        stage = submission.edition.programme.stage(submission.stage)
        compared = found.get(submission.sent_id or 0)
        if stage is not None and stage.kind == "copycheck" and not (compared and compared.is_done):
            needed(reason)
        take_step(
            Step.Act.PASSED, call=call, submission=submission, by=by, reason=reason,
            version=_version(submission),
        )  # fmt: skip
    return done


@transaction.atomic
def refuse_submissions(
    *, call: Call, submissions: Iterable[Submission], reason: str, by: Account | None
) -> list[Submission]:
    """Refuse those that stand at a check which runs, with a reason that applicants read."""
    reason = needed(reason)
    done = _judged(call, submissions)
    for submission in done:
        take_step(
            Step.Act.REFUSED, call=call, submission=submission, by=by, reason=reason,
            version=_version(submission),
        )  # fmt: skip
        tell_writers("calls.refused", submission, by=by, reason=reason)
    return done


@transaction.atomic
def return_submission(
    *, submission: Submission, reason: str, by: Account | None, due_on: date | None = None,
    fields: Mapping[str, str] | None = None,
) -> Step:  # fmt: skip
    """Ask the applicant to correct it: why, what is wrong with which field, until which day."""
    done = _judged(submission.call, [submission])
    if not done:
        raise BadInput(_("It does not stand at a check that runs."))
    return correction(submission=done[0], reason=reason, fields=fields, due_on=due_on, by=by)


@transaction.atomic
def correction(
    *, submission: Submission, reason: str, fields: Mapping[str, str] | None,
    due_on: date | None, by: Account | None,
) -> Step:  # fmt: skip
    """The step by which a locked submission goes back to its applicant."""
    known = {field.key for field in submission.edition.programme.fields} | {"people"}
    wrong = {
        key: " ".join(text.split())[:300]
        for key, text in (fields or {}).items()
        if key in known and text.strip()
    }
    reason = " ".join(reason.split())[:500]
    if not reason and not wrong:
        raise BadInput(_("Say what is to be corrected."))
    if due_on is not None and due_on < timezone.localdate():
        raise BadInput(_("The day for the correction has passed."))
    reason = reason or _("See the remarks at the fields.")
    due = due_on.isoformat() if due_on else ""
    step = take_step(
        Step.Act.RETURNED, call=submission.call, submission=submission, by=by, reason=reason,
        fields=wrong, due=due, version=_version(submission),
    )  # fmt: skip
    tell_writers("calls.returned", submission, by=by, reason=reason, due=due)
    return step


@transaction.atomic
def restore_submission(*, submission: Submission, reason: str, by: Account | None) -> Submission:
    """Take a refused submission in again, where it stood."""
    call = locked_call(submission.call)
    still_open(call)
    submission = locked(submission)
    reason = needed(reason)
    if submission.state != Submission.State.REFUSED:
        raise BadInput(_("Only what was refused is taken in again."))
    take_step(
        Step.Act.RESTORED, call=call, submission=submission, by=by, reason=reason,
        stage=submission.stage,
    )  # fmt: skip
    tell_writers("calls.restored", submission, by=by, reason=reason)
    return submission


def _judged(call: Call, submissions: Iterable[Submission]) -> list[Submission]:
    """Those of `submissions` that stand at a check of the call which runs, locked, by number."""
    call = locked_call(call)
    still_open(call)
    stages = [s.key for s in call.programme.stages if s.kind in CHECKED]
    running = call.phases.filter(stage__in=stages, begun_at__isnull=False, ended_at=None)
    found = Submission.objects.select_for_update(of=("self",)).filter(
        call=call, pk__in=[each.pk for each in submissions], state=Submission.State.IN,
        stage__in=running.values("stage"),
    )  # fmt: skip
    rows = list(
        found.select_related("edition__definition", "sent", "organisation").order_by("number")
    )
    for row in rows:
        row.call = call
    return rows


def _version(submission: Submission) -> int | None:
    return submission.sent.number if submission.sent else None
