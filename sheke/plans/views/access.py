"""What every view of plans asks first."""

from __future__ import annotations

from typing import cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from sheke.directory.models import Account

from ..models import Item, Plan
from ..queries import visible_plans


def actor(request: HttpRequest) -> Account:
    """Who is signed in; every page asks for that."""
    return cast(Account, request.user)


def visible_plan(request: HttpRequest, pk: int) -> Plan:
    """The plan, or 404: who may not see it does not learn that it exists."""
    return get_object_or_404(visible_plans(actor(request)), pk=pk)


def editable_plan(request: HttpRequest, pk: int) -> Plan:
    plan = visible_plan(request, pk)
    require(request, "plans.edit_plan", plan)
    return plan


def visible_item(request: HttpRequest, pk: int) -> Item:
    items = Item.objects.filter(plan__in=visible_plans(actor(request)))
    return get_object_or_404(items.select_related("plan__organisation", "heading"), pk=pk)


def editable_item(request: HttpRequest, pk: int) -> Item:
    item = visible_item(request, pk)
    require(request, "plans.edit_plan", item.plan)
    return item


def require(request: HttpRequest, permission: str, subject: Plan | Item) -> None:
    if not request.user.has_perm(permission, subject):
        raise PermissionDenied(_("You do not act for the organisation whose plan this is."))
