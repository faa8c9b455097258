"""All that a page of a project shows, for the office, the lead, and who only reads."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from .. import copycheck
from ..models import (
    Certificate,
    Change,
    Closing,
    Delivery,
    Milestone,
    Output,
    Posting,
    Project,
    Step,
)
from .listing import standing
from .money import Money, money_of


@dataclass(frozen=True)
class Duty:
    """A milestone with what its programme says of it and what was handed in, the latest first."""

    milestone: Milestone
    name: str
    help: str
    closing: bool
    instalment: float
    today: date
    running: bool
    deliveries: list[Delivery] = field(default_factory=list)

    @property
    def waiting(self) -> Delivery | None:
        return next((d for d in self.deliveries if not d.ruled_at and not d.withdrawn_at), None)

    @property
    def open(self) -> bool:
        """Something is still to be handed in."""
        return self.running and self.milestone.settled_at is None and self.waiting is None

    @property
    def late(self) -> bool:
        return self.open and self.milestone.due_on < self.today

    @property
    def returned(self) -> Delivery | None:
        """The latest, if it was sent back and nothing came since."""
        last = next((d for d in self.deliveries if not d.withdrawn_at), None)
        return last if self.open and last is not None and last.accepted is False else None


@dataclass(frozen=True)
class Sheet:
    """A project as its page shows it."""

    project: Project
    duties: list[Duty]
    money: Money
    changes: list[Change]
    outputs: list[Output]
    steps: list[Step]
    certificates: list[Certificate]
    closing: Closing | None
    records: list[Posting]

    @property
    def running(self) -> bool:
        return self.closing is None and self.project.award.revoked_at is None

    @property
    def next(self) -> Duty | None:
        return next((each for each in self.duties if each.open), None)

    @property
    def to_rule(self) -> list[Duty]:
        return [each for each in self.duties if each.waiting] if self.running else []

    @property
    def asked(self) -> list[Change]:
        waits = [c for c in self.changes if not c.ruled_at and not c.withdrawn_at]
        return waits if self.running else []

    @property
    def copy_check(self) -> bool:
        """Whether something compares texts here yet."""
        return copycheck.service() is not None


def loaded(projects: QuerySet[Project]) -> QuerySet[Project]:
    """With what a page asks of every project, and how it stands."""
    return standing(projects, timezone.localdate()).select_related(
        "award__call__edition__definition", "award__call__organisation", "closing__by__person",
        "award__submission__organisation", "award__submission__call", "contract", "lead",
    )  # fmt: skip


def sheet_of(project: Project) -> Sheet:
    """Eight queries, whatever stands in it."""
    files = Prefetch("deliveries", Delivery.objects.select_related(
        "sent_by__person", "ruled_by__person").prefetch_related("files__stored").order_by("-number"))  # fmt: skip
    milestones = list(project.milestones.prefetch_related(files))
    payments = list(project.payments.select_related("by__person"))
    closing = getattr(project, "closing", None)
    steps = project.award.submission.steps.filter(act=Step.Act.PROJECT).order_by("-id")
    running = closing is None and project.award.revoked_at is None
    return Sheet(
        project=project, duties=_duties(project, milestones, running),
        money=money_of(project, milestones, payments),
        changes=list(project.changes.select_related("asked_by__person", "ruled_by__person").order_by("-id")),
        outputs=list(project.outputs.all()),
        steps=list(steps.select_related("by__person")),
        certificates=list(project.award.certificates.filter(kind="closing").order_by("-pk")),
        closing=closing,
        records=list(Posting.objects.filter(award=project.award_id).select_related("record")),
    )  # fmt: skip


def _duties(project: Project, milestones: list[Milestone], running: bool) -> list[Duty]:
    outcome, today = project.award.call.programme.outcome, timezone.localdate()
    found = []
    for each in milestones:
        said = outcome.milestone(each.key)
        found.append(Duty(
            each, str(said.name) if said else each.key, str(said.help or "") if said else "",
            said is not None and said.kind == "closing", said.instalment if said else 0, today,
            running, list(each.deliveries.all()),
        ))  # fmt: skip
    return found
