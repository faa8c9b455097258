"""What calls tell people, and the days they know of."""

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
from sheke.notices.kinds import Kind
from sheke.notices.kinds import register as register_kinds

from .models import Call, Milestone, Phase, Project, PublicNotice, Step, Submission
from .panels.desk import panels_of
from .projects.delivering import milestone_name
from .projects.listing import own_projects, waiting_deliveries
from .queries import own_submissions
from .reviewing.desk import assignments_of, invitations_of

# of the call, and of the office's side
register_kinds(
    Kind("calls.announced", _("A call is announced"),
         _("“%(call)s” takes submissions until %(due)s.")),
    Kind("calls.dates_changed", _("The dates of a call changed"),
         _("“%(call)s” now closes on %(due)s: %(reason)s")),
    Kind("calls.called_off", _("A call was called off"),
         _("“%(call)s” was called off: %(reason)s"), urgent=True),
    Kind("calls.to_recommend", _("A call waits for our recommendations"),
         _("“%(call)s”: rank and recommend your submissions. %(due)s")),
    Kind("calls.closing", _("A call closes soon, and my draft was not sent"),
         _("“%(call)s” closes on %(due)s, and your draft has not been sent in."), urgent=True),
    Kind("calls.stage_due", _("A stage of a call is to end"),
         _("“%(call)s”: “%(stage)s” is planned to end on %(due)s.")),
    Kind("calls.stage_late", _("A stage of a call is late"),
         _("“%(call)s”: “%(stage)s” was planned to end on %(due)s."), urgent=True),
    Kind("calls.recommended", _("My submission was recommended"),
         _("“%(title)s” was recommended in “%(call)s”.")),
    Kind("calls.returned", _("My submission is to be corrected"),
         _("“%(title)s” came back for correction: %(reason)s %(due)s"), urgent=True),
    Kind("calls.refused", _("My submission was refused"),
         _("“%(title)s” was refused: %(reason)s"), urgent=True),
    Kind("calls.restored", _("My submission was taken in again"),
         _("“%(title)s” was taken in again: %(reason)s")),
    Kind("calls.letter", _("Letters of calls"), _("%(subject)s: %(body)s"), urgent=True),
)  # fmt: skip

# of the applicant's side
register_kinds(
    Kind("calls.received", _("My submission was received"),
         _("“%(title)s” was received in “%(call)s”. Receipt: %(digest)s…")),
    Kind("calls.came_in", _("A submission came in"), _("“%(title)s” came in for “%(call)s”.")),
    Kind("calls.taken_back", _("A submission was withdrawn"),
         _("“%(title)s” was withdrawn from “%(call)s”.")),
    Kind("calls.unanswered", _("Somebody named in my submission has not answered"),
         _("“%(title)s”: %(names)s did not answer yet; the call closes on %(due)s.")),
    Kind("calls.agreed", _("Somebody agreed to take part in my submission"),
         _("%(name)s agreed to “%(title)s”.")),
    Kind("calls.declined", _("Somebody did not agree to my submission"),
         _("%(name)s did not agree to “%(title)s”."), urgent=True),
)  # fmt: skip


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


# of reviewing
register_kinds(
    Kind("calls.review_asked", _("I am asked to review"),
         _("“%(call)s” asks you to review. Please answer by %(due)s."), urgent=True),
    Kind("calls.review_accepted", _("A reviewer accepted"),
         _("“%(call)s”: %(reviewer)s will review.")),
    Kind("calls.review_declined", _("A reviewer declined"),
         _("“%(call)s”: %(reviewer)s declined: %(reason)s")),
    Kind("calls.to_review", _("Submissions wait for my review"),
         _("“%(call)s”: submissions wait for your review. %(due)s")),
    Kind("calls.review_due", _("My reviews are due"),
         _("“%(call)s”: reviews of yours are not sent in yet. %(due)s"), urgent=True),
    Kind("calls.recused", _("A reviewer stepped aside"),
         _("“%(call)s”: %(reviewer)s stepped aside; somebody else was assigned.")),
    Kind("calls.recused_open", _("A reviewer stepped aside, and nobody is left"),
         _("“%(call)s”: %(reviewer)s stepped aside, and nobody could be assigned instead."),
         urgent=True),
    Kind("calls.comments", _("Reviewers' comments on my submission"),
         _("“%(title)s”: the reviewers' comments can be read now.")),
    Kind("calls.plan_ready", _("A plan of assignment is ready"),
         _("“%(call)s”: the plan of who reviews what was computed.")),
)  # fmt: skip


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


