"""The index's table, made after migrations: its shape differs by database."""

from __future__ import annotations

from typing import Any

from django.db import connections

from .index import search_index


def make_index(sender: object = None, using: str = "default", **_signal: Any) -> None:
    """A receiver of post_migrate."""
    search_index(connections[using]).create()
