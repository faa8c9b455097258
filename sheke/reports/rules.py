"""Who may see and change templates and reports: those who act for their organisation."""

from __future__ import annotations

import rules

from sheke.directory.models import Account
from sheke.directory.queries import may_act_for
from sheke.reports.models import Report, Snapshot, Template


@rules.predicate
def acts_for_its_organisation(account: Account, noun: Report | Template | None) -> bool:
    """Acts for the organisation of the template or report, or for one above it."""
    return noun is not None and may_act_for(account, noun.organisation)


@rules.predicate
def is_frozen(_account: Account, report: Report | None) -> bool:
    """The report is sealed and cannot change any more."""
    return report is not None and Snapshot.objects.filter(report=report).exists()


rules.add_perm("reports.view_report", acts_for_its_organisation)
rules.add_perm("reports.change_report", acts_for_its_organisation & ~is_frozen)
rules.add_perm("reports.publish_report", acts_for_its_organisation & is_frozen)
rules.add_perm("reports.view_template", acts_for_its_organisation)
rules.add_perm("reports.change_template", acts_for_its_organisation)
