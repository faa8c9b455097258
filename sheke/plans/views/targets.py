"""Targets: confirm what the text proposes, set others, change and drop them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from sheke.core.errors import BadInput

from .. import actions
from ..forms import TargetForm
from ..models import Item, Target
from ..queries import plan_tree
from ..targeting import ordered_indicators, proposal_forms, target_form
from .access import actor, editable_item, visible_plan
from .items import answer
from .plans import page_context


@require_safe
def index(request: HttpRequest, pk: int) -> HttpResponse:
    """All targets of a plan, and all that its text proposes, to be confirmed one after another."""
    tree = plan_tree(visible_plan(request, pk))
    context = page_context(request, tree, "targets")
    rows = (
        [row for node in tree.nodes for row in proposal_forms(node)] if context["may_edit"] else []
    )
    context |= {
        "proposals": rows,
        "confirmed": [(node, row) for node in tree.nodes for row in node.targets],
    }
    return render(request, "plans/targets.html", context)


@require_POST
def create(request: HttpRequest, pk: int) -> HttpResponse:
    """Set a target on an item. From the list of proposals (`list`) one returns to it."""
    item = editable_item(request, pk)
    form = TargetForm(request.POST, ranked=ordered_indicators(None))
    if not form.is_valid():
        return _invalid(request, item, form)
    try:
        actions.set_target(item=item, by=actor(request), **form.cleaned_data)
    except BadInput as error:
        form.add_error(None, str(error))
        return _invalid(request, item, form)
    if request.POST.get("list"):
        return redirect("plans:targets", item.plan_id)
    return answer(request, item)


@require_POST
def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    """What the text proposes is no target. Done from its form, so that its phrase comes along."""
    item = editable_item(request, pk)
    phrase = request.POST.get("phrase", "")[:300]
    actions.dismiss_proposal(item=item, phrase=phrase, by=actor(request))
    if request.POST.get("list"):
        return redirect("plans:targets", item.plan_id)
    return answer(request, item)


def change(request: HttpRequest, pk: int) -> HttpResponse:
    target = _target(pk)
    item = editable_item(request, target.item_id)
    form = target_form(item, target, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_target(
                item=item,
                by=actor(request),
                target=target,
                **form.cleaned_data,
            )
        except BadInput as error:
            form.add_error(None, str(error))
        else:
            return answer(request, item)
    context = {"item": item, "plan": item.plan, "target": target, "form": form}
    return render(request, "plans/target.html", context, status=422 if form.errors else 200)


@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    target = _target(pk)
    item = editable_item(request, target.item_id)
    actions.drop_target(target=target, by=actor(request))
    return answer(request, item)


def _target(pk: int) -> Target:
    found = Target.objects.select_related("goal__indicator__current", "goal__organisation")
    return get_object_or_404(found, pk=pk)


def _invalid(request: HttpRequest, item: Item, form: TargetForm) -> HttpResponse:
    context = {"item": item, "plan": item.plan, "form": form, "target": None}
    return render(request, "plans/target.html", context, status=422)
