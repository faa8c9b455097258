"""Who may do what in the library."""

from __future__ import annotations

from typing import Any

import rules

from sheke.directory.models import Organisation
from sheke.directory.queries import acting_paths, may_act_for
from sheke.ledger.confirming.queries import officer_paths, works_for_office_of

from .models import Expert


@rules.predicate
def keeps(account: Any, organisation: Organisation | None) -> bool:
    """May add and describe works there: acts for the organisation or for one above it."""
    return (
        organisation is not None and account.is_authenticated and may_act_for(account, organisation)
    )


@rules.predicate
def keeps_something(account: Any) -> bool:
    """Acts for an organisation at all."""
    return account.is_authenticated and bool(acting_paths(account))


@rules.predicate
def publishes(account: Any, organisation: Organisation | None) -> bool:
    """May make public and take back: works for the organisation's office or for one above it."""
    return account.is_authenticated and works_for_office_of(account, organisation)


@rules.predicate
def publishes_something(account: Any) -> bool:
    """Works for an office at all."""
    return account.is_authenticated and bool(officer_paths(account))


@rules.predicate
def is_expert(account: Any, expert: Expert | None) -> bool:
    """Is the person whom the profile describes."""
    return (
        expert is not None
        and account.is_authenticated
        and account.person_id is not None
        and account.person_id == expert.person_id
    )


@rules.predicate
def describes(account: Any, expert: Expert | None) -> bool:
    """May write the profile: the person, or who works for the office that keeps it."""
    if expert is None:
        return False
    return is_expert(account, expert) or publishes(account, expert.organisation)


rules.add_perm("library.keep", keeps)
rules.add_perm("library.keep_something", keeps_something)
rules.add_perm("library.publish", publishes)
rules.add_perm("library.publish_something", publishes_something)
rules.add_perm("library.be_expert", is_expert)
rules.add_perm("library.describe_expert", describes)
