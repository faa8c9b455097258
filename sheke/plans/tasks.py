"""Background work of plans."""

from __future__ import annotations

from datetime import time

from django.utils import timezone
from django_tasks import task

from sheke.core.schedule import daily

from . import actions


@daily(time(8))
@task()
def remind_of_duties() -> int:
    """What is due soon or overdue is told; run twice a day it tells once. Gives how many were told."""
    return len(actions.remind(today=timezone.localdate(), by=None))
