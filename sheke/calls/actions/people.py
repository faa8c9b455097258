"""Verbs: who stands behind a submission, asking them, their answer."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core import audit
from sheke.core.errors import BadInput
from sheke.directory.models import Account
from sheke.notices.actions import post_message, tell

from ..applying import telling
from ..applying.links import member_of, token_digest
from ..applying.writing import asked_for, refuse_closed
from ..models import Agreement, Call, Member, Submission
from ..steps import locked
from ..telling import writers_of

CONTACT = {"phone", "email"}  # how to reach somebody is no part of what they agree to


@transaction.atomic
def add_member(
    *, submission: Submission, role: str, data: Mapping[str, Any], by: Account | None
) -> Member:
    """Somebody more in a role of the programme. Raises BadInput when the role is full."""
    submission = _open(submission)
    found = submission.edition.programme.people.role(role)
    if found is None:
        raise BadInput(_("The programme knows no such part."))
    if submission.members.filter(role=role).count() >= found.most:
        raise BadInput(_("%(role)s: at most %(most)s.") % {"role": found.name, "most": found.most})
    last = submission.members.aggregate(last=Max("position"))["last"] or 0
    member = Member.objects.create(
        submission=submission, role=role, position=last + 1, **_own(data)
    )
    audit.record("call.member_add", submission, by=by, role=role, member=member.pk)
    return member


@transaction.atomic
def change_member(*, member: Member, data: Mapping[str, Any], by: Account | None) -> Member:
    """Change what is said of somebody. What they agreed to is no longer the same: they are asked again,
    unless only the way to reach them changed.
    """
    submission = _open(member.submission)
    member = Member.objects.select_for_update().get(pk=member.pk)
    changed = {key: value for key, value in _own(data).items() if getattr(member, key) != value}
    if not changed:
        return member
    for key, value in changed.items():
        setattr(member, key, value)
    if set(changed) - CONTACT:
        Agreement.objects.filter(member=member).delete()
        member.token, member.asked_at = "", None
    member.save()
    if member.role == Member.LEAD:
        submission.lead_name = member.name
        submission.save(update_fields=["lead_name", "saved_at"])
    audit.record("call.member_change", submission, by=by, member=member.pk, fields=sorted(changed))
    return member


@transaction.atomic
def remove_member(*, member: Member, by: Account | None) -> None:
    """Take somebody out, with their answer. The lead stays."""
    submission = _open(member.submission)
    if member.role == Member.LEAD:
        raise BadInput(_("The lead cannot be taken out."))
    audit.record("call.member_remove", submission, by=by, role=member.role, member=member.pk)
    member.delete()


@transaction.atomic
def ask_member(*, member: Member, channel: str, site: str, by: Account | None) -> str:
    """Make a new link for somebody's consent, and send it by “mail” or “sms”; "" only makes it.

    Returns the link; only its secret's SHA-256 is kept, so it is shown once, and links made before
    open nothing any more. Raises BadInput when nothing may be written, or there is no such address.
    """
    submission = _open(member.submission)
    member = Member.objects.select_for_update().get(pk=member.pk)
    role = submission.edition.programme.people.role(member.role)
    if role is None or not role.consents:
        raise BadInput(_("Their consent is not asked for."))
    if Agreement.objects.filter(member=member, agreed=True).exists():
        raise BadInput(_("%(name)s has agreed already.") % {"name": member.name})
    secret = secrets.token_urlsafe(32)
    Agreement.objects.filter(member=member).delete()
    member.token, member.asked_at = token_digest(secret), timezone.now()
    member.save(update_fields=["token", "asked_at"])
    link = site + reverse("calls:consent", args=[secret])
    if channel:
        _post(member, submission, channel, link, by)
    audit.record("call.member_ask", submission, by=by, member=member.pk, channel=channel or "hand")
    return link


@transaction.atomic
def answer_asked(*, token: str, agreed: bool, text: str, by: Account | None) -> Member:
    """The answer of somebody who opened their link. Raises BadInput when the link is not open, or a
    referee who agrees, or somebody who does not, writes nothing.
    """
    found = member_of(token)
    if found is None:
        raise BadInput(_("This link is not open any more."))
    locked(found.submission)
    member = Member.objects.select_for_update().get(pk=found.pk)
    role = found.submission.edition.programme.people.role(member.role)
    if Agreement.objects.filter(member=member).exists() or member.token != found.token:
        raise BadInput(_("This link is not open any more."))
    text = text.strip()[:5000]
    if not text and agreed and role is not None and role.referee:
        raise BadInput(_("Write your opinion of the submission."))
    if not text and not agreed:
        raise BadInput(_("Say in a few words why not."))
    Agreement.objects.create(member=member, agreed=agreed, text=text, by=by)
    audit.record("call.member_answer", found.submission, by=by, member=member.pk, agreed=agreed)
    telling.answered(found, agreed)
    return member


@transaction.atomic
def remind_of_consents(*, today: date, by: Account | None) -> int:
    """Tell the authors of drafts whose people have not answered that their call closes within five
    days. A link cannot be sent again by itself: only its digest is kept. Returns how many were told.
    """
    count = 0
    waiting = Submission.objects.filter(
        state=Submission.State.DRAFT, members__asked_at__isnull=False, members__agreement=None,
        call__in=Call.objects.collecting(),
    ).select_related("call").distinct()  # fmt: skip
    for submission in waiting:
        last = timezone.localdate(submission.call.closes_at)
        if (last - today).days > 5:
            continue
        names = submission.members.filter(asked_at__isnull=False, agreement=None)
        told = tell(
            kind="calls.unanswered", to=writers_of(submission), by=by,
            url=reverse("calls:people", args=[submission.pk]), title=str(submission),
            names="、".join(names.values_list("name", flat=True)), due=str(last),
            once=f"call-consents-{submission.pk}-{last}",
        )  # fmt: skip
        count += len(told)
    if count:
        audit.record("call.remind_consents", None, by=by, notices=count)
    return count


def _open(submission: Submission) -> Submission:
    submission = locked(submission)
    refuse_closed(submission)
    if not asked_for(submission).opens("people"):
        raise BadInput(_("The office did not ask for a correction of the people."))
    return submission


def _own(data: Mapping[str, Any]) -> dict[str, Any]:
    known = {
        "person", "name", "organisation", "employer", "born_on", "gender", "title", "degree",
        "discipline", "phone", "email", "task",
    }  # fmt: skip
    return {key: value for key, value in data.items() if key in known}


def _post(
    member: Member, submission: Submission, channel: str, link: str, by: Account | None
) -> None:
    address = member.email if channel == "mail" else member.phone
    if not address:
        raise BadInput(_("There is no address of %(name)s to send it to.") % {"name": member.name})
    words = {
        "name": member.name, "lead": submission.lead_name, "title": str(submission), "link": link,
        "call": submission.call.title,
        "day": f"{timezone.localtime(submission.call.closes_at):%Y-%m-%d %H:%M}",
    }  # fmt: skip
    post_message(
        channel=channel, address=address,
        subject=_("Your consent is asked for: %(call)s") % words,
        text=_(
            "%(name)s, %(lead)s names you in “%(title)s” (%(call)s). Please open this link by %(day)s "
            "and say whether you agree: %(link)s"
        ) % words,
        once=f"consent-{member.token[:40]}", by=by,
    )  # fmt: skip
