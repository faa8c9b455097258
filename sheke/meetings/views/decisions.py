"""Decisions: made, changed, handed on as duties, followed up over all meetings."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sheke.core.errors import BadInput
from sheke.plans.models import Plan

from .. import actions
from ..forms import DecisionFilterForm, DutyForm
from ..models import Decision
from ..queries import DecisionRow, decision_rows, followed
from .access import actor, attempt, back, kept_decision, kept_meeting
from .options import plans_for

ON_A_PAGE = 30
_STATES = {
    "": lambda row: not row.done,
    "late": lambda row: row.late and not row.done,
    "free": lambda row: not row.duties and not row.done,
    "done": lambda row: row.done,
    "all": lambda row: True,
}


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Decisions over all meetings that the account sees; those not done unless asked otherwise."""
    form = DecisionFilterForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    words = chosen.get("q", "").split()
    rows = decision_rows(followed(actor(request)), timezone.localdate())
    shown = [row for row in rows if _STATES[chosen.get("state", "")](row) and _has(row, words)]
    page = Paginator(shown, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "any": bool(rows)}
    return render(request, "meetings/decisions.html", context)


def _has(row: DecisionRow, words: list[str]) -> bool:
    text = f"{row.decision.text} {row.decision.meeting.title}"
    return all(word in text for word in words)


@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """A decision, under the point `agenda` if one is named."""
    meeting = kept_meeting(request, pk)
    number = request.POST.get("agenda", "")
    agenda = meeting.agenda.filter(pk=number).first() if number.isdecimal() else None
    text = request.POST.get("text", "")
    attempt(
        request,
        lambda: actions.decide(meeting=meeting, agenda=agenda, text=text, by=actor(request)),
    )
    return back(pk, f"point-{agenda.pk}" if agenda else "decisions")


@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    decision = kept_decision(request, pk)
    text = request.POST.get("text", "")
    attempt(
        request, lambda: actions.rewrite_decision(decision=decision, text=text, by=actor(request))
    )
    return back(decision.meeting_id, f"decision-{pk}")


@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    decision = kept_decision(request, pk)
    attempt(request, lambda: actions.drop_decision(decision=decision, by=actor(request)))
    return back(decision.meeting_id, "decisions")


def duties(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand a decision on: choose the plan, the place, who leads and supports it, by when."""
    decision = kept_decision(request, pk)
    plans = plans_for(request)
    plan = _plan(request, decision, list(plans))
    form = DutyForm(request.POST or None, plan=plan, initial=_initial(decision)) if plan else None
    if request.method == "POST" and plan and form and form.is_valid():
        try:
            actions.give_duties(
                decision=decision, plan=plan, by=actor(request), **form.cleaned_data
            )
        except BadInput as error:
            form.add_error(None, str(error))
        else:
            attempt(request, lambda: None, _("The decision is handed on."))
            return back(decision.meeting_id, f"decision-{pk}")
    context = {
        "decision": decision, "meeting": decision.meeting, "plans": plans, "plan": plan,
        "form": form,
    }  # fmt: skip
    status = 422 if request.method == "POST" else 200
    return render(request, "meetings/duties.html", context, status=status)


def _plan(request: HttpRequest, decision: Decision, plans: list[Plan]) -> Plan | None:
    """The plan asked for, else that of the decision's item, else the meeting's year's own."""
    number = request.POST.get("plan") or request.GET.get("plan") or ""
    held = decision.item.plan_id if decision.item else None
    ours = [p for p in plans if p.organisation_id == decision.meeting.organisation_id]
    year = timezone.localtime(decision.meeting.starts_at).year
    wanted = [p for p in plans if str(p.pk) == number] or [p for p in plans if p.pk == held]
    found = wanted or [p for p in ours if p.year == year] or ours or plans
    return found[0] if found else None


def _initial(decision: Decision) -> dict[str, Any]:
    return {"title": decision.text, "place": decision.item, "as_new": "" if decision.item else "1"}


@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a decision is carried out."""
    decision = kept_decision(request, pk)
    note = request.POST.get("note", "")
    attempt(
        request, lambda: actions.settle_decision(decision=decision, note=note, by=actor(request))
    )
    return back(decision.meeting_id, f"decision-{pk}")


@require_POST
def unsettle(request: HttpRequest, pk: int) -> HttpResponse:
    decision = kept_decision(request, pk)
    attempt(request, lambda: actions.unsettle_decision(decision=decision, by=actor(request)))
    return back(decision.meeting_id, f"decision-{pk}")
