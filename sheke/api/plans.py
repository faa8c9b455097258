"""Plans with their items, duties and targets."""

from __future__ import annotations

from typing import Any, cast

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router

from sheke.directory.models import Account
from sheke.plans.models import Plan
from sheke.plans.plain import as_dict
from sheke.plans.queries import plan_tree, visible_plans

from .paging import MOST, Page, page

router = Router(tags=["plans"])


@router.get("/plans", response=Page, summary="Plans, the latest first")
def plans(
    request: HttpRequest, year: int | None = Query(None, ge=1900, le=2200), cursor: str = "",
    limit: int = Query(50, ge=1, le=MOST),
) -> dict[str, Any]:  # fmt: skip
    found = visible_plans(cast(Account, request.user))
    if year is not None:
        found = found.filter(year=year)
    rows, following = page(found, by=("year", "id"), cursor=cursor, limit=limit, descending=True)
    return {"items": [_head(row) for row in rows], "next": following}


@router.get("/plans/{int:number}", response=dict[str, Any], summary="A plan with all its items")
def plan(request: HttpRequest, number: int) -> dict[str, Any]:
    if number >= 2**63:
        raise Http404
    found = get_object_or_404(visible_plans(cast(Account, request.user)), pk=number)
    return _head(found) | {"items": [as_dict(node) for node in plan_tree(found).nodes]}


def _head(plan: Plan) -> dict[str, Any]:
    return {
        "id": plan.pk, "year": plan.year, "title": plan.title,
        "organisation": plan.organisation.code,
    }  # fmt: skip
