"""When a submission may be written, and which of its fields."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core.errors import BadInput
from sheke.directory.models import Account, Organisation, Tenure

from ..models import Call, Step, Submission
from ..values import Topics

State = Submission.State


def may_write(submission: Submission) -> str:
    """Why nothing may be written now, "" where it may. The server's clock decides, to the second."""
    match submission.state:
        case State.DRAFT | State.WITHDRAWN:
            return closed(submission.call)
        case State.BACK:
            due = asked_for(submission).due
            if due is not None and timezone.localdate() > due:
                return _("The correction was due on %(day)s.") % {"day": due}
            if hasattr(submission.call, "closure"):
                return _("The call is over.")
            return ""
        case State.IN:
            return _("It was sent in. Withdraw it to change it before the deadline.")
    return _("It was decided on.")


def closed(call: Call) -> str:
    """Why the call takes nothing at this moment, "" where it does."""
    now = timezone.now()
    if call.announced_at is None:
        return _("The call is not announced yet.")
    if hasattr(call, "closure"):
        return _("The call is over.")
    if now < call.opens_at:
        at = timezone.localtime(call.opens_at)
        return _("Submissions are taken from %(at)s on.") % {"at": f"{at:%Y-%m-%d %H:%M}"}
    if now > call.closes_at:
        at = timezone.localtime(call.closes_at)
        return _("The deadline passed on %(at)s.") % {"at": f"{at:%Y-%m-%d %H:%M:%S}"}
    if call.phases.filter(position=0, ended_at__isnull=False).exists():
        return _("Submissions are no longer taken.")
    return ""


def refuse_closed(submission: Submission) -> None:
    """Raises BadInput where nothing may be written now."""
    if reason := may_write(submission):
        raise BadInput(reason)


class Asked:
    """What the office asks for when it returns a submission: the last step of that kind.

    fields: {field's key: remark}; none named means that everything is open. `people` as a key opens
    the people.
    """

    def __init__(self, step: Step | None) -> None:
        data: Mapping[str, Any] = step.data if step else {}
        named = data.get("fields") or {}
        self.step = step
        self.reason = step.reason if step else ""
        self.fields: dict[str, str] = (
            {str(k): str(v or "") for k, v in named.items()} if isinstance(named, Mapping)
            else {str(key): "" for key in named}
        )  # fmt: skip
        self.due = _day(data.get("due"))

    def opens(self, key: str) -> bool:
        return not self.fields or key in self.fields


def asked_for(submission: Submission) -> Asked:
    """What is to be corrected; everything is open unless the submission was returned."""
    if submission.state != State.BACK:
        return Asked(None)
    return Asked(submission.steps.filter(act=Step.Act.RETURNED).order_by("-id").first())


def guide(call: Call) -> Topics:
    """The call's topic guide as values name it."""
    return {topic.pk: str(topic) for topic in call.topics.all()}


def home_of(account: Account) -> Organisation | None:
    """Where the account's person is: a tenure of today, the deepest organisation first."""
    if account.person_id is None:
        return None
    held = Tenure.objects.at(timezone.localdate()).filter(person=account.person_id)
    first = held.select_related("organisation").order_by("-organisation__path", "pk").first()
    return first.organisation if first else None


def _day(text: Any) -> date | None:
    try:
        return date.fromisoformat(str(text)) if text else None
    except ValueError:
        return None
