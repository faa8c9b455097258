"""Writing audit events."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone

from .models import AuditEvent
from .rows import insert_rows


def record(verb: str, subject: models.Model | None = None, *, by: Any, **data: Any) -> AuditEvent:
    """Keep that `by` (an account, or None for the system) did `verb` to `subject`.

    `data` must be JSON; it holds what changed, never personal data that the subject does not hold.
    Call it inside the action's own transaction.
    """
    return AuditEvent.objects.create(**_fields(verb, subject, by, data))


def record_many(verb: str, subjects: list[models.Model], *, by: Any, **data: Any) -> None:
    """One event for each of many subjects, in one statement."""
    now = timezone.now()
    fields = [_fields(verb, subject, by, data) for subject in subjects]
    if fields:
        insert_rows(AuditEvent, ("at", *fields[0]), ((now, *f.values()) for f in fields))


def _fields(
    verb: str, subject: models.Model | None, by: Any, data: dict[str, Any]
) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "verb": verb,
        "actor_id": getattr(by, "pk", None),
        "actor_name": by.get_username() if by is not None else "",
        "data": data,
    }
    if subject is not None:
        fields |= {
            "subject_type": subject._meta.label_lower,
            "subject_id": subject.pk,
            # People go by their number: a name could not be taken out of the log again.
            "subject_name": str(getattr(subject, "audit_name", subject))[:300],
        }
    return fields
