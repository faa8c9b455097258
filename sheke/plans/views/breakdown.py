"""Duties of a plan: who does what by when, by hand or from a task breakdown."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from sheke.core.attachments import attachment
from sheke.core.errors import BadInput

from .. import actions
from .. import breakdown as reading
from ..duties import DutyRow
from ..forms import BreakdownForm
from ..models import Plan
from ..queries import plan_tree
from .access import actor, editable_plan, visible_plan
from .plans import page_context, plan_rows


def index(request: HttpRequest, pk: int) -> HttpResponse:
    """All duties; a POST saves a task breakdown that was checked."""
    if request.method == "POST":
        return _save(request, pk)
    context = _context(request, visible_plan(request, pk)) | {"form": BreakdownForm()}
    return render(request, "plans/duties.html", context)


def _context(request: HttpRequest, plan: Plan) -> dict[str, Any]:
    tree = plan_tree(plan, measured=False)
    by_item: dict[int, list[DutyRow]] = {}
    for row in plan_rows(plan):
        by_item.setdefault(row.duty.item_id, []).append(row)
    lines = [(node, by_item.get(node.item.pk, [])) for node in tree.nodes]
    return page_context(request, tree, "duties") | {"lines": lines}


def _save(request: HttpRequest, pk: int) -> HttpResponse:
    plan = editable_plan(request, pk)
    form = BreakdownForm(request.POST, request.FILES)
    try:
        read = reading.read_breakdown(plan, form.table) if form.is_valid() else None
    except BadInput as error:
        form.add_error("file", str(error))
        read = None
    if read is None or read.problems or not read.assignments:
        context = _context(request, plan) | {"form": form, "read": read}
        return render(request, "plans/duties.html", context, status=422)
    count = actions.assign_duties(plan=plan, assignments=read.assignments, by=actor(request))
    said = ngettext("%(n)s duty was given.", "%(n)s duties were given.", count) % {"n": count}
    messages.success(request, said)
    return redirect("plans:duties", pk)


@require_POST
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """What a task breakdown would do, and what is wrong with it."""
    plan = editable_plan(request, pk)
    form = BreakdownForm(request.POST, request.FILES)
    read = None
    if form.is_valid():
        try:
            read = reading.read_breakdown(plan, form.table)
        except BadInput as error:
            form.add_error("file", str(error))
    context = {"plan": plan, "form": form, "read": read}
    return render(request, "plans/_breakdown.html", context)


@require_safe
def template(request: HttpRequest, pk: int) -> HttpResponse:
    plan = visible_plan(request, pk)
    return attachment(reading.template(plan), f"{plan.title}-任务分解.xlsx")
