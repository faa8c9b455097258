"""What every closing does: the record of it, milestones settled, records in the ledger."""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from sheke.core.errors import BadInput
from sheke.directory.models import Account

from ..models import Closing, Delivery, Project
from ..postings import post_closing
from .days import months_between
from .papers import closing_sheet


def write_closing(
    project: Project, *, result: str, reason: str, closed_on: date | None, by: Account | None
) -> Closing:
    """Close a locked project: a step of the verbs that do, inside their transaction.

    Milestones are settled, what still waits for a ruling is closed with them, the records that the
    programme declares are posted. Raises BadInput that names the record which the ledger refuses.
    """
    closed_on = closed_on or timezone.localdate()
    if closed_on < project.starts_on or closed_on > timezone.localdate():
        raise BadInput(_("A project closes between its first day and today."))
    now = timezone.now()
    closing = Closing.objects.create(
        project=project, result=result, reason=reason, closed_on=closed_on, by=by
    )
    project.milestones.filter(settled_at=None).update(settled_at=now)
    waiting = {"ruled_at": None, "withdrawn_at": None}
    Delivery.objects.filter(milestone__project=project, **waiting).update(withdrawn_at=now)
    project.changes.filter(**waiting).update(withdrawn_at=now)
    with override("zh-hans"):
        sheet = closing_sheet(project, closing)
        name = _("Closing sheet") + ".docx"
    post_closing(
        project=project, result=result, happened_on=closed_on, evidence=(sheet, name), by=by,
        months=months_between(project.starts_on, closed_on),
    )  # fmt: skip
    return closing
