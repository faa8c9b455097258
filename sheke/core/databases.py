"""Which database the current request reads; see `sheke.site.replicas`, which chooses it."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass

from django.db import DEFAULT_DB_ALIAS, connections, models, router
from django.db.backends.base.base import BaseDatabaseWrapper


@dataclass
class Reading:
    """The database of one request, and what has become of it."""

    alias: str = DEFAULT_DB_ALIAS
    primary_away: bool = False
    wrote: bool = False
    failed: bool = False
    moment: tuple[object, ...] | None = (
        None  # of the ledger, once it was asked; see its remembering
    )


reading: ContextVar[Reading | None] = ContextVar("reading", default=None)


def is_read_only() -> bool:
    """Whether the primary database is away, so that nothing can be kept in this request."""
    now = reading.get()
    return now is not None and now.primary_away


def reading_connection(model: type[models.Model]) -> BaseDatabaseWrapper:
    """The connection over which `model` is read now, for a statement that no model makes.

    Never write over it; `django.db.connection` is the primary's.
    """
    return connections[router.db_for_read(model)]
