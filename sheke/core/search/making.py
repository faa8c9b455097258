"""The index's tables, made after migrations: their shape differs by database."""

from __future__ import annotations

from typing import Any

from django.db import connections

from .index import search_index
from .sources import SOURCES


def make_index(sender: object = None, using: str = "default", **_signal: Any) -> None:
    """A receiver of post_migrate."""
    for kind in SOURCES:
        search_index(kind, connections[using]).create()
