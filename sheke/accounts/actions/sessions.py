"""Verbs of sessions."""

from __future__ import annotations

from collections.abc import Iterable

from allauth.usersessions.models import UserSession
from django.db import transaction

from sheke.core import audit
from sheke.directory.models import Account


@transaction.atomic
def end_sessions(*, account: Account, sessions: Iterable[UserSession], by: Account | None) -> int:
    """End sessions of the account at once; their number."""
    ended = [session for session in sessions if session.user_id == account.pk]
    for session in ended:
        session.end()
    if ended:
        audit.record("account.end_sessions", account, by=by, count=len(ended))
    return len(ended)
