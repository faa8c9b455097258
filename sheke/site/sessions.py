"""Sessions in the database, as Django's own; while the primary is away they are only read."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends import db

from sheke.core.databases import is_read_only


class SessionStore(db.SessionStore):
    """What a reader leaves in the session meanwhile (a message, a preference) is let go."""

    def save(self, must_create: bool = False) -> None:
        if not is_read_only():
            super().save(must_create)

    def delete(self, session_key: Any = None) -> None:
        if not is_read_only():
            super().delete(session_key)
