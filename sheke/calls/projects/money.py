"""A project's money: the instalments that are planned, what was paid of each, what is left."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ..models import Milestone, Payment, Project

SIGNING = "signing"
PLACES = Decimal("0.0001")


@dataclass(frozen=True)
class Instalment:
    """One part of the budget. `due`: it may be paid now, the contract is signed or the report accepted."""

    key: str
    name: str
    percent: float
    planned: Decimal
    paid: Decimal
    due: bool

    @property
    def left(self) -> Decimal:
        return max(self.planned - self.paid, Decimal(0))


@dataclass(frozen=True)
class Money:
    """All of it, in the programme's unit. `other`: paid beside the instalments."""

    budget: Decimal
    instalments: list[Instalment]
    payments: list[Payment]

    @property
    def paid(self) -> Decimal:
        return sum((p.amount for p in self.payments if not p.taken_back_at), Decimal(0))

    @property
    def left(self) -> Decimal:
        return self.budget - self.paid

    @property
    def next(self) -> Instalment | None:
        """The first instalment that may be paid and was not paid in full."""
        return next((each for each in self.instalments if each.due and each.left), None)


def money_of(project: Project, milestones: list[Milestone], payments: list[Payment]) -> Money:
    """From what is loaded; no queries."""
    outcome = project.award.call.programme.outcome
    budget = project.budget or Decimal(0)
    settled = {each.key for each in milestones if each.settled_at}
    paid: dict[str, Decimal] = {}
    for each in payments:
        if each.taken_back_at is None:
            paid[each.key] = paid.get(each.key, Decimal(0)) + each.amount
    parts = [(SIGNING, signing_name(), outcome.signing, project.signed_on is not None)]
    parts += [(m.key, str(m.name), m.instalment, m.key in settled) for m in outcome.milestones]
    found = [
        Instalment(key, name, percent, share(budget, percent), paid.get(key, Decimal(0)), due)
        for key, name, percent, due in parts if percent
    ]  # fmt: skip
    return Money(budget, found, payments)


def share(budget: Decimal, percent: float) -> Decimal:
    """So many percent of the budget, to a ten-thousandth."""
    return (budget * Decimal(str(percent)) / 100).quantize(PLACES)


def signing_name() -> str:
    return pgettext("instalment", "At the contract")


def instalment_name(project: Project, key: str) -> str:
    """What an instalment is called."""
    if key == SIGNING:
        return signing_name()
    found = project.award.call.programme.outcome.milestone(key)
    return str(found.name) if found else _("Another payment")
