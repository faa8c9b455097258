"""Marking notices as read. Nobody else is to see when; so no audit event."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from sheke.directory.models import Account

from ..models import Notice


@transaction.atomic
def mark_read(*, notices: Sequence[Notice], by: Account) -> None:
    """Mark those that are `by`'s own; when one was first read stays."""
    mine = Notice.objects.filter(pk__in=[notice.pk for notice in notices], account=by)
    mine.filter(read_at=None).update(read_at=timezone.now())


@transaction.atomic
def mark_all_read(*, by: Account) -> int:
    """Mark everything unread as read; how many there were."""
    return Notice.objects.filter(account=by, read_at=None).update(read_at=timezone.now())
