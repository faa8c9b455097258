"""Where the copy check plugs in: whoever can compare texts registers one service.

register(Service(...))    by the library, once, when it is ready
service()                 the service, or none: then the stage is passed by hand, with a reason
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from .models import Version


@dataclass(frozen=True)
class Passage:
    """A passage that stands elsewhere too: where it begins in which field, and in which work."""

    field: str
    text: str
    source: str  # title of the work, or the number of the submission
    url: str = ""


@dataclass(frozen=True)
class Likeness:
    """What was found in one version: percent of its text that stands elsewhere, and the passages."""

    percent: Decimal
    passages: Sequence[Passage] = ()


class Service(Protocol):
    """Compares what was sent with works, and with other submissions."""

    def likeness(self, versions: Sequence[Version]) -> dict[int, Likeness]:
        """What was found, by the primary key of the version."""
        ...


_services: list[Service] = []


def register(service: Service) -> None:
    """Make the service known. There is one; the last that registers is used."""
    _services.append(service)


def service() -> Service | None:
    """The service, or none where nothing can compare texts yet."""
    return _services[-1] if _services else None
