"""Verbs: hand in a report for a milestone, withdraw it, accept it or send it back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core.errors import BadInput
from sheke.directory.models import Account
from sheke.ledger.evidence.actions import store_file

from ..guarding import needed
from ..models import Delivery, DeliveryFile, Milestone
from ..projects.delivering import (
    held_delivery,
    is_closing,
    milestone_name,
    rule_delivery,
    settle,
    waiting,
)
from ..projects.holding import note_step, running_project
from ..projects.telling import tell_project_office
from ..values.texts import clean_lines

FILES = 20  # of one delivery, at most
TEXT = 20_000  # characters


@transaction.atomic
def deliver(
    *, milestone: Milestone, text: str, by: Account | None,
    files: Sequence[tuple[BinaryIO, str]] = (),
) -> Delivery:  # fmt: skip
    """Hand in for a milestone: a text, files, or both. files: (content, name).

    Raises BadInput when it is settled, when one waits for its ruling, or for a file that may not be
    kept; then nothing is handed in.
    """
    project = running_project(milestone.project)
    milestone = project.milestones.get(pk=milestone.pk)
    if milestone.settled_at is not None:
        raise BadInput(_("This was accepted already."))
    if waiting(milestone) is not None:
        raise BadInput(_("A report waits for its ruling; withdraw it to hand in another."))
    text = clean_lines(text)
    if not text and not files:
        raise BadInput(_("Write the report or attach it as a file."))
    if len(text) > TEXT or len(files) > FILES:
        raise BadInput(_("A report has at most %(text)s characters and %(files)s files.")
                       % {"text": TEXT, "files": FILES})  # fmt: skip
    delivery = Delivery.objects.create(
        milestone=milestone, number=milestone.deliveries.count() + 1, text=text, sent_by=by
    )
    for file, name in files:
        stored = store_file(file=file, name=name)
        short = Path(name).name[-200:] or stored.sha256
        DeliveryFile.objects.create(delivery=delivery, stored=stored, name=short)
    note_step(project, "delivered", by=by, key=milestone.key, delivery=delivery.pk)
    tell_project_office(
        "calls.delivered", project, by=by, what=milestone_name(project, milestone.key)
    )
    return delivery


@transaction.atomic
def withdraw_delivery(*, delivery: Delivery, by: Account | None) -> Delivery:
    """Take back what was not ruled on yet."""
    project, delivery = held_delivery(delivery)
    delivery.withdrawn_at = timezone.now()
    delivery.save(update_fields=["withdrawn_at"])
    key = delivery.milestone.key
    note_step(project, "withdrawn", by=by, key=key, delivery=delivery.pk)
    tell_project_office(
        "calls.delivery_withdrawn", project, by=by, what=milestone_name(project, key)
    )
    return delivery


@transaction.atomic
def accept_delivery(*, delivery: Delivery, by: Account | None, reason: str = "") -> Delivery:
    """Accept a report: its milestone is settled, its instalment may be paid. Not for the closing."""
    project, delivery = held_delivery(delivery)
    if is_closing(project, delivery.milestone.key):
        raise BadInput(_("The closing is accepted with a result."))
    rule_delivery(project, delivery, accepted=True, reason=" ".join(reason.split())[:500], by=by)
    settle(delivery.milestone)
    return delivery


@transaction.atomic
def return_delivery(*, delivery: Delivery, reason: str, by: Account | None) -> Delivery:
    """Send a report back with a reason; another may be handed in."""
    project, delivery = held_delivery(delivery)
    rule_delivery(project, delivery, accepted=False, reason=needed(reason), by=by)
    return delivery
