"""What every view of the ledger asks first."""

from __future__ import annotations

from typing import cast

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from sheke.core.errors import BadInput
from sheke.definitions.models import Edition
from sheke.definitions.queries import current_edition
from sheke.directory.models import Account

from ..models import Record


def visible_record(request: HttpRequest, pk: int) -> Record:
    """The record, or 404: who may not see it does not learn that it exists."""
    records = Record.objects.visible_to(account(request))
    return get_object_or_404(
        records.select_related("organisation", "heading", "reversal__by", "edition__definition",
                               "type__current", "posted_by__person"),
        pk=pk,
    )  # fmt: skip


def correctable_record(request: HttpRequest, pk: int) -> Record:
    """The record if the account may revise or reverse it."""
    record = visible_record(request, pk)
    require(request, "ledger.correct_record", record)
    return record


def account(request: HttpRequest) -> Account:
    """The signed-in account; every page of the ledger asks for one."""
    return cast(Account, request.user)


def require(request: HttpRequest, permission: str, subject: Model) -> None:
    if not request.user.has_perm(permission, subject):
        raise PermissionDenied(_("You do not act for this organisation."))


def type_or_404(key: str) -> Edition:
    """The current edition of the record type."""
    try:
        return current_edition("record_type", key)
    except BadInput as error:
        raise Http404(str(error)) from None
