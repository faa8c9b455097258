"""Verbs: plan the stages of a call in time, begin, end and reopen them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core import audit
from sheke.core.errors import BadInput
from sheke.directory.models import Account, Organisation
from sheke.notices.actions import tell

from .. import copycheck
from ..guarding import locked_call, locked_phase, needed, still_open
from ..models import Call, Phase, Step, Submission
from ..settling import settle, unsettled
from ..steps import take_step
from ..telling import acting_for_any, in_charge_of, tell_all

Days = tuple[date | None, date | None]


@transaction.atomic
def plan_phases(
    *, call: Call, days: Mapping[str, Days], by: Account | None, reason: str = ""
) -> None:
    """Set from when until when each stage is planned: {stage: (from, until)}.

    After the announcement a reason is needed. Raises BadInput where an end lies before its beginning.
    """
    call = locked_call(call)
    still_open(call)
    changed = {}
    for phase in call.phases.all():
        starts, due = days.get(phase.stage, (phase.starts_on, phase.due_on))
        if (starts, due) == (phase.starts_on, phase.due_on):
            continue
        phase.call = call
        if starts and due and due < starts:
            name = phase.definition.name
            raise BadInput(_("“%(stage)s” ends before it begins.") % {"stage": name})
        phase.starts_on, phase.due_on = starts, due
        phase.save(update_fields=["starts_on", "due_on"])
        changed[phase.stage] = [starts and starts.isoformat(), due and due.isoformat()]
    if not changed:
        return
    if call.announced_at:
        take_step(Step.Act.CHANGED, call=call, by=by, reason=needed(reason), stages=changed)
    else:
        audit.record("call.plan", call, by=by, stages=changed)


@transaction.atomic
def begin_phase(*, phase: Phase, by: Account | None) -> Phase:
    """Open the stage to those whose stage it is."""
    phase = locked_phase(phase)
    if phase.call.announced_at is None:
        raise BadInput(_("Announce the call first."))
    if phase.begun_at is not None:
        raise BadInput(_("“%(stage)s” has begun already.") % {"stage": phase.definition.name})
    before = phase.call.phases.filter(position__lt=phase.position, begun_at=None).first()
    if before is not None:
        before.call = phase.call
        raise BadInput(_("“%(stage)s” comes before and has not begun.")
                       % {"stage": before.definition.name})  # fmt: skip
    phase.begun_at, phase.begun_by = timezone.now(), by
    phase.save(update_fields=["begun_at", "begun_by"])
    take_step(Step.Act.BEGUN, call=phase.call, by=by, stage=phase.stage)
    if phase.definition.kind == "recommend":
        _tell_organisations(phase, by)
    return phase


@transaction.atomic
def end_phase(*, phase: Phase, by: Account | None, reason: str = "") -> Phase:
    """Close the stage and move on what its end moves on.

    Raises BadInput where something must be settled first; see `settling.unsettled`.
    """
    phase = locked_phase(phase)
    if not phase.is_running:
        raise BadInput(_("“%(stage)s” is not running.") % {"stage": phase.definition.name})
    open_ones = unsettled(phase)
    if stopping := [each for each in open_ones if each.stops]:
        listed = " ".join(f"{each.text} ({each.count})" for each in stopping)
        raise BadInput(_("Not settled yet: %(what)s") % {"what": listed})
    reason = " ".join(reason.split())[:500]
    settle(phase, by=by)
    phase.ended_at, phase.ended_by = timezone.now(), by
    phase.save(update_fields=["ended_at", "ended_by"])
    left = {each.text: each.count for each in open_ones}
    take_step(Step.Act.ENDED, call=phase.call, by=by, stage=phase.stage, reason=reason, open=left)
    return phase


@transaction.atomic
def reopen_phase(*, phase: Phase, reason: str, by: Account | None) -> Phase:
    """Run a stage again that was over. What moved on stays where it is."""
    phase = locked_phase(phase)
    reason = needed(reason)
    if phase.ended_at is None:
        raise BadInput(_("“%(stage)s” is not over.") % {"stage": phase.definition.name})
    phase.ended_at = phase.ended_by = None
    phase.save(update_fields=["ended_at", "ended_by"])
    take_step(Step.Act.REOPENED, call=phase.call, by=by, stage=phase.stage, reason=reason)
    return phase


@transaction.atomic
def skip_copycheck(*, phase: Phase, reason: str, by: Account | None) -> int:
    """Let everything that stands at the copy check pass by hand, with a reason. Returns how many."""
    phase = locked_phase(phase)
    reason = needed(reason)
    if phase.definition.kind != "copycheck" or not phase.is_running:
        raise BadInput(_("“%(stage)s” is not running.") % {"stage": phase.definition.name})
    standing = Submission.objects.select_for_update(of=("self",)).filter(
        call=phase.call, stage=phase.stage, state=Submission.State.IN
    )
    found = list(standing.select_related("edition__definition").order_by("pk"))
    by_hand = copycheck.service() is None
    for submission in found:
        take_step(
            Step.Act.PASSED, call=phase.call, submission=submission, by=by, reason=reason,
            by_hand=True, available=not by_hand,
        )  # fmt: skip
    return len(found)


@transaction.atomic
def remind_of_phases(*, today: date, by: Account | None) -> int:
    """Tell the people in charge of stages that are planned to end within three days or are late, and
    authors of drafts that their call closes soon. Each is told once of each. Returns how many.
    """
    count = 0
    running = Phase.objects.filter(
        begun_at__isnull=False, ended_at=None, due_on__isnull=False, call__closure=None,
        call__announced_at__isnull=False,
    ).exclude(due_on__gt=date.fromordinal(today.toordinal() + 3))  # fmt: skip
    for phase in running.select_related("call__edition__definition", "call__organisation"):
        late = phase.due_on is not None and phase.due_on < today
        kind = "calls.stage_late" if late else "calls.stage_due"
        count += len(
            tell(
                kind=kind, to=in_charge_of(phase.call), by=by, call=phase.call.title,
                url=reverse("calls:office", args=[phase.call_id]),
                stage=str(phase.definition.name), due=str(phase.due_on),
                once=f"{kind}-{phase.pk}-{phase.due_on}",
            )
        )  # fmt: skip
    count += _remind_authors(today, by)
    if count:
        audit.record("call.remind", None, by=by, notices=count)
    return count


def _remind_authors(today: date, by: Account | None) -> int:
    """Who has an unsent draft of a call that closes within three days."""
    count = 0
    for call in Call.objects.collecting():
        last = timezone.localdate(call.closes_at)
        if (last - today).days > 3:
            continue
        drafts = call.submissions.filter(state=Submission.State.DRAFT).order_by()
        to = Account.objects.filter(pk__in=drafts.values("made_by_id"), is_active=True)
        count += len(
            tell(
                kind="calls.closing", to=to, by=by, url=reverse("calls:announcement", args=[call.pk]),
                call=call.title, due=f"{timezone.localtime(call.closes_at):%Y-%m-%d %H:%M}",
                once=f"call-closing-{call.pk}-{last}",
            )
        )  # fmt: skip
    return count


def _tell_organisations(phase: Phase, by: Account | None) -> None:
    """Tell those who act for organisations with places that they may recommend now."""
    call = phase.call
    mine = Organisation.objects.filter(pk__in=call.seats.values("organisation_id"))
    due = phase.due_on.isoformat() if phase.due_on else ""
    tell_all("calls.to_recommend", acting_for_any(mine), call, by=by, due=due)
