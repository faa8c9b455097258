"""What runs by the clock."""

from __future__ import annotations

from datetime import time, timedelta

from django.utils import timezone
from django_tasks import task

from sheke.core.schedule import daily

from .models import Answer

KEPT = timedelta(days=7)  # so long a cut-off request may be sent again


@daily(time(3, 40))
@task()
def forget_answers() -> None:
    """Delete answers that nobody asks for again."""
    Answer.objects.filter(at__lt=timezone.now() - KEPT).delete()
