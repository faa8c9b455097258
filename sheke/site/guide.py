"""The first steps of a role: five things, each of which looks by itself whether it is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models import Exists, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sheke.accounts.models import Invitation
from sheke.core.models import AuditEvent
from sheke.directory.models import Account, Organisation, Tenure, path_range
from sheke.directory.queries import held_tenures
from sheke.ledger.models import Evidence
from sheke.notices.models import Choice, Preference
from sheke.plans.models import DutyReport, Plan
from sheke.returns.models import Answer, Return

from .models import GuideEnding

ADMINISTRATOR, SECRETARY = Tenure.Role.ADMINISTRATOR.value, Tenure.Role.SECRETARY.value
ROLES = (ADMINISTRATOR, SECRETARY)  # the first that one holds is shown


@dataclass(frozen=True)
class Step:
    """`signs` name what shows that it is done; one of them is enough."""

    title: str | Promise
    about: str | Promise
    view: str
    signs: tuple[str, ...]
    done: bool = False

    @property
    def url(self) -> str:
        return reverse(self.view)


@dataclass(frozen=True)
class Guide:
    role: str
    steps: list[Step]

    @property
    def done(self) -> int:
        return sum(step.done for step in self.steps)


STEPS = {
    ADMINISTRATOR: (
        Step(
            _("Enter the organisations"),
            _("County and university federations, societies and bases; one by one or from a table."),
            "directory:index", ("organisations",),
        ),
        Step(
            _("Invite the secretaries"),
            _("Each organisation's secretary gets a link and chooses a password."),
            "accounts:invitations", ("invitations", "secretaries"),
        ),
        Step(
            _("Import the year's work points"),
            _("The Word file becomes a plan: items, duties, targets."),
            "plans:new", ("plans",),
        ),
        Step(
            _("Open the first data return"),
            _("Ask the organisations for figures by a date; the answers come back as a table."),
            "returns:new", ("returns",),
        ),
        Step(
            _("Make a backup"),
            _("One command on the machine; the page “Installation” says which, and how to make it nightly."),
            "site:installation", ("backups",),
        ),
    ),
    SECRETARY: (
        Step(
            _("Secure your account"),
            _("A second factor keeps others out even when they know your password."),
            "mfa_index", ("factors",),
        ),
        Step(
            _("Post a record with a photo"),
            _("What your organisation did, when, for how many; the photo is its evidence."),
            "ledger:new", ("evidence",),
        ),
        Step(
            _("Answer a data return"),
            _("Figures that the ledger knows are filled in already; check them and send."),
            "returns:index", ("answers",),
        ),
        Step(
            _("Say how a duty stands"),
            _("Under way, blocked or done, in one sentence; whoever leads the item sees it."),
            "plans:my_duties", ("reports",),
        ),
        Step(
            _("Choose how you are told"),
            _("At once or once a day, by mail or here only, and when to be left alone."),
            "notices:preferences", ("preferences", "choices"),
        ),
    ),
}  # fmt: skip


def guide_for(account: Account, organisation: Organisation | None) -> Guide | None:
    """The first steps that are left to do; None where there is nothing to show. Two queries at most."""
    role = _role(account, organisation) if organisation else None
    if role is None or organisation is None:
        return None
    seen = _seen(_signs(role, account, organisation))
    steps = [
        Step(s.title, s.about, s.view, s.signs, done=any(seen[sign] for sign in s.signs))
        for s in STEPS[role]
    ]
    guide = Guide(role, steps)
    return None if guide.done == len(steps) else guide


def _role(account: Account, organisation: Organisation) -> str | None:
    """The role whose steps are shown: the first that one holds, unless one has ended its steps."""
    held = {t.role for t in held_tenures(account) if t.organisation_id == organisation.pk}
    role = next((role for role in ROLES if role in held), None)
    ended = GuideEnding.objects.filter(account=account, role=role)
    return None if role is None or ended.exists() else role


def _signs(role: str, account: Account, organisation: Organisation) -> dict[str, QuerySet[Any]]:
    """What shows that steps are done, by name."""
    if role == SECRETARY:
        return {
            "factors": Authenticator.objects.filter(user=account),
            "evidence": Evidence.objects.filter(
                record__organisation=organisation, withdrawn_at=None
            ),
            "answers": Answer.objects.filter(asked__organisation=organisation),
            "reports": DutyReport.objects.filter(
                duty__organisation=organisation, withdrawn_at=None
            ),
            "preferences": Preference.objects.filter(account=account),
            "choices": Choice.objects.filter(account=account),
        }
    low, high = path_range(organisation.path)
    within = {"organisation__path__gte": low, "organisation__path__lt": high}
    others = Tenure.objects.filter(role=SECRETARY, person__account__isnull=False, **within)
    return {
        "organisations": Organisation.objects.filter(parent=organisation),
        "invitations": Invitation.objects.filter(role=SECRETARY, **within),
        "secretaries": others.exclude(person=account.person_id),
        "plans": Plan.objects.filter(organisation=organisation),
        "returns": Return.objects.filter(organisation=organisation),
        "backups": AuditEvent.objects.filter(subject_type="", verb="backup.make"),
    }


def _seen(signs: dict[str, QuerySet[Any]]) -> dict[str, bool]:
    """Whether there is one of each, in one query."""
    asked = {name: Exists(found) for name, found in signs.items()}
    row = Organisation.objects.annotate(**{f"seen_{name}": e for name, e in asked.items()})
    found = row.order_by().values(*(f"seen_{name}" for name in asked)).first() or {}
    return {name: bool(found.get(f"seen_{name}")) for name in asked}
