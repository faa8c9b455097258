"""Named reads of notices."""

from __future__ import annotations

from django.db.models import QuerySet

from sheke.directory.models import Account

from .models import Comment, Feed, Notice

MANY = 100  # the bell counts no further: “99+”


def unread_count(account: Account) -> int:
    """How many notices wait, up to MANY. One query over an index of unread notices alone."""
    unread = Notice.objects.filter(account=account, read_at=None).order_by()
    return unread[:MANY].count()


def inbox(account: Account, *, unread: bool = False, kind: str = "") -> QuerySet[Notice]:
    """The account's notices, the latest first."""
    found = Notice.objects.filter(account=account)
    if unread:
        found = found.filter(read_at=None)
    return found.filter(kind=kind) if kind else found


def live_feeds(account: Account) -> QuerySet[Feed]:
    """The account's calendar links that have not ended; its own first."""
    found = Feed.objects.filter(account=account, ended_at=None).select_related("organisation")
    return found.order_by("organisation__path", "id")


def conversation(subject_type: str, subject_id: int) -> QuerySet[Comment]:
    """The comments about a thing with what their rows show, in two queries."""
    found = Comment.objects.filter(subject_type=subject_type, subject_id=subject_id)
    return found.select_related("author__person", "withdrawal").prefetch_related("versions")
