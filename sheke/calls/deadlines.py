"""The days that calls know of, for calendars and desks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sheke.directory.models import Account, Organisation
from sheke.directory.queries import acting_organisations
from sheke.notices.deadlines import Deadline, register, register_organisation

from .models import Call, Milestone, Phase, Project, PublicNotice, Step, Submission
from .panels.desk import panels_of
from .projects.delivering import milestone_name
from .projects.listing import own_projects, waiting_deliveries
from .queries import own_submissions
from .reviewing.desk import assignments_of, invitations_of


@register
def office_deadlines(account: Account, first: date, last: date) -> Iterable[Deadline]:
    """The planned ends of the stages of calls that the account is in charge of."""
    found = Phase.objects.filter(
        call__charges__account=account, due_on__range=(first, last), call__closure=None,
        call__announced_at__isnull=False,
    )  # fmt: skip
    for phase in found.select_related("call__edition__definition"):
        title = f"{phase.call.title} · {phase.definition.name}"
        url = reverse("calls:office", args=[phase.call_id])
        yield Deadline(f"call-stage-{phase.pk}", phase.due_on, title, url,  # type: ignore[arg-type]
                       phase.ended_at is not None)  # fmt: skip


@register
def closing_days(account: Account, first: date, last: date) -> Iterable[Deadline]:
    """The closing days of calls in which the account has submissions."""
    mine = own_submissions(account).order_by()
    found = Call.objects.announced().filter(
        closure=None, pk__in=mine.values("call_id"), closes_at__date__range=(first, last)
    )
    waiting = set(mine.filter(state=Submission.State.DRAFT).values_list("call_id", flat=True))
    for call in found:
        day = timezone.localdate(call.closes_at)
        url = reverse("calls:announcement", args=[call.pk])
        yield Deadline(f"call-{call.pk}", day, call.title, url, call.pk not in waiting)


@register
def correction_days(account: Account, first: date, last: date) -> Iterable[Deadline]:
    """Until when the account's submissions are to be corrected."""
    back = own_submissions(account).filter(state=Submission.State.BACK)
    latest: dict[int, Step] = {}
    steps = Step.objects.filter(act=Step.Act.RETURNED, submission__in=back.order_by().values("pk"))
    for step in steps.select_related("submission").order_by("id"):
        latest[step.submission_id or 0] = step
    for step in latest.values():
        due = step.data.get("due") or ""
        if step.submission is None or not first.isoformat() <= due <= last.isoformat():
            continue
        url = reverse("calls:standing", args=[step.submission_id])
        yield Deadline(f"call-correction-{step.submission_id}", date.fromisoformat(due),
                       str(step.submission), url)  # fmt: skip


@register
def recommending_days(account: Account, first: date, last: date) -> Iterable[Deadline]:
    """Until when the account's organisations are to recommend."""
    mine = acting_organisations(account).order_by().values("pk")
    waits = Q(call__seats__organisation__in=mine) | Q(call__submissions__organisation__in=mine,
                                                      call__submissions__sent__isnull=False)  # fmt: skip
    found = Phase.objects.filter(
        waits, due_on__range=(first, last), begun_at__isnull=False, call__closure=None
    ).distinct()
    for phase in found.select_related("call__edition__definition"):
        if phase.definition.kind == "recommend":
            title = f"{phase.call.title} · {phase.definition.name}"
            url = reverse("calls:recommending", args=[phase.call_id])
            yield Deadline(f"call-recommend-{phase.pk}", phase.due_on, title, url,  # type: ignore[arg-type]
                           phase.ended_at is not None)  # fmt: skip


ASKED = _("Answer the invitation to review: %(call)s")


@register
def reviewing_days(account: Account, first: date, last: date) -> Iterable[Deadline]:
    """Until when the account is to answer an invitation, and to send its reviews."""
    for reviewer in invitations_of(account).filter(due_on__range=(first, last), call__closure=None):
        title = ASKED % {"call": reviewer.call.title}
        url = reverse("calls:review_invitation", args=[reviewer.pk])
        yield Deadline(f"call-review-answer-{reviewer.pk}", reviewer.due_on, title, url,  # type: ignore[arg-type]
                       reviewer.accepted is not None)  # fmt: skip
    mine = assignments_of(account)
    keys = {(each.call_id, each.stage) for each in mine}
    left = mine.exclude(review__sent_at__isnull=False)
    open_ones = {(each.call_id, each.stage) for each in left}
    phases = Phase.objects.filter(
        call__in={call for call, _stage in keys}, due_on__range=(first, last), call__closure=None
    )
    for phase in phases.select_related("call__edition__definition"):
        key = (phase.call_id, phase.stage)
        if key in keys:
            title = f"{phase.call.title} · {phase.definition.name}"
            yield Deadline(f"call-review-{phase.pk}", phase.due_on, title, reverse("calls:reviews"),  # type: ignore[arg-type]
                           key not in open_ones)  # fmt: skip


@register
def panel_days(account: Account, first: date, last: date) -> Iterable[Deadline]:
    """The days on which panels meet to which the account was invited."""
    near = panels_of(account).filter(held_at__date__range=(first, last), call__closure=None)
    for panel in near:
        day = timezone.localdate(panel.held_at)
        url = reverse("calls:panel", args=[panel.pk])
        title = f"{panel.call.title} · {panel.title}"
        yield Deadline(f"call-panel-{panel.pk}", day, title, url, panel.closed_at is not None)


@register
def notice_days(account: Account, first: date, last: date) -> Iterable[Deadline]:
    """The last days of public lists of calls that the account is in charge of."""
    found = PublicNotice.objects.filter(
        call__charges__account=account, withdrawn_at=None, closes_on__range=(first, last)
    )
    for notice in found.select_related("call"):
        url = reverse("calls:objections", args=[notice.call_id])
        yield Deadline(f"call-notice-{notice.pk}", notice.closes_on, str(notice), url,
                       notice.call.awards.exists())  # fmt: skip


@register
def project_days(account: Account, first: date, last: date) -> Iterable[Deadline]:
    """What the account's projects have to hand in."""
    yield from _milestones(own_projects(account), first, last, "calls:my_project")


@register_organisation
def projects_of_organisation(
    organisation: Organisation, first: date, last: date
) -> Iterable[Deadline]:
    """What the projects of the organisation have to hand in."""
    of = Project.objects.filter(award__submission__organisation=organisation)
    yield from _milestones(of, first, last, "calls:project")


def _milestones(
    projects: QuerySet[Project], first: date, last: date, page: str
) -> Iterable[Deadline]:
    found = Milestone.objects.filter(
        project__in=projects.order_by().values("pk"), due_on__range=(first, last),
        project__closing=None, project__award__revoked_at=None,
    ).annotate(handed_in=Exists(waiting_deliveries()))  # fmt: skip
    for each in found.select_related("project__award__call__edition__definition"):
        title = f"{each.project.title} · {milestone_name(each.project, each.key)}"
        url = reverse(page, args=[each.project_id])
        yield Deadline(f"call-milestone-{each.pk}", each.due_on, title, url,
                       each.settled_at is not None or each.handed_in)  # fmt: skip
