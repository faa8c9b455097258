"""A finding, and the list of those who look."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _


class Severity(StrEnum):
    """An error must be mended, a warning should be, info is good to know."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True)
class Finding:
    """`id` is lasting (`backup.old`), for programs; `what` and `mend` are for people."""

    id: str
    severity: Severity
    what: str
    mend: str = ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


Look = Callable[[], Iterable[Finding]]


@dataclass(frozen=True)
class Entry:
    """One look: whether it needs the tables, and when it is done at all."""

    look: Look
    tables: bool = False
    only: str = ""  # “deep” or “files”: takes long, done when asked for


LOOKS: list[Entry] = []


def looks(*, tables: bool = False, only: str = "") -> Callable[[Look], Look]:
    """Register a look; `tables`: left out while the database cannot be used."""

    def keep(look: Look) -> Look:
        LOOKS.append(Entry(look, tables, only))
        return look

    return keep


def error(key: str, what: str, mend: str = "") -> Finding:
    return Finding(key, Severity.ERROR, what, mend)


def warning(key: str, what: str, mend: str = "") -> Finding:
    return Finding(key, Severity.WARNING, what, mend)


def info(key: str, what: str, mend: str = "") -> Finding:
    return Finding(key, Severity.INFO, what, mend)


def findings(*, deep: bool = False, files: bool = False) -> list[Finding]:
    """All that there is to say, errors first. A look that fails is a finding too."""
    from . import database, keeping, machine, people, web, work  # noqa: F401  they register

    asked = {"", *(["deep"] if deep else []), *(["files"] if files else [])}
    usable = database.usable()
    found: list[Finding] = []
    for entry in LOOKS:
        if entry.only in asked and (usable or not entry.tables):
            try:
                found += entry.look()
            except Exception as failure:  # what is broken must not keep the rest from being told
                name = entry.look.__name__
                found.append(
                    error(f"check.{name}", _("“%(look)s” could not be looked at: %(why)s") % {"look": name, "why": failure})
                )  # fmt: skip
    order = list(Severity)
    return sorted(found, key=lambda finding: order.index(finding.severity))
