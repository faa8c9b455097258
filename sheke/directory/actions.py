"""Verbs of the directory."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core import audit
from sheke.core.errors import BadInput

from .models import STEP, Account, Organisation, OrganisationChange


def path_of(pk: int, parent: Organisation | None) -> str:
    """The path of organisation number `pk` under `parent`: six digits per level."""
    return (parent.path if parent else "") + str(pk).zfill(STEP)


@transaction.atomic
def create_organisation(
    *, parent: Organisation | None, by: Account | None, **fields: Any
) -> Organisation:
    """Make an organisation; `fields` are kind, code, name, short_name, valid_from, valid_to."""
    organisation = Organisation(parent=parent, path=f"new {fields['code']}", **fields)
    organisation.save()
    organisation.path = path_of(organisation.pk, parent)
    organisation.save(update_fields=["path"])
    _remember(organisation, organisation.valid_from or timezone.localdate(), "")
    audit.record("organisation.create", organisation, by=by)
    return organisation


@transaction.atomic
def rename_organisation(
    *, organisation: Organisation, name: str, short_name: str, since: date, reason: str,
    by: Account | None,
) -> None:  # fmt: skip
    """Give another name from `since` on; the old one stays in the history."""
    organisation.name, organisation.short_name = name, short_name
    organisation.save(update_fields=["name", "short_name"])
    _remember(organisation, since, reason)
    audit.record("organisation.rename", organisation, by=by, reason=reason)


@transaction.atomic
def move_organisation(
    *, organisation: Organisation, parent: Organisation | None, since: date, reason: str,
    by: Account | None,
) -> None:  # fmt: skip
    """Hang the organisation with all below it under another parent.

    Raises BadInput when the new parent lies below it.
    """
    if parent is not None and organisation.contains(parent):
        raise BadInput(_("%(name)s lies below it.") % {"name": parent})
    old, new = organisation.path, path_of(organisation.pk, parent)
    moved = list(Organisation.objects.below(organisation).select_for_update())
    for below in moved:
        below.path = new + below.path.removeprefix(old)
    Organisation.objects.bulk_update(moved, ["path"])
    organisation.parent, organisation.path = parent, new
    organisation.save(update_fields=["parent"])
    _remember(organisation, since, reason)
    audit.record("organisation.move", organisation, by=by, reason=reason, path=new)


def _remember(organisation: Organisation, since: date, reason: str) -> None:
    OrganisationChange.objects.create(
        organisation=organisation, since=since, name=organisation.name,
        short_name=organisation.short_name, parent=organisation.parent, reason=reason,
    )  # fmt: skip
