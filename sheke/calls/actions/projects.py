"""Verbs: set projects going, sign the contract, end a project before its time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import BinaryIO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core.errors import BadInput
from sheke.directory.models import Account
from sheke.ledger.evidence.actions import store_file

from ..deciding.proposals import plain
from ..guarding import needed
from ..models import Award, Closing, Member, Milestone, Project
from ..projects.closing import write_closing
from ..projects.days import end_of, milestone_days
from ..projects.holding import note_step, running_project
from ..projects.telling import tell_leads
from ..telling import officers_of

CONTRACTS = (".pdf", ".docx", ".jpg", ".jpeg", ".png")


@transaction.atomic
def start_projects(*, awards: Iterable[Award], by: Account | None) -> list[Project]:
    """Make a project of each award of a programme whose outcome is one, with its milestones."""
    return [_start(award, by) for award in awards if award.call.programme.outcome.kind == "project"]


@transaction.atomic
def sign_contract(
    *, project: Project, signed_on: date, by: Account | None, file: BinaryIO | None = None,
    name: str = "",
) -> Project:  # fmt: skip
    """Write down that the contract was signed, with its scan. Again: correct the day or the file."""
    project = running_project(project)
    if signed_on > timezone.localdate():
        raise BadInput(_("The contract cannot be signed on a day to come."))
    if signed_on < project.award.decided_on:
        raise BadInput(_("The project was decided on %(day)s; it cannot be signed before.")
                       % {"day": project.award.decided_on.isoformat()})  # fmt: skip
    if file is not None:
        if Path(name).suffix.lower() not in CONTRACTS:
            raise BadInput(_("“%(name)s” is not taken; use: %(kinds)s.")
                           % {"name": name, "kinds": ", ".join(CONTRACTS)})  # fmt: skip
        project.contract = store_file(file=file, name=name)
    project.signed_on = signed_on
    project.save(update_fields=["signed_on", "contract"])
    sha256 = project.contract.sha256 if project.contract else ""
    note_step(project, "contract", by=by, until=signed_on.isoformat(), sha256=sha256)
    tell_leads("calls.contract_signed", project, by=by, day=signed_on.isoformat())
    return project


@transaction.atomic
def end_project(
    *, project: Project, reason: str, by: Account | None, closed_on: date | None = None
) -> Closing:
    """Terminate a project: it closes without a certificate. With a reason, which its lead reads."""
    project, reason = running_project(project), needed(reason)
    closing = write_closing(
        project, result=Closing.Result.TERMINATED, reason=reason, closed_on=closed_on, by=by
    )
    note_step(project, "closed", by=by, reason=reason, result=closing.result)
    tell_leads("calls.project_ended", project, by=by, reason=reason)
    return closing


def _start(award: Award, by: Account | None) -> Project:
    submission, outcome = award.submission, award.call.programme.outcome
    office = submission.made_by in officers_of(award.call)
    members = list(submission.members.select_related("organisation"))
    lead = next((m for m in members if m.role == Member.LEAD), None)
    referees = {r.key for r in submission.edition.programme.people.roles if r.referee}
    starts_on = award.decided_on
    ends_on = end_of(submission.edition.programme, submission.values, starts_on)
    project = Project.objects.create(
        award=award, budget=award.amount, starts_on=starts_on, ends_on=ends_on,
        title=submission.title, lead_name=submission.lead_name, writer_id=None if office else submission.made_by_id,
        lead_id=lead.person_id if lead else None, employer=_employer(lead) if lead else "",
        members=[m.name for m in members if m.role not in {Member.LEAD, *referees}],
    )  # fmt: skip
    days = milestone_days(outcome, starts_on, ends_on)
    Milestone.objects.bulk_create(
        Milestone(project=project, key=key, due_on=day) for key, day in days.items()
    )
    said = f"{plain(project.budget)} {outcome.money or ''}".strip() if project.budget else ""
    note_step(project, "started", by=by, amount=said, until=ends_on.isoformat())
    return project


def _employer(lead: Member) -> str:
    return (lead.organisation.name if lead.organisation else lead.employer).strip()
