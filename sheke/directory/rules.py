"""Who may: predicates of the directory, used by the apps above."""

from __future__ import annotations

import rules

from .models import Account, Organisation
from .queries import acting_tenures, may_act_for


@rules.predicate
def acts_for(account: Account, organisation: Organisation | None) -> bool:
    """Acts for the organisation itself or for one above it."""
    return organisation is not None and may_act_for(account, organisation)


@rules.predicate
def administers(account: Account, organisation: Organisation | None) -> bool:
    """Is an administrator of the organisation or of one above it, or runs the machine."""
    if account.is_superuser and account.is_active:
        return True
    tenures = acting_tenures(account).filter(role="administrator")
    if organisation is None:
        return tenures.filter(organisation__parent=None).exists()
    return any(organisation.path.startswith(t.organisation.path) for t in tenures)


rules.add_perm("directory.act_for", acts_for)
rules.add_perm("directory.administer", administers)
