"""Numbering a tree anew: what would change, and doing it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from sheke.core.errors import BadInput

from .. import actions
from ..numbering import renumbered
from .access import actor, editable_plan


def numbers(request: HttpRequest, pk: int) -> HttpResponse:
    """The numbers that would change; a POST changes them."""
    plan = editable_plan(request, pk)
    if request.method != "POST":
        context = {"plan": plan, "changes": renumbered(plan.items.all())}
        return render(request, "plans/numbers.html", context)
    try:
        actions.renumber(plan=plan, by=actor(request))
    except BadInput as error:
        messages.info(request, str(error))
    else:
        messages.success(request, _("The items are numbered anew; “Undo” takes it back."))
    return redirect("plans:edit", pk)
