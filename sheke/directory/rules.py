"""Who may: predicates of the directory, used by the apps above."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rules
from django.utils.translation import gettext as _

from .models import STEP, Account, Erasure, Organisation, Person, Tenure, Term
from .queries import (
    administered_paths,
    current_paths,
    held_tenures,
    may_act_for,
    paths_by_role,
)

if TYPE_CHECKING:
    from .boards import Change

COMPOSERS = (Tenure.Role.SECRETARY, Tenure.Role.LEADER)


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
    mine = paths_by_role(account, Tenure.Role.ADMINISTRATOR)
    if organisation is None:
        return any(len(path) == STEP for path in mine)
    return organisation.path.startswith(tuple(mine))


@rules.predicate
def administers_something(account: Account) -> bool:
    """Is an administrator somewhere, or runs the machine."""
    return bool(administered_paths(account))


@rules.predicate
def administers_person(account: Account, person: Person) -> bool:
    """Administers every organisation that the person belongs to today; a root's also those of none.

    Every one of them: otherwise a small society's administrator could set the password of a member
    who leads the federation. Somebody erased is nobody's to administer any more.
    """
    if Erasure.objects.filter(person=person).exists():
        return False
    mine = administered_paths(account)
    theirs = current_paths(person)
    if not theirs:
        return administers(account, None)
    return all(path.startswith(tuple(mine)) for path in theirs)


@rules.predicate
def administers_account(account: Account, other: Account) -> bool:
    """Administers the account's person; an account that runs the machine answers to its like only."""
    if Erasure.objects.filter(person__account=other).exists():
        return False
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
    mine = tuple(paths_by_role(account, *Tenure.ACTING))
    if any(path.startswith(mine) for path in current_paths(person, contacts=True)):
        return True
    return administers_person(account, person)


@rules.predicate
def changes_board(account: Account, organisation: Organisation | None) -> bool:
    """Administers the organisation, or is its own secretary or leader (not one above it)."""
    if organisation is None:
        return False
    own = paths_by_role(account, *COMPOSERS)
    return administers(account, organisation) or organisation.path in own


@rules.predicate
def undoes_term(account: Account, term: Term) -> bool:
    """Administers the organisation, or made the change and may still change the board."""
    if administers(account, term.organisation):
        return True
    return term.by_id == account.pk and changes_board(account, term.organisation)


def may_change_board(account: Account | None, change: Change) -> str:
    """Why the account may not make this change of term; empty when it may.

    Nobody gives or takes a role whose rights reach further than their own, and nobody gives
    themselves rights that they do not hold already, for as long.
    """
    if account is None or (account.is_superuser and account.is_active):
        return ""
    organisation = change.organisation
    if not changes_board(account, organisation):
        return _("Only an administrator or the organisation's own secretary may do this.")
    given = [(e.person, e.role) for e in change.begins]
    given += [(t.person, t.role) for t in change.prolonged]
    touched = [role for _person, role in given] + [t.role for t in change.ends]
    mine = _reach(account, organisation)
    if beyond := [role for role in touched if Tenure.RANK[Tenure.Role(role)] > mine]:
        return _(
            "The role “%(role)s” has more rights than yours; ask an administrator to change it."
        ) % {"role": Tenure.Role(beyond[0]).label}
    lasting = max(_reach(account, organisation, lasting=True), 0)
    for person, role in given:
        if _is_me(account, person) and Tenure.RANK[Tenure.Role(role)] > lasting:
            return _("Nobody gives themselves rights; ask somebody else to make this change.")
    return ""


def _is_me(account: Account, person: Person | None) -> bool:
    return person is not None and person.pk == account.person_id


def _reach(account: Account, organisation: Organisation, *, lasting: bool = False) -> int:
    """The highest rank that the account holds in the organisation: its own roles there, and
    administrators' from above. `lasting`: only by tenures without an end. -1 for none.
    """
    tenures = held_tenures(account)
    if lasting:
        tenures = [tenure for tenure in tenures if tenure.until is None]
    ranks = [
        Tenure.RANK[Tenure.Role(tenure.role)]
        for tenure in tenures
        if tenure.organisation_id == organisation.pk
        or (tenure.role == Tenure.Role.ADMINISTRATOR and tenure.organisation.contains(organisation))
    ]
    return max(ranks, default=-1)


rules.add_perm("directory.act_for", acts_for)
rules.add_perm("directory.change_board", changes_board)
rules.add_perm("directory.undo_term", undoes_term)
rules.add_perm("directory.administer", administers)
rules.add_perm("directory.administer_something", administers_something)
rules.add_perm("directory.administer_person", administers_person)
rules.add_perm("directory.administer_account", administers_account)
rules.add_perm("directory.see_contacts", sees_contacts)
