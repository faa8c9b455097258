"""Verbs: pay an instalment of a project, take a payment back that was written by mistake."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core.errors import BadInput
from sheke.directory.models import Account

from ..deciding.proposals import plain
from ..guarding import needed
from ..models import Payment, Project
from ..projects.holding import locked_project, note_step
from ..projects.money import PLACES, SIGNING, money_of
from ..projects.telling import tell_leads

LARGEST = Decimal("9999999999")


@transaction.atomic
def pay_instalment(
    *, project: Project, amount: Decimal, paid_on: date, by: Account | None, key: str = "",
    note_text: str = "",
) -> Payment:  # fmt: skip
    """Write down a payment. key: “signing”, a milestone's, or empty for another payment.

    Never more than the budget in all; raises BadInput that says what is left. A project that is
    closed may still be paid its last instalment, a terminated or revoked one nothing.
    """
    project = locked_project(project)
    _still_paid(project)
    outcome = project.award.call.programme.outcome
    if key and key not in {SIGNING, *(m.key for m in outcome.milestones)}:
        raise BadInput(_("There is no such instalment."))
    if paid_on > timezone.localdate() or paid_on < project.award.decided_on:
        raise BadInput(_("It was paid between the decision and today."))
    payments = list(project.payments.all())
    money = money_of(project, list(project.milestones.all()), payments)
    _fits(amount, money.left, str(outcome.money or ""))
    payment = Payment.objects.create(
        project=project, key=key, amount=amount, paid_on=paid_on, by=by,
        note=" ".join(note_text.split())[:200],
    )  # fmt: skip
    said = f"{plain(amount)} {outcome.money or ''}".strip()
    note_step(project, "paid", by=by, key=key, amount=said, until=paid_on.isoformat())
    tell_leads("calls.instalment_paid", project, by=by, amount=said, day=paid_on.isoformat())
    return payment


@transaction.atomic
def take_back_payment(*, payment: Payment, reason: str, by: Account | None) -> Payment:
    """Take a payment back that was not made so. It stays to be seen, and counts no more."""
    project, reason = locked_project(payment.project), needed(reason)[:300]
    payment = project.payments.get(pk=payment.pk)
    if payment.taken_back_at is not None:
        raise BadInput(_("This payment was taken back already."))
    payment.taken_back_at, payment.taken_back_by, payment.reason = timezone.now(), by, reason
    payment.save(update_fields=["taken_back_at", "taken_back_by", "reason"])
    note_step(
        project, "taken_back", by=by, reason=reason, key=payment.key, amount=plain(payment.amount)
    )
    return payment


def _still_paid(project: Project) -> None:
    closing = getattr(project, "closing", None)
    if project.award.revoked_at is not None:
        raise BadInput(_("The award was revoked."))
    if closing is not None and closing.result == closing.Result.TERMINATED:
        raise BadInput(_("The project was terminated; nothing more is paid."))


def _fits(amount: Decimal, left: Decimal, unit: str) -> None:
    if not amount.is_finite() or not 0 < amount <= LARGEST or amount != amount.quantize(PLACES):
        raise BadInput(_("The amount is above 0, with four places at most."))
    if amount > left:
        raise BadInput(
            _("%(amount)s %(unit)s are more than what is left of the budget: %(left)s %(unit)s.")
            % {"amount": plain(amount), "left": plain(left) if left else "0", "unit": unit}
        )
