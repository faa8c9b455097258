"""What calls hold of a person: submissions they lead or take part in, decisions they made, reviews."""

from __future__ import annotations

import json
from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy, pgettext

from sheke.directory.holdings import Holding, Mention, Rows, register
from sheke.directory.models import Person

from .deciding import personal as deciding
from .models import (
    Agreement,
    Change,
    Delivery,
    Member,
    Output,
    PanelMember,
    Project,
    Step,
    Submission,
    Upload,
    Version,
)
from .reviewing import personal as reviewing

KEPT = gettext_lazy(
    "Files of the call's decisions; who decided, applied and was awarded must stay."
)


def _memberships(person: Person) -> Rows:
    mine = Member.objects.filter(person=person).select_related("submission__call")
    return [
        {"call": m.submission.call.title, "title": m.submission.title, "role": m.role,
         "name": m.name, "employer": m.employer, "born_on": m.born_on, "gender": m.gender,
         "academic_title": m.title, "degree": m.degree, "phone": m.phone, "email": m.email}
        for m in mine
    ]  # fmt: skip


def _forget_contacts(person: Person) -> int:
    """Phone and mail go; name, employer and title stand in what was sent and decided."""
    mine = Member.objects.filter(person=person).exclude(phone="", email="")
    return mine.update(phone="", email="", token="")


def _begun(person: Person) -> Rows:
    mine = Submission.objects.filter(made_by__person=person).select_related("call")
    return [
        {"call": s.call.title, "title": s.title, "number": s.number, "state": s.state,
         "values": s.values, "at": s.made_at}
        for s in mine
    ]  # fmt: skip


def _sent(person: Person) -> Rows:
    mine = Version.objects.filter(sent_by__person=person).select_related("submission__call")
    return [
        {"call": v.submission.call.title, "title": v.submission.title, "version": v.number,
         "at": v.sent_at, "digest": v.digest}
        for v in mine
    ]  # fmt: skip


def _answers(person: Person) -> Rows:
    mine = Agreement.objects.filter(Q(by__person=person) | Q(member__person=person))
    return [
        {"title": a.member.submission.title, "agreed": a.agreed, "text": a.text, "at": a.at}
        for a in mine.select_related("member__submission")
    ]


def _uploads(person: Person) -> Rows:
    mine = Upload.objects.filter(added_by__person=person).select_related("submission")
    return [{"title": u.submission.title, "name": u.name, "at": u.added_at} for u in mine]


def _decided(person: Person) -> Rows:
    mine = Step.objects.filter(by__person=person).select_related("call", "submission__call")
    return [
        {"call": s.call.title, "act": s.act, "reason": s.reason, "at": s.at,
         "submission": s.submission.audit_name if s.submission else ""}
        for s in mine
    ]  # fmt: skip


def _sat(person: Person) -> Rows:
    """The panels they sat in, and the items they left the room for. How they voted is kept nowhere."""
    mine = PanelMember.objects.filter(person=person).select_related("panel__call")
    return [
        {"call": m.panel.call.title, "panel": m.panel.title, "held_at": m.panel.held_at,
         "chair": m.is_chair, "present_at": m.present_at,
         "left_room": [a.reason for a in m.absences.filter(lifted_at=None)]}
        for m in mine
    ]  # fmt: skip


def _projects(person: Person) -> Rows:
    """The projects that they lead, with what is due and how each ended."""
    mine = Project.objects.filter(lead=person).select_related("award__call", "closing")
    return [
        {"call": p.award.call.title, "number": p.award.number, "title": p.title,
         "employer": p.employer, "from": p.starts_on, "until": p.ends_on,
         "result": p.closing.result if hasattr(p, "closing") else ""}
        for p in mine
    ]  # fmt: skip


def _handed_in(person: Person) -> Rows:
    """Reports that they handed in, changes that they asked for."""
    sent = Delivery.objects.filter(sent_by__person=person).select_related("milestone__project")
    asked = Change.objects.filter(asked_by__person=person).select_related("project")
    return [
        {"project": d.milestone.project.title, "what": d.milestone.key, "text": d.text,
         "accepted": d.accepted, "reason": d.reason, "at": d.sent_at}
        for d in sent
    ] + [
        {"project": c.project.title, "what": c.kind, "text": c.text, "accepted": c.granted,
         "reason": c.reason, "at": c.asked_at}
        for c in asked
    ]  # fmt: skip


