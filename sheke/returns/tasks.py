"""What runs by the clock: recurring returns open, reminders go out."""

from __future__ import annotations

from datetime import time

from django.utils import timezone
from django_tasks import task

from sheke.core.schedule import daily

from .actions import open_due, remind_due


@daily(time(7, 30))
@task()
def open_returns() -> None:
    """Open what the series owe. Running twice opens nothing twice."""
    open_due(today=timezone.localdate(), by=None)


@daily(time(8, 30))
@task()
def send_reminders() -> None:
    """Remind of what is due soon or late."""
    remind_due(today=timezone.localdate(), by=None)
