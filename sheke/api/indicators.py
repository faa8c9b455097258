"""Indicators: what is counted, figures, and the records behind them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router
from ninja.errors import HttpError

from sheke.core.errors import BadInput
from sheke.directory.queries import organisation_by_code
from sheke.indicators.catalogue import Catalogue
from sheke.indicators.evaluation import evaluate, record_page
from sheke.indicators.plain import answer, as_data, summary
from sheke.indicators.questions import Question
from sheke.indicators.rows import Rows

from .paging import MOST, read, write

router = Router(tags=["indicators"])


@router.get("/indicators", response=list[dict[str, Any]], summary="What is counted")
def indicators(request: HttpRequest) -> list[dict[str, Any]]:
    editions = Catalogue.load().indicators.values()
    return [summary(edition) for edition in editions if not edition.definition.retired_at]


@router.get("/indicators/{key}/value", response=dict[str, Any], summary="A figure with its digest")
def value(
    request: HttpRequest, key: str, organisation: str = "", first: date | None = None,
    last: date | None = None, own: bool = False,
) -> dict[str, Any]:  # fmt: skip
    """`organisation`: code, with all below it (`own`: without); the token's own if not given."""
    return answer(*_question(request, key, organisation, first, last, own))


@router.get("/indicators/{key}/records", response=dict[str, Any], summary="The records behind it")
def rows(
    request: HttpRequest, key: str, organisation: str = "", first: date | None = None,
    last: date | None = None, own: bool = False, cursor: str = "",
    limit: int = Query(50, ge=1, le=MOST),
) -> dict[str, Any]:  # fmt: skip
    question, catalogue = _question(request, key, organisation, first, last, own)
    total = len(Rows(question, evaluate(question, catalogue), catalogue))
    start = read(cursor, 1)[0] if cursor else 0
    if not isinstance(start, int) or not 0 <= start <= total:
        raise BadInput(_("cursor: not one that a page gave."))
    found = record_page(question, start, limit, catalogue)
    following = write([start + limit]) if start + limit < total else None
    return {"total": total, "items": [as_data(one) for one in found], "next": following}


def _question(
    request: HttpRequest, key: str, code: str, first: date | None, last: date | None, own: bool
) -> tuple[Question, Catalogue]:
    """Raises BadInput for what does not exist, 403 for an organisation out of reach."""
    catalogue = Catalogue.load()
    edition = catalogue.indicator(key)
    of = organisation_by_code(code) if code else request.auth.tenure.organisation  # type: ignore[attr-defined]
    if not request.user.has_perm("indicators.view", of):
        raise HttpError(403, _("The token does not act for this organisation."))
    first = first or timezone.localdate().replace(month=1, day=1)
    last = last or first.replace(month=12, day=31)
    if last < first:
        raise BadInput(_("last: lies before first."))
    return Question(edition, of, first, last, own=own), catalogue
