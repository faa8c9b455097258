"""What runs by the clock: reminders of stages and closing dates."""

from __future__ import annotations

from datetime import time

from django.utils import timezone
from django_tasks import task

from sheke.core.schedule import daily

from .actions.phases import remind_of_phases


@daily(time(8, 40))
@task()
def remind_of_calls() -> None:
    """Remind the people in charge and the authors of drafts."""
    remind_of_phases(today=timezone.localdate(), by=None)
