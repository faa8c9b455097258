"""Verbs: object to a public list, under one's name and in confidence; answer an objection."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from sheke.core.errors import BadInput
from sheke.directory.models import Account

from ..deciding.settling import is_open
from ..guarding import locked_call, still_open
from ..models import Objection, ObjectionAnswer, PublicNotice, Step, Submission
from ..steps import locked, take_step
from ..telling import tell_office, tell_writers

MOST = 500  # of one notice; more is no objection any more


@transaction.atomic
def object_to(
    *, notice: PublicNotice, entry: int | None, name: str, contact: str, text: str,
    by: Account | None,
) -> Objection:  # fmt: skip
    """Receive an objection. entry: place in the list from one, or none for the whole.

    The log says that one came in, not from whom or what about. Raises BadInput when the notice is
    over, and without a name, a contact or a text.
    """
    notice = PublicNotice.objects.select_for_update(of=("self",)).select_related("call").get(pk=notice.pk)  # fmt: skip
    if not is_open(notice):
        raise BadInput(_("The time for objections is over."))
    name, contact = " ".join(name.split())[:100], " ".join(contact.split())[:200]
    text = text.strip()[:5000]
    if not (name and contact and text):
        raise BadInput(_("Give your name, how to reach you, and what you object to."))
    if entry is not None and not 1 <= entry <= len(notice.entries):
        raise BadInput(_("The list has no such entry."))
    if notice.objections.count() >= MOST:
        raise BadInput(_("Too many objections came in; please call the office."))
    submission = notice.entries[entry - 1]["submission"] if entry else None
    objection = Objection.objects.create(
        notice=notice, submission_id=submission, name=name, contact=contact, text=text
    )
    take_step(Step.Act.OBJECTED, call=notice.call, by=None, stage=notice.stage,
              objection=str(objection.uid))  # fmt: skip
    url = reverse("calls:objections", args=[notice.call_id])
    tell_office("calls.objected", notice.call, by=None, url=url)
    return objection


@transaction.atomic
def answer_objection(
    *, objection: Objection, upheld: bool, reason: str, by: Account | None
) -> ObjectionAnswer:
    """Answer with a reason. Upheld, the submission it is about is taken out; its applicants read the
    reason, so it must not say who objected.
    """
    notice = objection.notice
    call = locked_call(notice.call)
    still_open(call)
    if ObjectionAnswer.objects.filter(objection=objection).exists():
        raise BadInput(_("This objection was answered already."))
    reason = reason.strip()[:2000]
    if not reason:
        raise BadInput(_("Give a reason."))
    if any(word in reason for word in (objection.name, objection.contact)):
        raise BadInput(_("The reason says who objected. Applicants may read it; take that out."))
    answer = ObjectionAnswer.objects.create(
        objection=objection, upheld=upheld, reason=reason, by=by
    )
    take_step(Step.Act.ANSWERED, call=call, by=by, stage=notice.stage, upheld=upheld,
              objection=str(objection.uid))  # fmt: skip
    if upheld and objection.submission is not None:
        _take_out(objection.submission, reason, by)
    return answer


def _take_out(submission: Submission, reason: str, by: Account | None) -> None:
    """What another objection took out already stays as it is."""
    submission = locked(submission)
    if submission.state != Submission.State.IN:
        return
    take_step(Step.Act.REFUSED, call=submission.call, submission=submission, by=by, reason=reason)
    tell_writers("calls.refused", submission, by=by, reason=reason)
