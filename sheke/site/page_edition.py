"""The moment when something public last changed: the time of one file that all processes share.

It stands alone because `prometheus_client` must not be imported before `sheke serve` has said where the
processes add up their numbers.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction


def _file() -> Path:
    return Path(settings.VAR) / "pages_changed"


def edition() -> int:
    """Changes whenever something public does."""
    try:
        return _file().stat().st_mtime_ns
    except OSError:
        return 0


def forget_pages(**_signal: Any) -> None:
    """Call it when something public changes; takes effect when the transaction is through."""
    transaction.on_commit(_touch, robust=True)


def _touch() -> None:
    _file().parent.mkdir(parents=True, exist_ok=True)
    _file().touch()
