"""What waits for applicants, and for organisations that recommend."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sheke.directory.models import Account
from sheke.directory.queries import acting_organisations

from ..models import Member, Phase, Step, Submission
from ..queries import own_submissions
from .lines import Line, in_order

State = Submission.State


def own_lines(account: Account, today: date) -> list[Line]:
    """Drafts to send before the call closes, corrections that were asked for, consents that are open."""
    mine = own_submissions(account).filter(state__in=(State.DRAFT, State.BACK), call__closure=None)
    found = list(mine.select_related("call").order_by("pk"))
    if not found:
        return []
    back = {one.pk for one in found if one.state == State.BACK}
    due = _correction_days(back)
    waiting = Counter(
        Member.objects.filter(submission__in=found, asked_at__isnull=False, agreement=None)
        .order_by().values_list("submission_id", flat=True)
    )  # fmt: skip
    lines: list[Line] = []
    for one in found:
        if one.pk in back:
            url = reverse("calls:apply", args=[one.pk])
            lines.append(
                Line(str(one), _("To be corrected"), url, "undo-2", today, due.get(one.pk))
            )
        elif one.call.opens_at <= timezone.now() <= one.call.closes_at:
            lines += _of_draft(one, waiting[one.pk], today)
    return in_order(lines)


def _of_draft(draft: Submission, waiting: int, today: date) -> Iterator[Line]:
    last = timezone.localdate(draft.call.closes_at)
    text = _("A draft for “%(call)s”, not sent in") % {"call": draft.call.title}
    yield Line(
        str(draft), text, reverse("calls:apply", args=[draft.pk]), "file-pen-line", today, last
    )
    if waiting:
        text = ngettext("%(n)s person has not consented yet", "%(n)s people have not consented yet", waiting)  # fmt: skip
        url = reverse("calls:people", args=[draft.pk])
        yield Line(str(draft), text % {"n": waiting}, url, "users-round", today, last)


def _correction_days(submissions: set[int]) -> dict[int, date]:
    """Until when each is to be corrected, as the office said last."""
    if not submissions:
        return {}
    steps = Step.objects.filter(act=Step.Act.RETURNED, submission__in=submissions).order_by("id")
    days = {step.submission_id: step.data.get("due") for step in steps}
    return {int(pk or 0): date.fromisoformat(day) for pk, day in days.items() if day}


def recommending_lines(account: Account, today: date) -> list[Line]:
    """Submissions of the account's organisations that wait to be recommended. Two queries."""
    mine = acting_organisations(account).order_by().values("pk")
    running = Phase.objects.filter(begun_at__isnull=False, ended_at=None, call__closure=None)
    waits = Q(call__submissions__organisation__in=mine, call__submissions__seat=None,
              call__submissions__state=State.IN, call__submissions__sent__isnull=False)  # fmt: skip
    phases = {
        phase.call_id: phase
        for phase in running.filter(waits).distinct().select_related("call__edition__definition")
        if phase.definition.kind == "recommend"
    }
    if not phases:
        return []
    rows = Submission.objects.filter(
        call__in=phases, organisation__in=mine, seat=None, state=State.IN,
        stage__in={phase.stage for phase in phases.values()},
    ).order_by().values_list("call_id").annotate(n=Count("pk"))  # fmt: skip
    return in_order(_to_recommend(phases[call], number, today) for call, number in rows)


def _to_recommend(phase: Phase, number: int, today: date) -> Line:
    text = ngettext("%(n)s submission to recommend or not", "%(n)s submissions to recommend or not", number)  # fmt: skip
    url = reverse("calls:recommending", args=[phase.call_id])
    return Line(phase.call.title, text % {"n": number}, url, "list-checks", today, phase.due_on)
