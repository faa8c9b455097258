"""Organisations, and who asks."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Schema

from sheke.directory.models import Organisation
from sheke.directory.queries import find_organisations, organisation_by_code

from .paging import MOST, Page, page

router = Router(tags=["organisations"])


class OrganisationOut(Schema):
    code: str
    name: str
    short_name: str
    kind: str
    parent: str | None
    valid_from: str | None
    valid_to: str | None


class Me(Schema):
    name: str
    role: str
    organisation: OrganisationOut
    writes: bool
    expires_on: str | None


@router.get("/me", response=Me, summary="For whom the token acts")
def me(request: HttpRequest) -> dict[str, Any]:
    token = request.auth  # type: ignore[attr-defined]
    return {
        "name": str(token.account), "role": token.tenure.role, "writes": token.writes,
        "organisation": as_dict(token.tenure.organisation),
        "expires_on": token.expires_on.isoformat() if token.expires_on else None,
    }  # fmt: skip


@router.get("/organisations", response=Page, summary="Organisations in the order of the tree")
def organisations(
    request: HttpRequest, text: str = "", kind: str = "", below: str = "", cursor: str = "",
    limit: int = Query(50, ge=1, le=MOST),
) -> dict[str, Any]:  # fmt: skip
    """`text`: words of the name or code. `kind`: society, … `below`: code of one above."""
    found = find_organisations(text)
    if kind:
        found = found.filter(kind=kind)
    if below:
        found = found.below(organisation_by_code(below))
    rows, following = page(found.select_related("parent"), by=("path",), cursor=cursor, limit=limit)
    return {"items": [as_dict(row) for row in rows], "next": following}


@router.get("/organisations/{code}", response=OrganisationOut, summary="One organisation")
def organisation(request: HttpRequest, code: str) -> dict[str, Any]:
    return as_dict(organisation_by_code(code))


def as_dict(one: Organisation) -> dict[str, Any]:
    return {
        "code": one.code, "name": one.name, "short_name": one.short_name, "kind": one.kind,
        "parent": one.parent.code if one.parent else None,
        "valid_from": one.valid_from.isoformat() if one.valid_from else None,
        "valid_to": one.valid_to.isoformat() if one.valid_to else None,
    }  # fmt: skip
