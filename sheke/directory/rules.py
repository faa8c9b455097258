"""Who may: predicates of the directory, used by the apps above."""

from __future__ import annotations

import rules

from .models import Account, Organisation, Person
from .queries import acting_tenures, administered_paths, current_paths, may_act_for


@rules.predicate
def acts_for(account: Account, organisation: Organisation | None) -> bool:
    """Acts for the organisation itself or for one above it."""
    return organisation is not None and may_act_for(account, organisation)


@rules.predicate
def administers(account: Account, organisation: Organisation | None) -> bool:
    """Is an administrator of the organisation or of one above it, or runs the machine.

    Without an organisation: of a root, and so of everything below it.
    """
    if account.is_superuser and account.is_active:
        return True
    tenures = acting_tenures(account).filter(role="administrator")
    if organisation is None:
        return tenures.filter(organisation__parent=None).exists()
    return any(organisation.path.startswith(t.organisation.path) for t in tenures)


@rules.predicate
def administers_something(account: Account) -> bool:
    """Is an administrator somewhere, or runs the machine."""
    return bool(administered_paths(account))


@rules.predicate
def administers_person(account: Account, person: Person) -> bool:
    """Administers every organisation that the person belongs to today; a root's also those of none.

    Every one of them: otherwise a small society's administrator could set the password of a member
    who leads the federation.
    """
    mine = administered_paths(account)
    theirs = current_paths(person)
    if not theirs:
        return administers(account, None)
    return all(path.startswith(tuple(mine)) for path in theirs)


@rules.predicate
def administers_account(account: Account, other: Account) -> bool:
    """Administers the account's person; an account that runs the machine answers to its like only."""
    if account.is_superuser and account.is_active:
        return True
    if other.is_superuser or other.person is None:
        return False
    return administers_person(account, other.person)


@rules.predicate
def sees_contacts(account: Account, person: Person) -> bool:
    """Is the person, acts for an organisation that the person belongs to, or administers them."""
    if account.person_id == person.pk:
        return True
    mine = tuple(acting_tenures(account).values_list("organisation__path", flat=True))
    theirs = current_paths(person)
    if any(path.startswith(mine) for path in theirs):
        return True
    return administers_person(account, person)


rules.add_perm("directory.act_for", acts_for)
rules.add_perm("directory.administer", administers)
rules.add_perm("directory.administer_something", administers_something)
rules.add_perm("directory.administer_person", administers_person)
rules.add_perm("directory.administer_account", administers_account)
rules.add_perm("directory.see_contacts", sees_contacts)
