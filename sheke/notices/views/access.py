"""What the views of notices ask first."""

from __future__ import annotations

from typing import cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext as _

from sheke.directory.models import Account, Organisation


def account(request: HttpRequest) -> Account:
    """The signed-in account; every page but the calendar's file asks for one."""
    return cast(Account, request.user)


def require_administrator(request: HttpRequest, organisation: Organisation | None = None) -> None:
    """Raise PermissionDenied for who does not administer the organisation; None: everything."""
    if not request.user.has_perm("directory.administer", organisation):
        raise PermissionDenied(_("Only an administrator may do this."))
