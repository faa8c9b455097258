"""Checks that every action of the directory makes before it writes."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core.errors import BadInput

from ..models import Erasure, Person


def check(instance: models.Model, *, exclude: tuple[str, ...] = ()) -> None:
    """Raise BadInput, naming each field, unless the model's own rules hold."""
    try:
        instance.full_clean(exclude=set(exclude))
    except ValidationError as error:
        raise BadInput("; ".join(_lines(instance, error))) from None


def _lines(instance: models.Model, error: ValidationError) -> list[str]:
    lines = []
    for name, messages in error.message_dict.items():
        if name == NON_FIELD_ERRORS:
            lines += messages
            continue
        label = instance._meta.get_field(name).verbose_name  # type: ignore[union-attr]
        lines += [f"{label}: {message}" for message in messages]
    return lines


def not_ahead(day: date) -> None:
    """Raise BadInput for a day that has not come: what is written down holds at once."""
    if day > timezone.localdate():
        raise BadInput(_("%(day)s lies ahead; write it down when it has come.") % {"day": day})


def reason_given(reason: str) -> str:
    """The reason without spaces around it; raise BadInput when there is none."""
    if not reason.strip():
        raise BadInput(_("Give a reason."))
    return reason.strip()


def not_erased(person: Person) -> None:
    """Raise BadInput for somebody who was erased: nothing is to name them again."""
    if Erasure.objects.filter(person=person).exists():
        raise BadInput(_("This person was erased; make a new one."))
