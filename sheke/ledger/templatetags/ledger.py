"""Tags that print records."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest, QueryDict

from sheke.directory.models import Organisation
from sheke.ledger import words
from sheke.ledger.evidence.kinds import ENDINGS
from sheke.ledger.evidence.thumbnails import has_thumbnail
from sheke.ledger.forms import RecordForm
from sheke.ledger.models import Evidence, Record

register = template.Library()


@register.filter
def amounts(record: Record) -> list[words.Amount]:
    """The record's amounts with names and measure words."""
    return words.amounts(record.edition.record_type, record.amounts)


@register.filter
def amount(record: Record, key: str) -> Decimal | None:
    """One amount of the record, or None."""
    value = record.amounts.get(key)
    return None if value is None else Decimal(value)


@register.filter
def attributes(record: Record) -> list[tuple[str, str]]:
    """(name, text) of the record's filter fields."""
    return words.attributes(record.edition.record_type, record.attributes)


@register.filter
def is_picture(evidence: Evidence) -> bool:
    return has_thumbnail(evidence.stored)


@register.simple_tag(takes_context=True)
def sort_link(context: dict[str, Any], key: str) -> dict[str, str]:
    """The address that sorts by `key`, and how the list is sorted by it now.

    Dates and amounts come largest first, texts from their beginning.
    """
    request: HttpRequest = context["request"]
    now = context["filter"].sort
    first = key if key in ("title", "organisation", "type") else f"-{key}"
    other = key if first.startswith("-") else f"-{key}"
    query = _without(request, "page", "sort")
    query["sort"] = other if now == first else first
    state = {key: "ascending", f"-{key}": "descending"}.get(now, "")
    return {"url": f"?{query.urlencode()}", "state": state}


@register.filter
def chosen(form: RecordForm, name: str) -> list[Organisation]:
    """The organisations that a field of several holds."""
    return form.chosen(name)


@register.simple_tag
def upload_limit() -> dict[str, object]:
    """How large a file may be, and which endings it may have."""
    limit = settings.UPLOAD_LIMIT
    return {"bytes": limit, "mb": limit >> 20, "accept": ",".join(ENDINGS)}


@register.simple_tag(takes_context=True)
def without_chip(context: dict[str, Any], names: tuple[str, ...]) -> str:
    """The address of this list without the filters of one chip."""
    return f"?{_without(context['request'], 'page', *names).urlencode()}"


@register.simple_tag(takes_context=True)
def without(context: dict[str, Any], *names: str) -> str:
    """The address of this list without some of its filters."""
    return f"?{_without(context['request'], 'page', *names).urlencode()}"


def _without(request: HttpRequest, *names: str) -> QueryDict:
    query = request.GET.copy()
    for name in names:
        query.pop(name, None)
    return query
