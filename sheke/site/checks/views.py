"""The page “Installation”: what `sheke check` says, for who runs the machine or the federation."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from .findings import Severity, findings


@require_safe
def installation(request: HttpRequest) -> HttpResponse:
    """Administrators of a root organisation and those who run the machine; the others get 403."""
    if not request.user.has_perm("directory.administer", None):
        raise PermissionDenied(_("Only the federation's administrators see the installation."))
    found = findings()
    groups = {severity: [f for f in found if f.severity == severity] for severity in Severity}
    context = {
        "errors": groups[Severity.ERROR],
        "warnings": groups[Severity.WARNING],
        "infos": groups[Severity.INFO],
    }
    return render(request, "site/installation.html", context)
