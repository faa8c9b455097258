"""The office's page of assignment: plans proposed, compared, put in force, undone; pairs by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sheke.core.errors import BadInput
from sheke.core.jobs import start
from sheke.core.jobs.queries import progress_of
from sheke.core.numerals import whole_number
from sheke.directory.models import Organisation

from ..actions import assigning as actions
from ..models import Assignment, AssignmentPlan, Conflict, PairRule, Phase
from ..reviewing import problems
from ..reviewing.standing import review_phase, under_review
from ..tasks import compute_assignment
from .access import account, own_call
from .stages import back, frame, number, own_phase

PAGE = 50
SHOWN = 12  # plans side by side
BLOCKING = 50


@dataclass
class Column:
    """A plan beside the others."""

    plan: AssignmentPlan
    loads: dict[str, Any]
    changes: int | None  # pairs that differ from what is in force
    stale: bool

    @property
    def state(self) -> str:
        if self.plan.undone_at:
            return "undone"
        if self.plan.deployed_at:
            return "deployed"
        return str(self.plan.report.get("state", "waiting"))


@require_http_methods(["GET", "POST"])
def assignment(request: HttpRequest, pk: int) -> HttpResponse:
    """Plans side by side and what is in force; posting proposes one more."""
    phase = own_phase(request, pk)
    if request.method == "POST":
        return _propose(request, phase)
    stated = problems.state(phase)
    in_force = problems.pairs_in_force(phase)
    plans = list(
        phase.call.plans.filter(stage=phase.stage).select_related("made_by__person")[:SHOWN]
    )
    waiting = next((plan for plan in plans if plan.report.get("state") == "waiting"), None)
    fail = _unsolvable(stated) if stated.submissions and stated.reviewers else ""
    context = frame(phase, "assignment") | {
        "columns": [_column(plan, set(in_force), stated.digest) for plan in plans],
        "in_force": len(in_force), "submissions": len(stated.submissions),
        "reviewers": len(stated.reviewers),
        "asked": sum(one["reviews"] for one in stated.data["submissions"]),
        "room": sum(one["load"][1] for one in stated.data["reviewers"]),
        "fail": fail,
        "verdict": problems.verdict_on(stated, in_force) if in_force and not fail else None,
        "rules": phase.call.pair_rules.filter(stage=phase.stage).select_related(
            "reviewer__person", "submission", "by__person"
        ),
        "job": progress_of(waiting) if waiting else None,
        "all_reviewers": phase.call.reviewers.filter(accepted=True).select_related("person"),
        "all_submissions": under_review(phase).only("number", "title")[:2000],
    }  # fmt: skip
    return render(request, "calls/assignment.html", context)


def _unsolvable(stated: problems.Stated) -> str:
    """Why the problem as it stands cannot even be read: pairs by hand that contradict each other."""
    try:
        stated.problem()
    except BadInput as error:
        return str(error)
    return ""


def _propose(request: HttpRequest, phase: Phase) -> HttpResponse:
    text = request.POST.get("seed", "").strip()
    seed = whole_number(text, digits=11)

    def act() -> str:
        if text and seed is None:
            raise BadInput(_("A seed is a whole number of up to 11 digits."))
        with transaction.atomic():
            plan = actions.begin_plan(phase=phase, by=account(request), seed=seed)
            size = plan.parameters["submissions"] * plan.parameters["reviewers"]
            if size > problems.AT_ONCE:
                start(
                    compute_assignment, plan.pk, get_language(), by=account(request), subject=plan
                )
                return _("The plan is being computed; this page shows when it is there.")
            actions.compute_plan(plan=plan, by=account(request))
        return _("Proposed. Compare it with the others, then put one in force.")

    return _said(request, phase, act)


@require_safe
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """One plan: what blocks it, the load of each, its pairs, and what it would change."""
    found = _own_plan(request, pk)
    phase = review_phase(found.call, found.stage)
    reviewers = {r.pk: r for r in found.call.reviewers.select_related("person", "organisation")}
    titles = dict(found.call.submissions.filter(sent__isnull=False).values_list("pk", "title"))
    numbers = dict(found.call.submissions.filter(sent__isnull=False).values_list("pk", "number"))
    in_force = set(problems.pairs_in_force(phase))
    mine = {(r, s) for r, s in found.pairs}
    loads = Counter(r for r, _s in found.pairs)
    blocking = found.report.get("infeasible", [])[:BLOCKING]
    for each in blocking:
        each["name"] = _who(each, reviewers, titles, numbers)
        each["because"] = _named(each, each["name"])
    rows = [
        {"reviewer": reviewers.get(r), "number": numbers.get(s), "title": titles.get(s, ""),
         "new": bool(in_force) and (r, s) not in in_force}
        for r, s in found.pairs
    ]  # fmt: skip
    organisations = Counter(n for each in blocking for n in each.get("organisations", []))
    context = frame(phase, "assignment") | {
        "column": _column(found, in_force, problems.state(phase).digest), "plan": found,
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")), "blocking": blocking,
        "organisations": _organisations(organisations),
        "gone": [(reviewers.get(r), numbers.get(s), titles.get(s, "")) for r, s in sorted(in_force - mine)][:200],
        "loads": sorted(((reviewers[r], n) for r, n in loads.items() if r in reviewers), key=lambda x: -x[1])[:200],
    }  # fmt: skip
    return render(request, "calls/assignment_plan.html", context)


def _who(each: dict[str, Any], reviewers: Any, titles: Any, numbers: Any) -> str:
    if "submission" in each:
        return f"#{numbers.get(each['submission'])} {titles.get(each['submission'], '')}"
    return str(reviewers.get(each["reviewer"], each["reviewer"]))


def _named(each: dict[str, Any], name: str) -> str:
    """The engine's sentence with a name in place of the number that it knows."""
    given = str(each.get("submission", each.get("reviewer")))
    text = str(each.get("because", ""))
    return name + text[len(given) :] if text.startswith(given) else text


