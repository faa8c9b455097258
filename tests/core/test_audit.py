"""Audit events are written once and stay as they are."""

from __future__ import annotations

import pytest
from django.db import transaction

from sheke.core import audit
from sheke.core.models import AuditEvent

pytestmark = pytest.mark.django_db


def test_an_event_is_never_changed_nor_deleted() -> None:
    event = audit.record("plan.create", by=None)
    event.verb = "plan.delete"
    for forbidden in (
        event.save,
        event.delete,
        AuditEvent.objects.all().delete,
        lambda: AuditEvent.objects.update(verb="x"),
        lambda: AuditEvent.objects.bulk_update([event], ["verb"]),
    ):
        with pytest.raises(TypeError), transaction.atomic():
            forbidden()
    assert AuditEvent.objects.get().verb == "plan.create"
