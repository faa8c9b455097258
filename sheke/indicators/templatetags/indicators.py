"""Tags of the records behind a figure."""

from __future__ import annotations

from decimal import Decimal

from django import template
from django.urls import NoReverseMatch, reverse

from sheke.ledger.models import Record

register = template.Library()


@register.simple_tag
def record_url(pk: int) -> str:
    """Where the ledger shows the record of this number."""
    try:
        return reverse("ledger:record", args=[pk])
    except NoReverseMatch:
        return ""


@register.filter
def amount(record: Record, measure: str) -> Decimal | None:
    """The record's amount of a measure, as a number."""
    value = record.amounts.get(measure)
    return None if value is None else Decimal(value)
