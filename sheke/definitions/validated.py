"""Editions' data once validated. A digest stands for one text for good, and schemas are frozen, so that
every request of a process may share them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .schemas import SCHEMAS

MOST = 2000  # editions; an office has a few hundred
_known: dict[tuple[str, str], Any] = {}


def schema_of(kind: str, digest: str, data: Callable[[], dict[str, Any]]) -> Any:
    """The data as the model of its kind. Raises pydantic's ValidationError."""
    found = _known.get((kind, digest))
    if found is None:
        found = SCHEMAS[kind].model_validate(data())
        _keep((kind, digest), found)
    return found


def _keep(key: tuple[str, str], schema: Any) -> None:
    if len(_known) >= MOST:
        _known.clear()
    _known[key] = schema
