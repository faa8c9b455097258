"""A plan's pages: list, import, tree with progress, overview, timeline, its document."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from sheke.core.acts import last_act
from sheke.core.errors import BadInput
from sheke.directory.models import Organisation
from sheke.indicators.remembering import evaluate_remembered
from sheke.ledger.remembering import moment

from .. import actions
from ..duties import DutyRow, Standing, duty_rows
from ..forms import DocumentForm, PlanForm
from ..gantt import gantt
from ..highlights import preview_rows
from ..models import Duty, Plan
from ..nodes import Tree
from ..overviews import by_chapter, by_organisation, coming_due
from ..queries import plan_tree, visible_plans
from .access import actor, editable_plan, visible_plan


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    plans = visible_plans(actor(request))
    trees = [
        plan_tree(plan, evaluate=evaluate_remembered)
        for plan in plans.order_by("-year", "organisation__path")[:30]
    ]
    organisation: Organisation | None = request.organisation  # type: ignore[attr-defined]
    due = coming_due(trees, organisation) if organisation else []
    return render(request, "plans/index.html", {"trees": trees, "due": due})


def new(request: HttpRequest) -> HttpResponse:
    """Upload a document; a POST saves what the preview showed."""
    organisation = _acting(request)
    form = DocumentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        plan = actions.import_plan(
            organisation=organisation, read=form.read, by=actor(request), year=cleaned["year"],
            document=form.document, data=form.content, next_steps_only=cleaned["next_steps"],
        )  # fmt: skip
        count = plan.items.count()
        said = ngettext("%(n)s item was read.", "%(n)s items were read.", count) % {"n": count}
        messages.success(request, said)
        return redirect("plans:edit", plan.pk)
    context = {"form": form, "organisation": organisation}
    return render(request, "plans/new.html", context, status=422 if form.errors else 200)


@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """What a document would become; nothing is written."""
    _acting(request)
    form = DocumentForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "plans/_preview_errors.html", {"form": form})
    items = form.read.items
    if form.cleaned_data["next_steps"]:
        items = [item for item in items if item.next_step]
    context = {
        "read": form.read,
        "rows": preview_rows(items),
        "chapters": sum(item.kind == "chapter" for item in items),
        "items": sum(item.kind in {"item", "action"} for item in items),
        "problems": sum(item.kind == "problem" for item in items),
        "targets": sum(len(item.targets) for item in items),
        "times": sum(len(item.deadlines) for item in items),
        "summary": any(not item.next_step for item in form.read.items),
        "earlier": visible_plans(actor(request))
        .filter(source__sha256=form.document.sha256)
        .first(),
    }
    return render(request, "plans/_preview.html", context)


@require_POST
def new_empty(request: HttpRequest) -> HttpResponse:
    """A plan without a document."""
    organisation = _acting(request)
    year = timezone.localdate().year
    title = _("%(organisation)s: work points %(year)s") % {
        "organisation": organisation.label, "year": year,
    }  # fmt: skip
    plan = actions.create_plan(
        organisation=organisation,
        year=year,
        title=title,
        by=actor(request),
    )
    return redirect("plans:edit", plan.pk)


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    plan = visible_plan(request, pk)
    context = _kept_context(request, plan, _tree_when_printed(plan), "detail")
    return render(request, "plans/detail.html", context)


@require_safe
def overview(request: HttpRequest, pk: int) -> HttpResponse:
    plan = visible_plan(request, pk)
    tree = _tree_when_printed(plan)
    context = _kept_context(request, plan, tree, "overview") | {
        "chapters": cache(lambda: by_chapter(tree())),
        "organisations": cache(lambda: by_organisation(tree())),
        "blocked": cache(lambda: _blocked(plan)),
    }
    return render(request, "plans/overview.html", context)


@require_safe
def timeline(request: HttpRequest, pk: int) -> HttpResponse:
    plan = visible_plan(request, pk)
    tree = plan_tree(plan, evaluate=evaluate_remembered)
    context = page_context(request, tree, "timeline") | {"gantt": gantt(tree, timezone.localdate())}
    return render(request, "plans/timeline.html", context)


@require_safe
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """What the document says around its tree."""
    return _page(request, pk, "document", "plans/document.html")


def settings(request: HttpRequest, pk: int) -> HttpResponse:
    plan = editable_plan(request, pk)
    form = PlanForm(request.POST or None, instance=plan)
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        actions.describe_plan(
            plan=plan,
            title=cleaned["title"],
            year=cleaned["year"],
            escalate_after=cleaned["escalate_after"],
            by=actor(request),
        )
        return redirect("plans:detail", plan.pk)
    context = {"plan": plan, "form": form}
    return render(request, "plans/settings.html", context, status=422 if form.errors else 200)


@require_POST
def deletion(request: HttpRequest, pk: int) -> HttpResponse:
    plan = editable_plan(request, pk)
    try:
        actions.delete_plan(plan=plan, by=actor(request))
    except BadInput as error:
        messages.error(request, str(error))
        return redirect("plans:settings", pk)
    messages.success(request, _("“%(title)s” was deleted.") % {"title": plan.title})
    return redirect("plans:index")


def plan_rows(plan: Plan) -> list[DutyRow]:
    """The plan's duties with their state."""
    return duty_rows(
        Duty.objects.filter(item__plan=plan), timezone.localdate(), evaluate_remembered
    )


def _blocked(plan: Plan) -> list[DutyRow]:
    return [row for row in plan_rows(plan) if row.standing == Standing.BLOCKED]


def _acting(request: HttpRequest) -> Organisation:
    """The organisation for which a plan is made."""
    organisation: Organisation | None = request.organisation  # type: ignore[attr-defined]
    if not organisation:
        raise PermissionDenied(_("You act for no organisation; plans belong to one."))
    return organisation


def _tree_when_printed(plan: Plan) -> Callable[[], Tree]:
    return cache(lambda: plan_tree(plan, evaluate=evaluate_remembered))


def _kept_context(
    request: HttpRequest, plan: Plan, tree: Callable[[], Tree], tab: str
) -> dict[str, Any]:
    """As `page_context`, for pages that are kept as they are printed until somebody acts: what they
    show depends on the plan and on `acts`, and is read only where it is printed anew.
    """
    return {
        "plan": plan,
        "tree": tree,
        "tab": tab,
        "may_edit": request.user.has_perm("plans.edit_plan", plan),
        "unconfirmed": lambda: _unconfirmed(tree()),
        "acts": f"{timezone.localdate()} {moment()} {last_act()}",
    }


def _unconfirmed(tree: Tree) -> int:
    return sum(len(node.unconfirmed) for node in tree.nodes)


def _page(request: HttpRequest, pk: int, tab: str, template: str) -> HttpResponse:
    tree = plan_tree(visible_plan(request, pk), evaluate=evaluate_remembered)
    return render(request, template, page_context(request, tree, tab))


def page_context(request: HttpRequest, tree: Tree, tab: str) -> dict[str, Any]:
    """What the head of every page of a plan shows."""
    plan: Plan = tree.plan
    return {
        "plan": plan,
        "tree": tree,
        "tab": tab,
        "may_edit": request.user.has_perm("plans.edit_plan", plan),
        "unconfirmed": _unconfirmed(tree),
    }
