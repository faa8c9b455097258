"""What the forms of meetings offer."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest

from sheke.directory.queries import reachable_organisations
from sheke.plans.models import Item, Plan
from sheke.plans.queries import visible_plans

from ..models import Meeting
from .access import actor


def items_for(request: HttpRequest, meeting: Meeting) -> QuerySet[Item]:
    """Items of the plans of the meeting's year that the account sees."""
    year = meeting.starts_at.year
    plans = visible_plans(actor(request)).filter(year__in=(year, year + 1)).order_by()
    items = Item.objects.filter(plan__in=plans.values("pk")).exclude(kind=Item.Kind.PROBLEM)
    return items.order_by("plan", "position")


def plans_for(request: HttpRequest) -> QuerySet[Plan]:
    """The plans that the account may change, the latest first."""
    reach = reachable_organisations(actor(request)).order_by().values("pk")
    plans = Plan.objects.filter(organisation__in=reach).select_related("organisation")
    return plans.order_by("-year", "organisation__path", "-id")
