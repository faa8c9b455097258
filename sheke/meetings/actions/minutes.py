"""Verbs of minutes: write, approve, open for a correction."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core import audit
from sheke.core.errors import BadInput
from sheke.directory.models import Account

from ..minutes import check_open, content_of, is_approved, open_correction
from ..models import AgendaItem, Approval, Correction, Meeting

_SITTING = timedelta(minutes=30)  # what one person writes within it is one event


class Overtaken(BadInput):
    """Somebody else wrote in between; `agenda` is as it stands now."""

    def __init__(self, agenda: AgendaItem) -> None:
        super().__init__(
            _("%(name)s wrote here in between. Compare, then keep one of the two.")
            % {"name": agenda.written_by or "?"}
        )
        self.agenda = agenda


@transaction.atomic
def write_minutes(
    *, agenda: AgendaItem, text: str, revision: int, by: Account | None
) -> AgendaItem:
    """Write the minutes of a point over those of `revision`.

    Overtaken when they were written by somebody in between (the same words are no conflict).
    """
    check_open(agenda.meeting)
    now = AgendaItem.objects.select_for_update(of=("self",)).select_related("written_by__person")
    agenda = now.get(pk=agenda.pk)
    text = text.replace("\r\n", "\n")
    if agenda.minutes == text:
        return agenda
    if agenda.revision != revision:
        raise Overtaken(agenda)
    fresh = agenda.written_at is None or timezone.now() - agenda.written_at > _SITTING
    if fresh or agenda.written_by != by:
        audit.record("meeting.write_minutes", agenda.meeting, by=by, agenda=agenda.pk)
    agenda.minutes, agenda.revision = text, agenda.revision + 1
    agenda.written_at, agenda.written_by = timezone.now(), by
    agenda.save(update_fields=["minutes", "revision", "written_at", "written_by"])
    return agenda


@transaction.atomic
def approve_minutes(*, meeting: Meeting, by: Account | None) -> Approval:
    """Approve the minutes as they stand: version 1, or one more after a correction.

    BadInput when they are approved already, the meeting lies ahead, or nothing was written.
    """
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    if is_approved(meeting):
        raise BadInput(_("The minutes are approved already."))
    if meeting.starts_at > timezone.now():
        raise BadInput(_("The meeting lies ahead."))
    written = meeting.agenda.exclude(minutes="").exists() or meeting.decisions.exists()
    if not written:
        raise BadInput(_("Nothing was written or decided yet."))
    approval = Approval.objects.create(
        meeting=meeting, number=meeting.approvals.count() + 1, content=content_of(meeting), by=by
    )
    correction = open_correction(meeting)
    if correction is not None:
        correction.approval = approval
        correction.save(update_fields=["approval"])
    audit.record("meeting.approve_minutes", meeting, by=by, number=approval.number)
    return approval


@transaction.atomic
def correct_minutes(*, meeting: Meeting, reason: str, by: Account | None) -> Correction:
    """Open approved minutes again, with a reason; approving them then makes the next version."""
    reason = reason.strip()
    if not reason:
        raise BadInput(_("Say why the minutes are opened again."))
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    if not is_approved(meeting):
        raise BadInput(_("The minutes are open already."))
    made = Correction.objects.create(meeting=meeting, reason=reason[:300], by=by)
    audit.record("meeting.correct_minutes", meeting, by=by, reason=reason)
    return made
