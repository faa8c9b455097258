"""Verbs of the site itself."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from sheke.core import audit
from sheke.core.errors import BadInput
from sheke.directory.models import Account

from .guide import ROLES
from .models import GuideEnding


@transaction.atomic
def end_guide(*, account: Account, role: str, by: Account | None) -> GuideEnding:
    """Show the first steps of a role no more. Doing it twice changes nothing.

    Raises BadInput for a role that has no first steps.
    """
    if role not in ROLES:
        raise BadInput(_("There are no first steps for this role."))
    ending, made = GuideEnding.objects.get_or_create(account=account, role=role)
    if made:
        audit.record("guide.end", ending, by=by, role=role)
    return ending
