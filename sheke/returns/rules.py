"""Who may do what with data returns."""

from __future__ import annotations

import rules

from sheke.directory.models import Account, Organisation
from sheke.directory.queries import may_act_for
from sheke.ledger.confirming.queries import officer_paths, works_for_office_of

from .models import Asked, Return


@rules.predicate
def fills(account: Account, asked: Asked | None) -> bool:
    """May read and write the organisation's answer: acts for it or for one above it."""
    return asked is not None and may_act_for(account, asked.organisation)


@rules.predicate
def asks(account: Account, organisation: Organisation | None) -> bool:
    """May ask in the organisation's name: works for its office or for one above it."""
    return works_for_office_of(account, organisation)


@rules.predicate
def runs(account: Account, one: Return | None) -> bool:
    """May accept, send back, remind, close: who may ask in the asking organisation's name."""
    return one is not None and asks(account, one.organisation)


@rules.predicate
def asks_something(account: Account) -> bool:
    """Works for an office at all."""
    return bool(officer_paths(account))


rules.add_perm("returns.fill", fills)
rules.add_perm("returns.ask", asks)
rules.add_perm("returns.run", runs)
rules.add_perm("returns.ask_something", asks_something)