def _organisations(counts: Counter[int]) -> list[tuple[str, int]]:
    names = dict(Organisation.objects.filter(pk__in=counts).values_list("pk", "name"))
    return [(names.get(number, "—"), n) for number, n in counts.most_common(10)]


@require_POST
def deployment(request: HttpRequest, pk: int) -> HttpResponse:
    found = _own_plan(request, pk)

    def act() -> str:
        actions.deploy_plan(plan=found, by=account(request))
        return _(
            "In force. Reviewers see their packets as soon as the stage runs and they are released."
        )

    return _said(request, review_phase(found.call, found.stage), act)


@require_POST
def undoing(request: HttpRequest, pk: int) -> HttpResponse:
    found = _own_plan(request, pk)

    def act() -> str:
        actions.undo_plan(plan=found, reason=request.POST.get("reason", ""), by=account(request))
        return _("Undone; nobody is assigned at this stage.")

    return _said(request, review_phase(found.call, found.stage), act)


@require_POST
def pairs(request: HttpRequest, pk: int) -> HttpResponse:
    """A pair that must be in every plan, or may be in none."""
    phase = own_phase(request, pk)
    who = get_object_or_404(phase.call.reviewers, pk=number(request, "reviewer") or 0)
    what = get_object_or_404(
        phase.call.submissions.sent_in(), pk=number(request, "submission") or 0
    )

    def act() -> str:
        actions.rule_pair(
            phase=phase, reviewer=who, submission=what, forced=request.POST.get("forced") == "1",
            reason=request.POST.get("reason", ""), by=account(request),
        )  # fmt: skip
        return _("Kept. It holds for plans from now on.")

    return _said(request, phase, act)


@require_POST
def pair_removal(request: HttpRequest, pk: int) -> HttpResponse:
    rule = get_object_or_404(PairRule, pk=pk)
    rule.call = own_call(request, rule.call_id)

    def act() -> str:
        actions.drop_rule(rule=rule, by=account(request))
        return _("The plan decides on this pair again.")

    return _said(request, review_phase(rule.call, rule.stage), act)


@require_POST
def recusal(request: HttpRequest, pk: int) -> HttpResponse:
    """The office takes a reviewer off a submission."""
    found = get_object_or_404(Assignment, pk=pk)
    found.call = own_call(request, found.call_id)
    kind = request.POST.get("kind", "")

    def act() -> str:
        new = actions.recuse_assignment(
            assignment=found, kind=kind if kind in Conflict.Kind.values else "",
            reason=request.POST.get("reason", ""), by=account(request), by_office=True,
        )  # fmt: skip
        return _("Taken off. New assignments: %(n)s.") % {"n": len(new)}

    return _said(request, review_phase(found.call, found.stage), act, "reviewing_progress")


def _column(plan: AssignmentPlan, in_force: set[tuple[int, int]], digest: str) -> Column:
    mine = {(r, s) for r, s in plan.pairs}
    changes = len(mine - in_force) if in_force and mine else None
    return Column(plan, plan.report.get("loads", {}), changes, plan.digest != digest)


def _own_plan(request: HttpRequest, pk: int) -> AssignmentPlan:
    found = get_object_or_404(AssignmentPlan.objects.select_related("made_by__person"), pk=pk)
    found.call = own_call(request, found.call_id)
    return found


def _said(
    request: HttpRequest, phase: Phase, act: Callable[[], str], to: str = "assignment"
) -> HttpResponse:
    try:
        messages.success(request, act())
    except BadInput as error:
        messages.error(request, str(error))
    return redirect(back(phase, to))
