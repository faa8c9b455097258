"""What the clock does: send what is due, forget what went out long ago."""

from __future__ import annotations

from datetime import time, timedelta

from django.conf import settings
from django.utils import timezone
from django_tasks import task

from sheke.core.schedule import daily, every

from .gathering import gather_all
from .models import Message
from .outbox import Tally, send_messages


def send_due() -> Tally:
    """One round: gather and send. The demonstration sends nothing."""
    if settings.DEMO:
        return Tally()
    gather_all()
    return send_messages()


@every(timedelta(minutes=1))
@task()
def send_notices() -> None:
    """Send what is due. Rounds may overlap: each message is one sender's alone."""
    send_due()


@daily(time(3, 40))
@task()
def forget_messages() -> None:
    """Messages that ended long ago are deleted; the notices stay in the inbox."""
    before = timezone.now() - timedelta(days=settings.NOTICES_KEEP_DAYS)
    Message.objects.filter(sent_at__lt=before).delete()
    Message.objects.filter(given_up_at__lt=before).delete()
