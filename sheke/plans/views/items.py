"""One item: its words, who does it, what is to be reached, what was done."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sheke.core.errors import BadInput
from sheke.directory.queries import find_people, people_within, with_current_tenures
from sheke.indicators.remembering import evaluate_remembered
from sheke.ledger.models import Record

from .. import actions
from ..duties import duty_rows
from ..forms import CompletionForm, DutyForm
from ..highlights import marked
from ..models import Duty, Item
from ..nodes import Node
from ..queries import plan_tree
from ..targeting import proposal_forms, target_form
from .access import actor, editable_item, require, visible_item

LATEST = 8
SHOWN = 40


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _render(request, visible_item(request, pk))


@require_POST
def duties(request: HttpRequest, pk: int) -> HttpResponse:
    item = editable_item(request, pk)
    form = DutyForm(request.POST, plan=item.plan)
    if form.is_valid():
        try:
            actions.assign_duty(item=item, by=actor(request), **form.cleaned_data)
        except BadInput as error:
            form.add_error("person", str(error))
        else:
            return answer(request, item)
    return _render(request, item, duty_form=form, status=422)


@require_POST
def release(request: HttpRequest, pk: int) -> HttpResponse:
    duty = get_object_or_404(Duty.objects.select_related("organisation"), pk=pk)
    item = editable_item(request, duty.item_id)
    try:
        actions.release_duty(duty=duty, by=actor(request))
    except BadInput as error:
        messages.error(request, str(error))
    return answer(request, item)


@require_safe
def people(request: HttpRequest, pk: int) -> HttpResponse:
    """Who may be named in a duty: people of the plan's organisation and those below, by name."""
    item = editable_item(request, pk)
    found = find_people(request.GET.get("q", "")) & people_within(item.plan.organisation)
    options = [
        {"value": person.pk, "text": person.name,
         "hint": "、".join(t.organisation.label for t in person.current_tenures)}  # type: ignore[attr-defined]
        for person in with_current_tenures(found.filter(pk__in=found.values("pk")))[:SHOWN]
    ]  # fmt: skip
    return JsonResponse({"options": options}, json_dumps_params={"ensure_ascii": False})


@require_POST
def completion(request: HttpRequest, pk: int) -> HttpResponse:
    item = visible_item(request, pk)
    require(request, "plans.complete_item", item)
    form = CompletionForm(request.POST)
    if not form.is_valid():
        return _render(request, item, completion_form=form, status=422)
    actions.complete_item(item=item, by=actor(request), note=form.cleaned_data["note"])
    messages.success(request, _("“%(item)s” is done.") % {"item": item.title})
    return answer(request, item)


@require_POST
def reopening(request: HttpRequest, pk: int) -> HttpResponse:
    item = visible_item(request, pk)
    require(request, "plans.complete_item", item)
    actions.reopen_item(item=item, by=actor(request))
    return answer(request, item)


def answer(request: HttpRequest, item: Item) -> HttpResponse:
    """In the drawer the item as it stands now, and word to the page behind; else its page."""
    if not getattr(request, "htmx", False):
        return redirect("plans:item", item.pk)
    answer = _render(request, item)
    answer["HX-Trigger"] = "plan-changed"
    return answer


def _render(request: HttpRequest, item: Item, status: int = 200, **forms: object) -> HttpResponse:
    tree = plan_tree(item.plan, evaluate=evaluate_remembered)
    node = tree.by_pk[item.pk]
    may_edit = request.user.has_perm("plans.edit_plan", item.plan)
    records = Record.objects.visible_to(actor(request)).standing()
    context = {
        "item": item,
        "plan": item.plan,
        "node": node,
        "duties": duty_rows(item.duties.all(), timezone.localdate(), evaluate_remembered),
        "title_parts": marked(item, "title"),
        "text_parts": marked(item, "text"),
        "path": _path(node),
        "records": records.filter(heading=item.heading_id).listed()[:LATEST]
        if item.heading_id
        else [],
        "may_edit": may_edit,
        "may_complete": request.user.has_perm("plans.complete_item", item),
        "duty_form": DutyForm(plan=item.plan),
        "completion_form": CompletionForm(),
        "proposals": proposal_forms(node) if may_edit else [],
        "target_form": target_form(item) if may_edit else None,
    } | forms
    return render(request, "plans/item.html", context, status=status)


def _path(node: Node) -> list[Node]:
    """The nodes above, from the top."""
    above: list[Node] = []
    while node.parent is not None:
        node = node.parent
        above.insert(0, node)
    return above
