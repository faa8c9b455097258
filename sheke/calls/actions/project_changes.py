"""Verbs: ask for a change of a project, withdraw it, grant or refuse it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core.errors import BadInput
from sheke.directory.models import Account, Person

from ..deciding.proposals import plain
from ..guarding import needed
from ..models import Change, Project
from ..projects.changing import carry_out, check_wish
from ..projects.closing import write_closing
from ..projects.holding import note_step, running_project
from ..projects.telling import tell_leads, tell_project_office
from ..values.texts import clean_line, clean_lines

Kind = Change.Kind


@transaction.atomic
def ask_change(
    *, project: Project, kind: str, text: str, by: Account | None, until: date | None = None,
    title: str = "", name: str = "", employer: str = "", members: Iterable[str] = (),
    amount: Decimal | None = None,
) -> Change:  # fmt: skip
    """Ask for a change, with its reason. until: of an extension; title, members: of a change of them;
    name and employer: of another lead; amount: of the budget. Raises BadInput for what is missing.
    """
    project = running_project(project)
    text = clean_lines(text)[:5000]
    if not text:
        raise BadInput(_("Write what is to change, and why."))
    if project.changes.filter(kind=kind, ruled_at=None, withdrawn_at=None).exists():
        raise BadInput(_("A change of this kind waits for its ruling already."))
    wanted = {
        Kind.TITLE: {"title": clean_line(title)[:300]},
        Kind.LEAD: {"name": clean_line(name)[:100], "employer": clean_line(employer)[:200]},
        Kind.MEMBERS: {"members": [n for one in members if (n := clean_line(one)[:100])][:50]},
        Kind.BUDGET: {"amount": plain(amount)},
    }.get(Kind(kind), {})  # fmt: skip
    change = Change(
        project=project, kind=kind, text=text, until=until if kind == Kind.EXTENSION else None,
        wanted=wanted, asked_by=by,
    )  # fmt: skip
    check_wish(project, change)
    change.save()
    note_step(project, "asked", by=by, reason=text, kind=kind, change=change.pk)
    tell_project_office("calls.change_asked", project, by=by, what=_label(change))
    return change


@transaction.atomic
def withdraw_change(*, change: Change, by: Account | None) -> Change:
    """No longer ask for what was not ruled on yet."""
    project, change = _held(change)
    change.withdrawn_at = timezone.now()
    change.save(update_fields=["withdrawn_at"])
    note_step(project, "unasked", by=by, kind=change.kind, change=change.pk)
    return change


@transaction.atomic
def grant_change(
    *, change: Change, by: Account | None, reason: str = "", person: Person | None = None
) -> Change:
    """Grant it: dates, title, people or budget change at once; a termination closes the project.

    person: who the new lead is in the directory, so that they can act for the project.
    """
    project, change = _held(change)
    check_wish(project, change)
    reason = " ".join(reason.split())[:500]
    change.before = carry_out(project, change, person)
    _rule(change, granted=True, reason=reason, by=by)
    until = change.until.isoformat() if change.until else ""
    note_step(project, "granted", by=by, reason=reason, kind=change.kind, change=change.pk, until=until,
         wanted=change.wanted, before=change.before)  # fmt: skip
    if change.kind == Kind.TERMINATION:
        result, why = "terminated", reason or " ".join(change.text.split())[:500]
        write_closing(project, result=result, reason=why, closed_on=None, by=by)
        note_step(project, "closed", by=by, reason=why, result=result)
    tell_leads("calls.change_granted", project, by=by, reason=reason, what=_label(change))
    return change


@transaction.atomic
def refuse_change(*, change: Change, reason: str, by: Account | None) -> Change:
    """Do not grant it, with a reason."""
    project, change = _held(change)
    reason = needed(reason)
    _rule(change, granted=False, reason=reason, by=by)
    note_step(project, "not_granted", by=by, reason=reason, kind=change.kind, change=change.pk)
    tell_leads("calls.change_refused", project, by=by, reason=reason, what=_label(change))
    return change


def _held(change: Change) -> tuple[Project, Change]:
    project = running_project(change.project)
    found: Change = project.changes.get(pk=change.pk)
    if found.withdrawn_at is not None or found.ruled_at is not None:
        raise BadInput(_("This change waits for a ruling no more."))
    found.project = project
    return project, found


def _rule(change: Change, *, granted: bool, reason: str, by: Account | None) -> None:
    change.granted, change.reason = granted, reason
    change.ruled_at, change.ruled_by = timezone.now(), by
    change.save()


def _label(change: Change) -> str:
    return str(change.get_kind_display())
