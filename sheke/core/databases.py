"""Which database the current request reads, and what it has asked already.

`sheke.site.replicas` chooses the database."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections, models, router
from django.db.backends.base.base import BaseDatabaseWrapper

Answer = TypeVar("Answer")


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
    answers: dict[Hashable, Any] = field(default_factory=dict)


reading: ContextVar[Reading | None] = ContextVar("reading", default=None)


def is_read_only() -> bool:
    """Whether the primary database is away, so that nothing can be kept in this request."""
    now = reading.get()
    return now is not None and now.primary_away


def asked_once(key: Hashable, ask: Callable[[], Answer]) -> Answer:
    """What `ask` gives. A request asks once for each key, until it writes; then always anew.

    Outside a request nothing is kept.
    """
    now = reading.get()
    if now is None or now.wrote:
        return ask()
    if key not in now.answers:
        answer = ask()
        if now.wrote:
            return answer
        now.answers[key] = answer
    found: Answer = now.answers[key]
    return found


def reading_connection(model: type[models.Model]) -> BaseDatabaseWrapper:
    """The connection over which `model` is read now, for a statement that no model makes.

    Never write over it; `django.db.connection` is the primary's.
    """
    return connections[router.db_for_read(model)]
