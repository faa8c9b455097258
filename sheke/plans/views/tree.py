"""The editor of the tree. Every POST answers with the tree as it stands then."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sheke.core.errors import BadInput

from .. import actions
from ..actions.history import redoable
from ..forms import ItemForm, PlaceForm
from ..models import Item, Plan
from ..numbering import renumbered
from ..queries import plan_tree
from .access import actor, editable_item, editable_plan
from .plans import page_context


@require_safe
def editor(request: HttpRequest, pk: int) -> HttpResponse:
    plan = editable_plan(request, pk)
    return render(request, "plans/edit.html", _context(request, plan))


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    plan = editable_plan(request, pk)
    return _done(request, plan, lambda: actions.undo(plan=plan, by=actor(request)))


@require_POST
def redo(request: HttpRequest, pk: int) -> HttpResponse:
    plan = editable_plan(request, pk)
    return _done(request, plan, lambda: actions.redo(plan=plan, by=actor(request)))


@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """A new item behind `after`, or at the end."""
    plan = editable_plan(request, pk)
    number = request.POST.get("after", "")
    after = plan.items.filter(pk=number).first() if number.isdecimal() else None
    kind = after.kind if after else Item.Kind.CHAPTER
    made: list[Item] = []

    def act() -> None:
        title = _("New item")
        made.append(
            actions.add_item(plan=plan, title=title, after=after, kind=kind, by=actor(request))
        )

    answer = _done(request, plan, act)
    if made:
        answer["X-Item"] = str(made[0].pk)  # the script puts the keyboard there
    return answer


def words(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of an item's words, in the drawer. With `at` the text is split at that character."""
    item = editable_item(request, pk)
    initial = {"number": item.number, "kind": item.kind, "title": item.title, "text": item.text}
    form = ItemForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            _write(request, item, form)
        except BadInput as error:
            form.add_error(None, str(error))
        else:
            return HttpResponse(status=204, headers={"HX-Trigger": "drawer-close, plan-changed"})
    context = {"item": item, "plan": item.plan, "form": form}
    return render(request, "plans/words.html", context, status=422 if form.errors else 200)


def _write(request: HttpRequest, item: Item, form: ItemForm) -> None:
    at = request.POST.get("at", "")
    changed = any(getattr(item, name) != value for name, value in form.cleaned_data.items())
    if changed:
        actions.rewrite_item(item=item, by=actor(request), **form.cleaned_data)
    if at.isdecimal():
        item.refresh_from_db()
        actions.split_item(item=item, at=int(at), by=actor(request))


@require_POST
def place(request: HttpRequest, pk: int) -> HttpResponse:
    """Move an item: dropped somewhere, or one step up, down, in or out by the keyboard."""
    item = editable_item(request, pk)
    form = PlaceForm(request.POST, plan=item.plan)

    def act() -> None:
        if not form.is_valid():
            raise BadInput(_("The item does not exist any more."))
        actions.move_item(item=item, by=actor(request), **form.cleaned_data)

    return _done(request, item.plan, act)


@require_POST
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    item = editable_item(request, pk)
    return _done(request, item.plan, lambda: actions.merge_item(item=item, by=actor(request)))


@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    item = editable_item(request, pk)
    return _done(request, item.plan, lambda: actions.delete_item(item=item, by=actor(request)))


def _done(request: HttpRequest, plan: Plan, act: Callable[[], object]) -> HttpResponse:
    """Do it, say what cannot be done, and answer with the tree."""
    try:
        act()
    except BadInput as error:
        messages.error(request, str(error))
    return render(request, "plans/_editor.html", _context(request, plan) | {"fragment": True})


def _context(request: HttpRequest, plan: Plan) -> dict[str, object]:
    tree = plan_tree(plan, measured=False)
    last = plan.edits.filter(undone_at=None).first()
    return page_context(request, tree, "edit") | {
        "last_edit": last,
        "may_redo": redoable(plan).exists(),
        "misnumbered": len(renumbered(node.item for node in tree.nodes)),
    }
