"""Who may do what in the ledger."""

from __future__ import annotations

import rules

from sheke.directory.models import Account, Organisation, Tenure
from sheke.directory.queries import may_act_for, paths_by_role

from .confirming.queries import officer_paths
from .models import Record

CLOSERS = (Tenure.Role.STAFF, Tenure.Role.LEADER, Tenure.Role.ADMINISTRATOR)


@rules.predicate
def sees_record(account: Account, record: Record | None) -> bool:
    """Acts for the reporting organisation, one that takes part, or one above either."""
    return record is not None and Record.objects.filter(pk=record.pk).visible_to(account).exists()


@rules.predicate
def records_for(account: Account, organisation: Organisation | None) -> bool:
    """May post records of the organisation."""
    return organisation is not None and may_act_for(account, organisation)


@rules.predicate
def corrects(account: Account, record: Record | None) -> bool:
    """May revise and reverse: only who acts for the reporting organisation, not a co-host."""
    return record is not None and may_act_for(account, record.organisation)


@rules.predicate
def closes(account: Account, organisation: Organisation | None) -> bool:
    """May close a period: an administrator, leader or staff of it or of one above it."""
    if organisation is None or not account.is_active:
        return False
    if account.is_superuser:
        return True
    return organisation.path.startswith(tuple(paths_by_role(account, *CLOSERS)))


@rules.predicate
def confirms(account: Account, record: Record | None) -> bool:
    """May confirm and ask: works for the office of an organisation above the reporting one."""
    if record is None:
        return False
    path = record.organisation.path
    return any(path != above and path.startswith(above) for above in officer_paths(account))


@rules.predicate
def confirms_something(account: Account) -> bool:
    """Works for an office at all."""
    return bool(officer_paths(account))


rules.add_perm("ledger.confirm_record", confirms)
rules.add_perm("ledger.confirm_something", confirms_something)
rules.add_perm("ledger.view_record", sees_record)
rules.add_perm("ledger.post_record", records_for)
rules.add_perm("ledger.correct_record", corrects)
rules.add_perm("ledger.close_period", closes)
