"""Who may invite whom."""

from __future__ import annotations

import rules

from sheke.directory.models import Account, Organisation, Person, Tenure
from sheke.directory.queries import acting_paths, administered_paths, held_tenures
from sheke.directory.rules import administers, administers_person

from .models import Invitation

# A role may be given by whoever holds it or one behind it; others only by administrators.
ORDER = (
    Tenure.Role.REVIEWER,
    Tenure.Role.MEMBER,
    Tenure.Role.SECRETARY,
    Tenure.Role.STAFF,
    Tenure.Role.LEADER,
)


def grantable_roles(account: Account, organisation: Organisation) -> list[str]:
    """The roles that `account` may invite to in `organisation`: none above its own there."""
    if administers(account, organisation):
        return list(Tenure.Role.values)
    mine = [
        ORDER.index(Tenure.Role(tenure.role))
        for tenure in held_tenures(account)
        if tenure.organisation.contains(organisation) and tenure.role in ORDER
    ]
    return [role.value for role in ORDER[: max(mine) + 1]] if mine else []


@rules.predicate
def invites(account: Account, organisation: Organisation | None) -> bool:
    """May invite to the organisation; without one, to some organisation."""
    if organisation is None:
        return bool(acting_paths(account))
    return bool(grantable_roles(account, organisation))


@rules.predicate
def invites_person(account: Account, person: Person) -> bool:
    """May hand the person an account: all that the person may do, the inviter could have given."""
    tenures = list(person.tenures.select_related("organisation"))
    if not tenures:
        return bool(administered_paths(account)) and administers_person(account, person)
    return all(t.role in grantable_roles(account, t.organisation) for t in tenures)


@rules.predicate
def manages_invitation(account: Account, invitation: Invitation) -> bool:
    """Could have made the invitation."""
    return invitation.role in grantable_roles(account, invitation.organisation)


rules.add_perm("accounts.invite", invites)
rules.add_perm("accounts.invite_person", invites_person)
rules.add_perm("accounts.manage_invitation", manages_invitation)