def _mentions(person: Person) -> Iterator[Mention]:
    """Forms, people without an account, and reasons that name the person."""
    name = person.name
    said = Q()
    # SQLite keeps JSON with \\u escapes, PostgreSQL without: the name is looked for in both forms.
    for form in (name, json.dumps(name)[1:-1]):
        said |= Q(values__icontains=form)
    other = Member.objects.filter(name=name).exclude(person=person).values("submission_id")
    steps = Step.objects.filter(reason__contains=name).exclude(submission=None)
    texts = {
        pgettext("mention", "form"): Submission.objects.filter(said).values("pk"),
        pgettext("mention", "sent version"): Version.objects.filter(said).values("submission_id"),
        pgettext("mention", "people"): other,
        pgettext("mention", "reason"): steps.values("submission_id"),
        pgettext("mention", "file"): Upload.objects.filter(name__contains=name).values(
            "submission_id"
        ),
    }
    yield from _in_projects(person)
    for place, numbers in texts.items():
        for submission in Submission.objects.filter(pk__in=numbers).select_related("call"):
            title = f"{submission} · {submission.call.title}"
            yield Mention(title, place, reverse("calls:submission", args=[submission.pk]))


def _in_projects(person: Person) -> Iterator[Mention]:
    """Members of projects, reports, changes and works that name the person."""
    name = person.name
    listed, asked = Q(), Q()
    for form in (name, json.dumps(name)[1:-1]):
        listed |= Q(members__icontains=form)
        asked |= Q(wanted__icontains=form) | Q(before__icontains=form)
    led = Q(lead_name=name) & (Q(lead=None) | ~Q(lead=person))
    texts = {
        pgettext("mention", "project"): Project.objects.filter(listed | led).values("pk"),
        pgettext("mention", "report"): Delivery.objects.filter(
            Q(text__contains=name) | Q(files__name__contains=name)
        ).values("milestone__project"),
        pgettext("mention", "change"): Change.objects.filter(
            asked | Q(text__contains=name)
        ).values("project"),
        pgettext("mention", "work"): Output.objects.filter(
            Q(author__contains=name) | Q(title__contains=name)
        ).values("project"),
    }  # fmt: skip
    for place, numbers in texts.items():
        for project in Project.objects.filter(pk__in=numbers).select_related("award"):
            title = f"{project.award.number} {project.title}"
            yield Mention(title, place, reverse("calls:project", args=[project.pk]))


register(
    Holding("calls.members", gettext_lazy("Submissions that they take part in"), _memberships,
            erase=_forget_contacts, kept=KEPT, mention=_mentions),
    Holding("calls.begun", gettext_lazy("Submissions that they began"), _begun, kept=KEPT),
    Holding("calls.sent", gettext_lazy("Submissions that they sent in"), _sent, kept=KEPT),
    Holding("calls.answers", gettext_lazy("Consents and recommendations"), _answers, kept=KEPT),
    Holding("calls.uploads", gettext_lazy("Files for submissions"), _uploads, kept=KEPT),
    Holding("calls.projects", gettext_lazy("Projects that they lead"), _projects, kept=KEPT),
    Holding("calls.reports", gettext_lazy("Reports and changes of projects"), _handed_in, kept=KEPT),
    Holding("calls.steps", gettext_lazy("Decisions in calls"), _decided, kept=KEPT),
    Holding("calls.reviews", gettext_lazy("Their reviews"), reviewing.reviewing, kept=KEPT,
            erase=reviewing.forget_expertise, mention=reviewing.mentions),
    Holding("calls.conflicts", gettext_lazy("Their conflicts of interest"), reviewing.conflicts,
            kept=KEPT),
    Holding("calls.awards", gettext_lazy("Their awards and certificates"), deciding.awards,
            kept=KEPT, mention=deciding.mentions),
    Holding("calls.objections", gettext_lazy("Their objections"), deciding.objections, kept=KEPT,
            erase=deciding.forget_objector),
    Holding("calls.panels", gettext_lazy("Panels they sat in"), _sat, kept=KEPT),
)  # fmt: skip
