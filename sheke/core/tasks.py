"""What runs by the clock."""

from __future__ import annotations

from datetime import timedelta

from django_tasks import task

from .chain import seal_events
from .schedule import every


@every(timedelta(minutes=1))
@task()
def seal_audit_log() -> None:
    """Chain the audit events of the last minute."""
    seal_events()
