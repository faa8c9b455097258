"""The days that matter to a person. An app registers its provider in its own `notices.py`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from sheke.directory.models import Account, Organisation


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
OrganisationProvider = Callable[[Organisation, date, date], Iterable[Deadline]]
PROVIDERS: list[Provider] = []
ORGANISATION_PROVIDERS: list[OrganisationProvider] = []


def register(provider: Provider) -> Provider:
    """Make a provider known: it is given account, first and last day, and leaves out what the
    account may not see. Usable as a decorator.
    """
    PROVIDERS.append(provider)
    return provider


def deadlines(account: Account, first: date, last: date) -> list[Deadline]:
    """All deadlines of the account from `first` to `last` inclusive, the earliest first."""
    found = [d for provider in PROVIDERS for d in provider(account, first, last)]
    return in_order(found)


def register_organisation(provider: OrganisationProvider) -> OrganisationProvider:
    """Make a provider of an organisation's deadlines known: it is given the organisation, first and
    last day, and leaves out what not everybody who acts for it may see. Usable as a decorator.
    """
    ORGANISATION_PROVIDERS.append(provider)
    return provider


def deadlines_of(organisation: Organisation, first: date, last: date) -> list[Deadline]:
    """All deadlines of the organisation from `first` to `last` inclusive, the earliest first."""
    found = [d for provider in ORGANISATION_PROVIDERS for d in provider(organisation, first, last)]
    return in_order(found)


def in_order(found: Iterable[Deadline]) -> list[Deadline]:
    """Each once, the earliest first."""
    once = {deadline.uid: deadline for deadline in found}
    return sorted(once.values(), key=lambda deadline: (deadline.day, deadline.title, deadline.uid))
