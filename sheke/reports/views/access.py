"""What every view of reports asks first, and how files are handed out."""

from __future__ import annotations

from typing import cast

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from sheke.directory.models import Account
from sheke.reports.models import Report
from sheke.reports.queries import visible_reports


def account_of(request: HttpRequest) -> Account:
    """The signed-in account; every page here asks for one."""
    return cast(Account, request.user)


def visible_report(request: HttpRequest, pk: int) -> Report:
    """The report, or 404: who may not see it does not learn that it exists."""
    return get_object_or_404(visible_reports(account_of(request)), pk=pk)


def require(request: HttpRequest, permission: str, subject: Model) -> None:
    """Raise PermissionDenied unless the account has the permission for the subject."""
    if not request.user.has_perm(permission, subject):
        raise PermissionDenied(_("This report is frozen, or you do not act for its organisation."))


def changeable_report(request: HttpRequest, pk: int) -> Report:
    """The report if the account may change it."""
    report = visible_report(request, pk)
    require(request, "reports.change_report", report)
    return report
