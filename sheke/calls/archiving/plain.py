"""Nouns as plain data: every column of their own, so that nothing new is forgotten."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils import timezone

from sheke.directory.models import Account, Person
from sheke.ledger.models import StoredFile


def plain(noun: models.Model, *left_out: str) -> dict[str, Any]:
    """{column: value} for JSON. People are named, stored files told by their SHA-256; what else is
    referred to stands by its number. Read related accounts with the noun, or each costs a query.
    """
    return {
        field.name: _value(noun, field)
        for field in noun._meta.concrete_fields
        if field.name not in left_out
    }


def _value(noun: models.Model, field: Any) -> Any:
    if isinstance(field, models.ForeignKey) and getattr(noun, field.attname) is not None:
        if issubclass(field.related_model, Account | Person):
            return named(getattr(noun, field.name))
        if issubclass(field.related_model, StoredFile):
            return getattr(noun, field.name).sha256
    value = getattr(noun, field.attname)
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str | int | float | bool | list | dict | None) else str(value)


def named(who: Account | Person | None) -> str:
    """A person's name, also of an account; "" for nobody: the machine did it."""
    if isinstance(who, Account):
        return who.person.name if who.person else who.username
    return who.name if who else ""


def moment(at: datetime | None) -> str | None:
    """With the zone's offset, to the second."""
    return timezone.localtime(at).isoformat(timespec="seconds") if at else None