# of panels
register_kinds(
    Kind("calls.panel_asked", _("I am asked to sit in a panel"),
         _("“%(panel)s” of “%(call)s” meets on %(at)s, %(place)s. Look at the agenda and say which "
           "items you leave the room for."), urgent=True),
    Kind("calls.panel_moved", _("A panel meets at another time or place"),
         _("“%(panel)s” of “%(call)s” now meets on %(at)s, %(place)s."), urgent=True),
    Kind("calls.panel_soon", _("My panel meets soon"),
         _("“%(panel)s” of “%(call)s” meets on %(at)s, %(place)s."), urgent=True),
    Kind("calls.panel_off", _("A panel does not meet"),
         _("“%(panel)s” of “%(call)s” on %(at)s was called off."), urgent=True),
    Kind("calls.left_room", _("A member of a panel leaves the room for an item"),
         _("“%(panel)s”: %(name)s leaves the room for “%(title)s”.")),
)  # fmt: skip


@register
def panel_days(account: Account, first: date, last: date) -> Iterable[Deadline]:
    """The days on which panels meet to which the account was invited."""
    near = panels_of(account).filter(held_at__date__range=(first, last), call__closure=None)
    for panel in near:
        day = timezone.localdate(panel.held_at)
        url = reverse("calls:panel", args=[panel.pk])
        title = f"{panel.call.title} · {panel.title}"
        yield Deadline(f"call-panel-{panel.pk}", day, title, url, panel.closed_at is not None)


# of deciding
register_kinds(
    Kind("calls.on_notice", _("My submission stands on a public list"),
         _("“%(title)s” stands on the public list of “%(call)s” until %(until)s.")),
    Kind("calls.objected", _("An objection came in"),
         _("“%(call)s”: an objection came in. It is confidential."), urgent=True),
    Kind("calls.awarded", _("My submission was awarded"),
         _("“%(title)s” was awarded in “%(call)s”: %(level)s %(number)s"), urgent=True),
    Kind("calls.not_awarded", _("My submission was not awarded"),
         _("“%(title)s” was not awarded in “%(call)s”.")),
    Kind("calls.revoked", _("An award was revoked"),
         _("The award %(number)s of “%(title)s” was revoked: %(reason)s"), urgent=True),
    Kind("calls.certified", _("My certificate was issued"),
         _("The certificate %(number)s for “%(title)s” can be downloaded.")),
)  # fmt: skip


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


# of projects
register_kinds(
    Kind("calls.contract_signed", _("The contract of my project was signed"),
         _("“%(title)s” (%(number)s): the contract was signed on %(day)s.")),
    Kind("calls.instalment_paid", _("An instalment of my project was paid"),
         _("“%(title)s” (%(number)s): %(amount)s were paid on %(day)s.")),
    Kind("calls.milestone_due", _("A report of my project is due"),
         _("“%(title)s” (%(number)s): “%(what)s” is due on %(due)s.")),
    Kind("calls.milestone_late", _("A report of my project is overdue"),
         _("“%(title)s” (%(number)s): “%(what)s” was due on %(due)s."), urgent=True),
    Kind("calls.project_late", _("A project of a call that I am in charge of is overdue"),
         _("“%(title)s” (%(number)s): “%(what)s” was due on %(due)s and has not come in.")),
    Kind("calls.delivered", _("A project handed something in"),
         _("“%(title)s” (%(number)s) handed in “%(what)s”.")),
    Kind("calls.delivery_withdrawn", _("A project withdrew what it handed in"),
         _("“%(title)s” (%(number)s) withdrew “%(what)s”.")),
    Kind("calls.delivery_accepted", _("A report of my project was accepted"),
         _("“%(title)s” (%(number)s): “%(what)s” was accepted. %(reason)s")),
    Kind("calls.delivery_returned", _("A report of my project was sent back"),
         _("“%(title)s” (%(number)s): “%(what)s” was sent back: %(reason)s"), urgent=True),
    Kind("calls.change_asked", _("A project asks for a change"),
         _("“%(title)s” (%(number)s) asks for a change: %(what)s.")),
    Kind("calls.change_granted", _("A change of my project was granted"),
         _("“%(title)s” (%(number)s): %(what)s was granted. %(reason)s")),
    Kind("calls.change_refused", _("A change of my project was not granted"),
         _("“%(title)s” (%(number)s): %(what)s was not granted: %(reason)s"), urgent=True),
    Kind("calls.project_closed", _("My project was closed"),
         _("“%(title)s” (%(number)s) is closed with the result “%(result)s”. %(reason)s"), urgent=True),
    Kind("calls.project_ended", _("My project was terminated"),
         _("“%(title)s” (%(number)s) was terminated: %(reason)s"), urgent=True),
)  # fmt: skip


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
