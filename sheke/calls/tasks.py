"""What runs by the clock, and long work: plans of assignment, packets, certificates."""

from __future__ import annotations

from datetime import time

from django.utils import timezone
from django.utils.translation import override
from django_tasks import task

from sheke.core.jobs import tell as tell_progress
from sheke.core.schedule import daily
from sheke.directory.models import Account

from .actions.archiving import forget_exports
from .actions.assigning import compute_plan
from .actions.certifying import issue_certificates
from .actions.packets import make_packets
from .actions.panels import remind_panels_by_clock
from .actions.people import remind_of_consents
from .actions.phases import remind_of_phases
from .actions.project_reminders import remind_of_projects
from .actions.reviewers import remind_reviewers_by_clock
from .archiving.making import make_export
from .deciding import printing
from .models import AssignmentPlan, Call, Export

CERTIFICATES = 50  # in one transaction


@daily(time(8, 40))
@task()
def remind_of_calls() -> None:
    """Remind the people in charge and the authors of drafts."""
    remind_of_phases(today=timezone.localdate(), by=None)


@daily(time(8, 50))
@task()
def remind_of_reviews() -> None:
    """Remind reviewers of invitations to answer and of reviews to send."""
    remind_reviewers_by_clock(today=timezone.localdate(), by=None)


@daily(time(9, 0))
@task()
def remind_of_panels() -> None:
    """Remind members of panels that meet today or tomorrow."""
    remind_panels_by_clock(today=timezone.localdate(), by=None)


@task()
def compute_assignment(plan_id: int, language: str) -> None:
    """Solve a plan of assignment; its texts are in the language of the person who waits."""
    plan = AssignmentPlan.objects.select_related("call", "made_by").get(pk=plan_id)
    tell_progress(0, 1)
    with override(language):
        compute_plan(plan=plan, by=plan.made_by, later=True)
    tell_progress(1, 1)


@task()
def make_all_packets(call_id: int, stage: str, account_id: int | None, language: str) -> None:
    """Make the packets of a stage."""
    call = Call.objects.select_related("edition__definition").get(pk=call_id)
    by = Account.objects.filter(pk=account_id or 0).first()
    with override(language):
        make_packets(call=call, stage=stage, by=by, tell=tell_progress)


@task()
def issue_all_certificates(call_id: int, site: str, account_id: int | None, language: str) -> None:
    """Issue what is missing, a part at a time: run again, it goes on where it stood."""
    call = Call.objects.select_related("edition__definition", "organisation").get(pk=call_id)
    by = Account.objects.filter(pk=account_id or 0).first()
    with override(language):
        missing = printing.waiting(call)
        for start in range(0, len(missing), CERTIFICATES):
            tell_progress(start, len(missing))
            part = missing[start : start + CERTIFICATES]
            issue_certificates(call=call, awards=part, site=site, by=by)
        tell_progress(len(missing), len(missing))


@daily(time(8, 50))
@task()
def remind_of_answers() -> None:
    """Remind applicants of those who have not answered."""
    remind_of_consents(today=timezone.localdate(), by=None)


@daily(time(8, 45))
@task()
def remind_of_milestones() -> None:
    """Remind leads of projects of what is due, once when it is overdue; then the office too."""
    remind_of_projects(today=timezone.localdate(), by=None)


@task()
def make_call_export(export_id: int) -> None:
    """Write a call, or its submissions, to one file; begun anew when it was interrupted."""
    found = Export.objects.select_related(
        "call__edition__definition", "call__organisation", "asked_by"
    )
    export = found.get(pk=export_id)
    with override(export.language):
        make_export(export, tell_progress)


@daily(time(3, 40))
@task()
def forget_call_exports() -> None:
    """Take away files of calls that were made more than a week ago."""
    forget_exports(by=None)
