"""What an adapter is given and how it answers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar
from uuid import UUID

from django.utils.functional import Promise


@dataclass(frozen=True)
class Envelope:
    """One message. `key` is the same at every try, so that the other side can know a repetition."""

    key: UUID
    address: str
    subject: str
    text: str
    secret: str = ""  # of a hook


class Refused(Exception):
    """The other side will never take this message: given up at once."""


class NotNow(Exception):
    """It certainly was not taken; another try is right, not before `after` if that is given."""

    def __init__(self, reason: str, after: timedelta | None = None) -> None:
        super().__init__(reason)
        self.after = after


class Unclear(Exception):
    """It may have been taken or not: the answer did not come."""


class Channel(ABC):
    """Sends one envelope. `repeats` decides what follows when nobody knows whether it went out.

    repeats true: at least once, tried again (the other side drops what it has by the key). False:
    at most once, given up and shown to administrators.
    """

    key: ClassVar[str]
    label: ClassVar[str | Promise]
    repeats: ClassVar[bool]

    @abstractmethod
    def ready(self) -> bool:
        """Whether the settings that it needs are made."""

    @abstractmethod
    def checked_address(self, address: str) -> str:
        """The address in its lasting form. Raises BadInput."""

    @abstractmethod
    def send(self, envelope: Envelope) -> str:
        """Send it; what the other side calls it, or "". Raises Refused, NotNow or Unclear."""
