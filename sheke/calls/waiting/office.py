"""What waits for the office in the calls that it runs. The number of queries does not grow."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sheke.directory.models import Account, Organisation, path_range

from ..models import Assignment, Call, Change, Delivery, Objection, Phase, Submission
from ..models.calls import CallQuerySet
from ..queries import calls_of
from .lines import SOON, Line, in_order

Place = tuple[int, str]  # call and stage
Print = Callable[[str, int, str, str], Line]  # text with its number, address, icon


@dataclass
class _Counts:
    """What is open, by call and stage, or by call."""

    standing: dict[Place, int] = field(default_factory=dict)
    unlooked: dict[Place, int] = field(default_factory=dict)  # packets to make or to look through
    ready: dict[Place, int] = field(default_factory=dict)  # packets to release
    unsent: dict[Place, int] = field(default_factory=dict)  # reviews
    objections: Counter[int] = field(default_factory=Counter)


def office_lines(account: Account, organisation: Organisation, today: date) -> list[Line]:
    """Of the calls of the organisation and those below it."""
    low, high = path_range(organisation.path)
    mine = calls_of(account).filter(organisation__path__gte=low, organisation__path__lt=high)
    running = mine.announced().filter(closure=None).select_related("edition__definition")
    calls = list(running.prefetch_related("phases"))
    counts = _count(calls)
    found = [line for call in calls for line in _of_call(call, counts, today)]
    found += _of_projects(mine, today)
    return in_order(found)


def _count(calls: Iterable[Call]) -> _Counts:
    numbers = [call.pk for call in calls]
    counts = _Counts()
    if not numbers:
        return counts
    hidden = Q(blind__released_at=None)
    rows = (
        Submission.objects.filter(call__in=numbers).standing().order_by()
        .values_list("call_id", "stage")
        .annotate(
            all=Count("pk"), ready=Count("pk", filter=hidden & Q(blind__open=0)),
            unlooked=Count("pk", filter=Q(blind=None) | hidden & Q(blind__open__gt=0)),
        )
    )  # fmt: skip
    for call, stage, standing, ready, unlooked in rows:
        counts.standing[call, stage] = standing
        counts.ready[call, stage], counts.unlooked[call, stage] = ready, unlooked
    left = Assignment.objects.in_force().filter(call__in=numbers)
    left = left.exclude(review__sent_at__isnull=False).order_by()
    for call, stage, number in left.values_list("call_id", "stage").annotate(n=Count("pk")):
        counts.unsent[call, stage] = number
    open_ones = Objection.objects.filter(notice__call__in=numbers, answer=None).order_by()
    counts.objections.update(open_ones.values_list("notice__call_id", flat=True))
    return counts


def _of_call(call: Call, counts: _Counts, today: date) -> Iterator[Line]:
    closes = timezone.localdate(call.closes_at)
    if call.opens_at <= timezone.now() <= call.closes_at and closes <= today + timedelta(days=SOON):
        url = reverse("calls:office", args=[call.pk])
        yield Line(call.title, _("Takes submissions; closes soon"), url, "calendar-days", today, closes)  # fmt: skip
    for phase in call.phases.all():
        phase.call = call
        if phase.is_running:
            yield from _of_phase(phase, counts, today)
    if number := counts.objections[call.pk]:
        text = ngettext("%(n)s objection to answer", "%(n)s objections to answer", number)
        yield Line(call.title, text % {"n": number}, reverse("calls:objections", args=[call.pk]),
                   "megaphone", today)  # fmt: skip


def _of_phase(phase: Phase, counts: _Counts, today: date) -> Iterator[Line]:
    call, place, kind = phase.call, (phase.call_id, phase.stage), phase.definition.kind
    standing = counts.standing.get(place, 0)

    def line(text: str, number: int, url: str, icon: str) -> Line:
        return Line(call.title, text % {"n": number}, url, icon, today, phase.due_on)

    if kind in ("check", "copycheck") and standing:
        url = reverse("calls:submissions", args=[call.pk]) + f"?stage={phase.stage}&state=in"
        text = ngettext("%(n)s submission to check", "%(n)s submissions to check", standing)
        yield line(text, standing, url, "clipboard-check")
    elif kind == "review":
        yield from _of_review(place, counts, line)
    elif kind == "decide" and standing:
        text = ngettext("%(n)s submission to decide on", "%(n)s submissions to decide on", standing)
        yield line(text, standing, reverse("calls:deciding", args=[call.pk]), "gavel")
    elif phase.due_on is not None and phase.due_on < today:
        url = reverse("calls:ending", args=[phase.pk])
        text = _("“%(stage)s” should be over") % {"stage": phase.definition.name}
        yield Line(call.title, text, url, "clock", today, phase.due_on)


def _of_review(place: Place, counts: _Counts, line: Print) -> Iterator[Line]:
    packets = reverse("calls:packets", args=[place[0]])
    if number := counts.unlooked.get(place, 0):
        text = ngettext("%(n)s packet to look through", "%(n)s packets to look through", number)
        yield line(text, number, packets, "eye-off")
    if number := counts.ready.get(place, 0):
        text = ngettext("%(n)s packet to release", "%(n)s packets to release", number)
        yield line(text, number, packets, "send")
    if number := counts.unsent.get(place, 0):
        text = ngettext("%(n)s review not sent in yet", "%(n)s reviews not sent in yet", number)
        url = reverse("calls:reviewing_progress", args=[place[0]])
        yield line(text, number, url, "hourglass")


def _of_projects(mine: CallQuerySet, today: date) -> Iterator[Line]:
    """Reports and changes of projects that wait for a ruling, by call, whether it is closed or not."""
    reports = Delivery.objects.filter(
        ruled_at=None, withdrawn_at=None,
        milestone__project__award__call__in=mine.order_by().values("pk"),
    ).order_by().values_list("milestone__project__award__call_id", "milestone__project__award__call__title")  # fmt: skip
    changes = Change.objects.filter(
        ruled_at=None, withdrawn_at=None, project__award__call__in=mine.order_by().values("pk")
    ).order_by().values_list("project__award__call_id", "project__award__call__title")  # fmt: skip
    waiting: dict[tuple[int, str], int] = defaultdict(int)
    for call, title, number in [*reports.annotate(n=Count("pk")), *changes.annotate(n=Count("pk"))]:
        waiting[call, title] += number
    for (call, title), number in waiting.items():
        url = reverse("calls:projects") + f"?call={call}&state=waiting"
        text = ngettext(
            "%(n)s report or change of a project to rule on",
            "%(n)s reports and changes of projects to rule on", number,
        )  # fmt: skip
        yield Line(title, text % {"n": number}, url, "folder", today)
