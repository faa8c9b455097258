"""What is held of somebody by decisions: awards with certificates, objections, lists that name them."""

from __future__ import annotations

import json
from collections.abc import Iterator

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import pgettext

from sheke.directory.holdings import Mention, Rows
from sheke.directory.models import Person

from ..models import Award, Certificate, Member, Objection, ObjectionAnswer, Panel, PublicNotice


def awards(person: Person) -> Rows:
    """The awards of submissions that they lead, with the certificates in their name."""
    led = Member.objects.filter(person=person, role=Member.LEAD).values("submission_id")
    found = Award.objects.filter(submission__in=led).select_related("call", "submission")
    return [
        {"call": one.call.title, "title": one.submission.title, "number": one.number,
         "level": one.level, "amount": one.amount, "decided": one.decided_on,
         "revoked": one.revoked_at,
         "certificates": [{"number": c.number, "code": c.code, "printed": c.data,
                           "issued": c.issued_at, "revoked": c.revoked_at}
                          for c in one.certificates.all()]}
        for one in found.prefetch_related("certificates")
    ]  # fmt: skip


def objections(person: Person) -> Rows:
    """Objections under their name that give their phone or mail: no account is asked for."""
    return [
        {"notice": one.notice.title, "name": one.name, "contact": one.contact, "text": one.text,
         "at": one.received_at, "answer": one.answer.reason if hasattr(one, "answer") else ""}
        for one in _theirs(person).select_related("notice", "answer")
    ]  # fmt: skip


def forget_objector(person: Person) -> int:
    """How they are reached goes from objections that were answered; one that waits keeps it."""
    return _theirs(person).filter(answer__isnull=False).exclude(contact="").update(contact="")


def _theirs(person: Person) -> QuerySet[Objection]:
    addresses = [each for each in (person.phone, person.email) if each]
    return Objection.objects.filter(name=person.name, contact__in=addresses)


def mentions(person: Person) -> Iterator[Mention]:
    """Public lists, certificates, minutes, objections and answers that name the person."""
    name, listed, printed = person.name, Q(), Q()
    for form in (name, json.dumps(name)[1:-1]):
        listed |= Q(entries__icontains=form)
        printed |= Q(data__icontains=form)
    for notice in PublicNotice.objects.filter(listed | Q(text__contains=name)):
        url = reverse("calls:public_notice", args=[notice.pk])
        yield Mention(notice.title, pgettext("mention", "public list"), url)
    for certificate in Certificate.objects.filter(printed):
        url = reverse("certificates:code", args=[certificate.code])
        yield Mention(certificate.number, pgettext("mention", "certificate"), url)
    for panel in Panel.objects.filter(notes__contains=name):
        url = reverse("calls:panel_minutes", args=[panel.pk])
        yield Mention(panel.title, pgettext("mention", "minutes"), url)
    said = Objection.objects.filter(Q(name=name) | Q(text__contains=name)).values("notice__call")
    answered = ObjectionAnswer.objects.filter(reason__contains=name).values(
        "objection__notice__call"
    )
    either = Q(call__in=said) | Q(call__in=answered)
    for notice in PublicNotice.objects.filter(either):
        url = reverse("calls:objections", args=[notice.call_id])
        yield Mention(notice.title, pgettext("mention", "objection"), url)
