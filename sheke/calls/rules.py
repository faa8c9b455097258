"""Who may do what in calls. Reviewers never see a submission, only its packet."""

from __future__ import annotations

import rules

from sheke.directory.models import Account, Organisation
from sheke.directory.queries import may_act_for
from sheke.ledger.confirming.queries import officer_paths, works_for_office_of

from .models import Assignment, Call, Panel, Project, Submission


@rules.predicate
def calls_for(account: Account, organisation: Organisation | None) -> bool:
    """May open calls in the organisation's name: works for its office or for one above it."""
    return works_for_office_of(account, organisation)


@rules.predicate
def runs(account: Account, call: Call | None) -> bool:
    """May run the call: who may call in the calling organisation's name."""
    return call is not None and calls_for(account, call.organisation)


@rules.predicate
def runs_something(account: Account) -> bool:
    """Works for an office at all."""
    return bool(officer_paths(account))


@rules.predicate
def keeps_calendar(account: Account) -> bool:
    """Keeps the calendar of working days for all: works for the office of a root."""
    roots = Organisation.objects.filter(path__in=officer_paths(account), parent=None)
    return roots.exists()


@rules.predicate
def writes(account: Account, submission: Submission | None) -> bool:
    """Fills in and sends: who began the submission, or whose person leads it."""
    if submission is None or not account.is_active:
        return False
    mine = account.pk == submission.made_by_id
    lead = account.person_id is not None and submission.members.filter(
        role="lead", person=account.person_id
    )
    return mine or bool(lead)


@rules.predicate
def recommends(account: Account, submission: Submission | None) -> bool:
    """Acts for the applying organisation, and the submission was sent."""
    if submission is None or submission.organisation is None or submission.sent_id is None:
        return False
    return may_act_for(account, submission.organisation)


@rules.predicate
def reads(account: Account, submission: Submission | None) -> bool:
    """Sees the whole submission, with names: its writers, its organisation, the calling office."""
    if submission is None:
        return False
    if writes(account, submission) or recommends(account, submission):
        return True
    return submission.sent_id is not None and runs(account, submission.call)


@rules.predicate
def reviews(account: Account, assignment: Assignment | None) -> bool:
    """Is the reviewer of an assignment in force, and accepted the invitation."""
    if assignment is None or account.person_id is None or assignment.ended_at is not None:
        return False
    reviewer = assignment.reviewer
    return account.is_active and reviewer.person_id == account.person_id and bool(reviewer.accepted)


@rules.predicate
def sits(account: Account, panel: Panel | None) -> bool:
    """Is a member of the panel."""
    if panel is None or account.person_id is None or not account.is_active:
        return False
    return panel.members.filter(person=account.person_id).exists()


@rules.predicate
def leads_project(account: Account, project: Project | None) -> bool:
    """Acts for the project: its lead, or who sent the submission in until another lead was granted."""
    if project is None or not account.is_active:
        return False
    leads = account.person_id is not None and account.person_id == project.lead_id
    return leads or account.pk == project.writer_id


@rules.predicate
def runs_project(account: Account, project: Project | None) -> bool:
    """Rules on it: who may run its call."""
    return project is not None and runs(account, project.award.call)


@rules.predicate
def delivers(account: Account, project: Project | None) -> bool:
    """Hands in, asks for changes: who leads it, or the office for what came on paper."""
    return leads_project(account, project) or runs_project(account, project)


rules.add_perm("calls.call_for", calls_for)
rules.add_perm("calls.run", runs)
rules.add_perm("calls.run_something", runs_something)
rules.add_perm("calls.keep_calendar", keeps_calendar)
rules.add_perm("calls.write", writes)
rules.add_perm("calls.recommend", recommends)
rules.add_perm("calls.read", reads)
rules.add_perm("calls.review", reviews)
rules.add_perm("calls.sit", sits)
rules.add_perm("calls.lead_project", leads_project)
rules.add_perm("calls.run_project", runs_project)
rules.add_perm("calls.deliver", delivers)
