"""What applicants see of the log: what they did, what was told them. Nothing of reviews and votes."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import Step, Submission

TOLD = (
    Step.Act.SENT, Step.Act.WITHDRAWN, Step.Act.RECOMMENDED, Step.Act.RETURNED, Step.Act.REFUSED,
    Step.Act.RESTORED, Step.Act.AWARDED, Step.Act.NOT_AWARDED, Step.Act.REVOKED, Step.Act.CERTIFIED,
)  # fmt: skip
State = Submission.State


def told(submission: Submission) -> QuerySet[Step]:
    """The steps that concern the applicants, the oldest first."""
    return submission.steps.filter(act__in=TOLD).order_by("id")


def next_step(submission: Submission) -> str:
    """What to do next, in words. No query where the call and its closure are loaded."""
    call = submission.call
    over = timezone.now() > call.closes_at or hasattr(call, "closure")
    at = f"{timezone.localtime(call.closes_at):%Y-%m-%d %H:%M}"
    match submission.state:
        case State.DRAFT:
            return _("Not sent; the deadline has passed.") if over else (
                _("Fill it in and send it by %(at)s.") % {"at": at}
            )  # fmt: skip
        case State.BACK:
            return _("Correct what the office asks for, and send it again.")
        case State.WITHDRAWN:
            return "" if over else _("Withdrawn; it can be sent again by %(at)s.") % {"at": at}
        case State.IN:
            return _("Nothing to do; you are told when something is asked of you.")
    return ""
