"""Verbs of reporting on a duty: under way, blocked and why, done; and taking a report back."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core import audit
from sheke.core.errors import BadInput
from sheke.directory.models import Account
from sheke.ledger.models import Record
from sheke.notices.actions import tell

from ..models import Completion, Duty, DutyEvidence, DutyReport
from ..telling import answerable
from .completion import complete_item, reopen_item


@transaction.atomic
def report_duty(
    *, duty: Duty, state: str, by: Account | None, note: str = "", blocked_by: str = "",
    records: Iterable[Record] = (),
) -> DutyReport:  # fmt: skip
    """Say how a duty stands. BadInput for a block without a reason, and for done without a note
    or a record that shows it.

    A block is told to those who lead the item and to the plan's office. When all who lead an item
    say that their part is done, the item is.
    """
    records, note = list(records), note.strip()
    _check(state, note, records)
    locked = Duty.objects.select_for_update(of=("self",)).select_related("item__plan")
    duty = locked.get(pk=duty.pk)
    report = DutyReport.objects.create(
        duty=duty, state=state, note=note, by=by,
        blocked_by=blocked_by.strip()[:200] if state == DutyReport.State.BLOCKED else "",
    )  # fmt: skip
    DutyEvidence.objects.bulk_create(DutyEvidence(report=report, record=r) for r in records)
    if state == DutyReport.State.BLOCKED:
        _told(report, by)
    _follow(report, by)
    audit.record(
        "plan.report_duty", duty.item, by=by, duty=duty.pk, report=report.pk, state=state,
        records=[record.pk for record in records],
    )  # fmt: skip
    return report


@transaction.atomic
def withdraw_report(*, report: DutyReport, by: Account | None) -> None:
    """Take back the latest report; the one before it stands again. BadInput for an older one."""
    duty = (
        Duty.objects.select_for_update(of=("self",)).select_related("item").get(pk=report.duty_id)
    )
    last = duty.last
    if last is None or last.pk != report.pk:
        raise BadInput(_("Only the latest report can be taken back; report again instead."))
    last.withdrawn_at, last.withdrawn_by = timezone.now(), by
    last.save(update_fields=["withdrawn_at", "withdrawn_by"])
    _follow(last, by)
    audit.record("plan.withdraw_report", duty.item, by=by, duty=duty.pk, report=report.pk)


def _check(state: str, note: str, records: list[Record]) -> None:
    if state not in DutyReport.State.values:
        raise BadInput(
            _("“%(state)s” is no state of a duty; use one of: %(states)s.")
            % {"state": state, "states": ", ".join(DutyReport.State.values)}
        )
    if state == DutyReport.State.BLOCKED and not note:
        raise BadInput(_("Say why it is blocked."))
    if state == DutyReport.State.DONE and not note and not records:
        raise BadInput(_("Say in a note what was done, or choose a record that shows it."))


def _told(report: DutyReport, by: Account | None) -> None:
    duty = report.duty
    tell(
        kind="plan.duty_blocked", to=answerable(duty), by=by,
        url=reverse("plans:duty", args=[duty.pk]),
        item=str(duty.item), who=duty.who, why=report.note,
    )  # fmt: skip


def _follow(report: DutyReport, by: Account | None) -> None:
    """The item is done while all who lead it say so; what somebody else said of it is left alone."""
    item = report.duty.item
    leads = list(Duty.objects.filter(item=item, role=Duty.Role.LEAD).reported())
    done = bool(leads) and all(d.last and d.last.state == DutyReport.State.DONE for d in leads)
    held = Completion.objects.filter(item=item).first()
    if done and held is None:
        complete_item(item=item, note=report.note, report=report, by=by)
    elif held and held.report_id and not done:
        reopen_item(item=item, by=by)
