"""The days that matter to a person. An app registers its provider in its own `notices.py`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from sheke.directory.models import Account


@dataclass(frozen=True)
class Deadline:
    """One day by which something is to be done, or on which something takes place.

    uid: lasting and unique over the installation, “duty-17”. url: the page's path.
    """

    uid: str
    day: date
    title: str
    url: str
    done: bool = False


Provider = Callable[[Account, date, date], Iterable[Deadline]]
PROVIDERS: list[Provider] = []


def register(provider: Provider) -> Provider:
    """Make a provider known: it is given account, first and last day, and leaves out what the
    account may not see. Usable as a decorator.
    """
    PROVIDERS.append(provider)
    return provider


def deadlines(account: Account, first: date, last: date) -> list[Deadline]:
    """All deadlines of the account from `first` to `last` inclusive, the earliest first."""
    found = [d for provider in PROVIDERS for d in provider(account, first, last)]
    return sorted(found, key=lambda deadline: (deadline.day, deadline.title, deadline.uid))
