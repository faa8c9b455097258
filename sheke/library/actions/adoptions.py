"""Verbs: write down that a work was taken up, take that back."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import BinaryIO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core import audit
from sheke.core.errors import BadInput
from sheke.directory.models import Account
from sheke.ledger.evidence.actions import store_file

from ..models import Adoption, Work
from ..postings import post_adoption, take_back


@transaction.atomic
def add_adoption(
    *, work: Work, kind: str, adopter: str, level: str, adopted_on: date, file: BinaryIO,
    name: str, by: Account | None, note: str = "", reason: str = "",
) -> Adoption:  # fmt: skip
    """Write down that a work was taken up, with the paper that shows it; it counts in the ledger.

    Raises BadInput for a day to come, a file that is not taken, a closed period without a reason.
    """
    if kind not in Adoption.Kind.values or level not in Work.Level.values[:4]:
        raise BadInput(_("Choose one of the list."))
    if not adopter.strip():
        raise BadInput(_("Say by whom the work was taken up."))
    if adopted_on > timezone.localdate():
        raise BadInput(_("The work cannot have been taken up on a day to come."))
    adoption = Adoption.objects.create(
        work=work, kind=kind, adopter=adopter.strip()[:200], level=level, adopted_on=adopted_on,
        note=note.strip()[:300], evidence=store_file(file=file, name=name),
        evidence_name=Path(name).name[-200:], added_by=by,
    )  # fmt: skip
    adoption.record = post_adoption(adoption=adoption, by=by, reason=reason)
    adoption.save(update_fields=["record"])
    Work.objects.filter(pk=work.pk).touch()
    audit.record("work.adopt", work, by=by, adoption=adoption.pk, kind=kind, level=level)
    return adoption


@transaction.atomic
def withdraw_adoption(*, adoption: Adoption, reason: str, by: Account | None) -> Adoption:
    """Take an adoption back that was written down by mistake; its record is reversed."""
    adoption = Adoption.objects.select_for_update().select_related("work").get(pk=adoption.pk)
    reason = reason.strip()[:300]
    if adoption.withdrawn_at is not None:
        return adoption
    if not reason:
        raise BadInput(_("Say why it is taken back."))
    adoption.withdrawn_at = timezone.now()
    adoption.save(update_fields=["withdrawn_at"])
    take_back(record=adoption.record, reason=reason, by=by)
    Work.objects.filter(pk=adoption.work_id).touch()
    audit.record(
        "work.withdraw_adoption", adoption.work, by=by, adoption=adoption.pk, reason=reason
    )
    return adoption
