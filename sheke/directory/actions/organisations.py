"""Verbs of organisations: create, rename, move, end, reopen."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sheke.core import audit
from sheke.core.errors import BadInput

from ..models import STEP, Account, Organisation, OrganisationChange
from .checking import check, not_ahead, reason_given

BEGINNING = date(1900, 1, 1)  # of an organisation whose founding day nobody wrote down
DEPTH = 12  # levels that a path has room for


def path_of(pk: int, parent: Organisation | None) -> str:
    """The path of organisation number `pk` under `parent`: six digits per level."""
    return (parent.path if parent else "") + str(pk).zfill(STEP)


@transaction.atomic
def create_organisation(
    *, parent: Organisation | None, by: Account | None, **fields: Any
) -> Organisation:
    """Make an organisation; `fields` are kind, code, name, short_name, valid_from, valid_to.

    Raises BadInput naming the fields that are wrong.
    """
    organisation = Organisation(parent=parent, path=f"new {fields['code']}", **fields)
    check(organisation, exclude=("path", "parent"))
    _room_for(1, parent)
    organisation.save()
    organisation.path = path_of(organisation.pk, parent)
    organisation.save(update_fields=["path"])
    _remember(organisation, organisation.valid_from or BEGINNING, "")
    audit.record("organisation.create", organisation, by=by)
    return organisation


@transaction.atomic
def correct_organisation(
    *, organisation: Organisation, by: Account | None, **fields: Any
) -> None:  # fmt: skip
    """Put right what was wrong from the beginning: kind, code, valid_from. Raises BadInput."""
    old = {name: str(getattr(organisation, name)) for name in fields}
    for name, value in fields.items():
        setattr(organisation, name, value)
    check(organisation, exclude=("path", "parent"))
    organisation.save(update_fields=list(fields))
    first = organisation.changes.order_by("since", "id").first()
    if first is not None and "valid_from" in fields:
        second = organisation.changes.exclude(pk=first.pk).order_by("since", "id").first()
        begin = organisation.valid_from or BEGINNING
        if second is None or begin <= second.since:
            first.since = begin
            first.save(update_fields=["since"])
    audit.record("organisation.correct", organisation, by=by, old=old)


@transaction.atomic
def rename_organisation(
    *, organisation: Organisation, name: str, short_name: str, since: date, reason: str,
    by: Account | None,
) -> None:  # fmt: skip
    """Give another name from `since` on; the old one stays in the history."""
    _after_the_last_change(organisation, since)
    if (name, short_name) == (organisation.name, organisation.short_name):
        raise BadInput(_("That is its name already."))
    old = organisation.name
    organisation.name, organisation.short_name = name, short_name
    check(organisation, exclude=("path", "parent", "code"))
    organisation.save(update_fields=["name", "short_name"])
    _remember(organisation, since, reason)
    audit.record("organisation.rename", organisation, by=by, reason=reason, old=old)


@transaction.atomic
def move_organisation(
    *, organisation: Organisation, parent: Organisation | None, since: date, reason: str,
    by: Account | None,
) -> None:  # fmt: skip
    """Hang the organisation with all below it under another parent.

    Raises BadInput when the new parent lies below it or the tree would become too deep.
    """
    _lock_tree()
    organisation.refresh_from_db(fields=["path", "parent"])
    if parent is not None:
        parent.refresh_from_db(fields=["path", "parent"])
        if organisation.pk == parent.pk:
            raise BadInput(_("An organisation cannot lie below itself."))
        if organisation.contains(parent):
            raise BadInput(_("%(name)s lies below it.") % {"name": parent})
    if organisation.parent_id == (parent.pk if parent else None):
        raise BadInput(_("It lies there already."))
    _after_the_last_change(organisation, since)
    old, new = organisation.path, path_of(organisation.pk, parent)
    moved = list(Organisation.objects.below(organisation))
    _room_for(max(o.depth for o in moved) - organisation.depth + 1, parent)
    for below in moved:
        below.path = new + below.path.removeprefix(old)
    Organisation.objects.bulk_update(moved, ["path"], batch_size=500)
    organisation.parent, organisation.path = parent, new
    organisation.save(update_fields=["parent"])
    _remember(organisation, since, reason)
    audit.record("organisation.move", organisation, by=by, reason=reason, old=old, path=new)


@transaction.atomic
def end_organisation(
    *, organisation: Organisation, last_day: date, reason: str, by: Account | None
) -> None:
    """Say that the organisation exists until `last_day`; its open tenures end with it.

    Raises BadInput while something below it goes on.
    """
    reason = reason_given(reason)
    not_ahead(last_day)
    below = Organisation.objects.below(organisation).exclude(pk=organisation.pk)
    if going_on := below.exclude(valid_to__lte=last_day).first():
        raise BadInput(_("%(name)s below it goes on; end or move that first.") % {"name": going_on})
    organisation.valid_to = last_day
    check(organisation, exclude=("path", "parent", "code"))
    organisation.save(update_fields=["valid_to"])
    open_tenures = organisation.tenures.exclude(until__lte=last_day).exclude(since__gt=last_day)
    ended = open_tenures.update(until=last_day)
    audit.record("organisation.end", organisation, by=by, reason=reason, tenures=ended)


@transaction.atomic
def reopen_organisation(*, organisation: Organisation, reason: str, by: Account | None) -> None:
    """Take an end back; tenures that ended with it are given anew by hand."""
    reason = reason_given(reason)
    if organisation.valid_to is None:
        raise BadInput(_("It has not ended."))
    organisation.valid_to = None
    organisation.save(update_fields=["valid_to"])
    audit.record("organisation.reopen", organisation, by=by, reason=reason)


def _lock_tree() -> None:
    """Two moves at once could each pass the check and together make a circle: one at a time."""
    list(Organisation.objects.select_for_update().filter(parent=None).values_list("pk"))


def _room_for(levels: int, parent: Organisation | None) -> None:
    if (parent.depth + 1 if parent else 0) + levels > DEPTH:
        raise BadInput(_("The tree has at most %(depth)s levels.") % {"depth": DEPTH})


def _after_the_last_change(organisation: Organisation, since: date) -> None:
    """The history is written forwards: names and places of the past are not changed afterwards."""
    not_ahead(since)
    last = organisation.changes.order_by("-since", "-id").first()
    if last is not None and since < last.since:
        raise BadInput(
            _("There is a change of %(day)s already; give that day or a later one.")
            % {"day": last.since}
        )


def _remember(organisation: Organisation, since: date, reason: str) -> None:
    OrganisationChange.objects.create(
        organisation=organisation, since=since, name=organisation.name,
        short_name=organisation.short_name, parent=organisation.parent, reason=reason,
    )  # fmt: skip
