"""Duties as those see them who do them: my duties, one duty, reports on it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sheke.core.errors import BadInput
from sheke.indicators.remembering import evaluate_remembered
from sheke.ledger.models import Record, RecordQuerySet

from .. import actions
from ..duties import (
    DutyRow,
    Standing,
    chapters_of,
    duties_of,
    duty_rows,
    grouped,
    visible_duties,
)
from ..forms import DutyForm, MineForm, ReportForm
from ..models import Duty, DutyReport, Item, Plan
from .access import actor, editable_item
from .items import answer

OFFERED = 12


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The duties of my organisations and those that name me, by urgency."""
    today = timezone.localdate()
    every = duties_of(actor(request), below="below" in request.GET)
    plans = Plan.objects.filter(pk__in=every.order_by().values("item__plan"))
    rows = duty_rows(every, today, evaluate_remembered)
    tops = chapters_of(rows)
    chapters = Item.objects.filter(pk__in={top.pk for top in tops.values()})
    form = MineForm(request.GET, plans=plans, chapters=chapters.order_by("plan", "position"))
    chosen = form.cleaned_data if form.is_valid() else {}
    shown = [row for row in rows if _fits(row, chosen, tops)]
    context = {"form": form, "groups": grouped(shown), "any": bool(rows), "today": today}
    return render(request, "plans/my_duties.html", context)


def _fits(row: DutyRow, chosen: dict[str, object], tops: dict[int, Item]) -> bool:
    """Without a state all that is not done; with a plan or chapter only what is of it."""
    state = chosen.get("state")
    plan, chapter = chosen.get("plan"), chosen.get("chapter")
    return (
        (row.standing == state if state else row.standing != Standing.DONE)
        and (not isinstance(plan, Plan) or row.duty.item.plan_id == plan.pk)
        and (not isinstance(chapter, Item) or tops[row.duty.item_id].pk == chapter.pk)
    )


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _render(request, _visible(request, pk))


@require_POST
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how the duty stands."""
    duty = _visible(request, pk)
    _require(request, duty)
    form = ReportForm(request.POST, records=_records(request, duty))
    if form.is_valid():
        try:
            actions.report_duty(duty=duty, by=actor(request), **form.cleaned_data)
        except BadInput as error:
            form.add_error("note", str(error))
        else:
            messages.success(request, _("Reported."))
            return _done(request, duty)
    return _render(request, duty, form, status=422)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the latest report back."""
    duties = visible_duties(actor(request)).order_by().values("pk")
    found = get_object_or_404(DutyReport.objects.filter(duty__in=duties), pk=pk)
    duty = _visible(request, found.duty_id)
    _require(request, duty)
    try:
        actions.withdraw_report(report=found, by=actor(request))
    except BadInput as error:
        messages.error(request, str(error))
    return _done(request, duty)


def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Another organisation, person, role or day, by those who edit the plan."""
    duty = _visible(request, pk)
    item = editable_item(request, duty.item_id)
    initial = {
        "organisation": duty.organisation, "person": duty.person, "role": duty.role,
        "due": duty.due,
    }  # fmt: skip
    form = DutyForm(request.POST or None, plan=item.plan, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_duty(duty=duty, by=actor(request), **form.cleaned_data)
        except BadInput as error:
            form.add_error(None, str(error))
        else:
            return answer(request, item)
    context = {"duty": duty, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "plans/duty_change.html", context, status=status)


def _visible(request: HttpRequest, pk: int) -> Duty:
    duties = visible_duties(actor(request)).select_related(
        "item__plan__organisation", "organisation", "person"
    )
    return get_object_or_404(duties, pk=pk)


def _require(request: HttpRequest, duty: Duty) -> None:
    if not request.user.has_perm("plans.report_duty", duty):
        raise PermissionDenied(_("You do not act for the organisation whose duty this is."))


def _records(request: HttpRequest, duty: Duty) -> RecordQuerySet:
    """Of what is filed under the item, the latest records that the account sees."""
    filed = Record.objects.filter(heading=duty.item.heading_id, heading__isnull=False)
    seen = filed.visible_to(actor(request)).standing().order_by("-happened_on", "-id")
    latest: RecordQuerySet = seen.filter(pk__in=list(seen.values_list("pk", flat=True)[:OFFERED]))
    return latest


def _done(request: HttpRequest, duty: Duty) -> HttpResponse:
    if not getattr(request, "htmx", False):
        return redirect("plans:duty", duty.pk)
    answer = _render(request, duty)
    answer["HX-Trigger"] = "plan-changed"
    return answer


def _render(
    request: HttpRequest, duty: Duty, form: ReportForm | None = None, status: int = 200
) -> HttpResponse:
    row = duty_rows(Duty.objects.filter(pk=duty.pk), timezone.localdate())[0]
    reports = list(duty.reports.select_related("by__person").prefetch_related("records"))
    shown = {record.pk for one in reports for record in one.records.all()}
    open_ = Record.objects.filter(pk__in=shown).visible_to(actor(request))
    records = _records(request, duty)
    state = row.standing if row.standing != Standing.NEW else Standing.UNDER_WAY
    context = {
        "duty": duty,
        "row": row,
        "reports": reports,
        "open_records": set(open_.values_list("pk", flat=True)) if shown else set(),
        "others": duty.item.duties.exclude(pk=duty.pk).select_related("organisation", "person"),
        "sees_plan": request.user.has_perm("plans.view_plan", duty.item),
        "may_report": request.user.has_perm("plans.report_duty", duty),
        "may_record": request.organisation is not None,  # type: ignore[attr-defined]
        "form": form or ReportForm(records=records, initial={"state": state.value}),
    }
    return render(request, "plans/duty.html", context, status=status)
