"""One line of what waits, and the order of lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

SOON = 7  # days


@dataclass(frozen=True)
class Line:
    """Something that waits: what it is about, what is to be done, where. `day`: until when.

    `done` of `all` is how far it is, where it is counted.
    """

    title: str
    text: str
    url: str
    icon: str
    today: date
    day: date | None = None
    all: int | None = None
    done: int = 0

    @property
    def is_late(self) -> bool:
        return self.day is not None and self.day < self.today

    @property
    def is_soon(self) -> bool:
        return self.day is not None and 0 <= (self.day - self.today).days <= SOON


def in_order(lines: Iterable[Line]) -> list[Line]:
    """By their days; those without one last, as they came."""
    return sorted(lines, key=lambda line: line.day or date.max)
