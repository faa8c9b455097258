"""Pages that belong to no app: the organisation one acts for, errors, the demonstration's door."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.i18n import set_language as django_set_language

from sheke.accounts.views.sign_in import sign_in as accounts_sign_in
from sheke.directory.middleware import SESSION_KEY
from sheke.directory.models import Account
from sheke.directory.queries import acting_organisations

from .demo.people import PASSWORD
from .demo.source import read


def demo_accounts() -> list[dict[str, str]]:
    """Who one may be in the demonstration: user, name, what."""
    return read("people")["accounts"] if settings.DEMO else []


@login_not_required
def sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page; in the demonstration with the people one may be."""
    return accounts_sign_in(request, {"demo_accounts": demo_accounts(), "demo_password": PASSWORD})


set_language = login_not_required(django_set_language)


@require_POST
def acting(request: HttpRequest) -> HttpResponse:
    """Choose the organisation one acts for in this session."""
    number = request.POST.get("organisation", "")
    mine = acting_organisations(cast(Account, request.user))
    organisation = get_object_or_404(mine, pk=number if number.isdecimal() else 0)
    request.session[SESSION_KEY] = organisation.pk
    messages.success(request, _("You now act for %(name)s.") % {"name": organisation.name})
    return redirect(safe_next(request))


def safe_next(request: HttpRequest) -> str:
    """The page to go back to, if it is one of ours; else the workbench."""
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if ours and wanted.startswith("/") else "site:home"


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """`PermissionDenied("why")` prints its reason on the page."""
    return render(request, "403.html", {"reason": str(exception)}, status=403)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from an old page, most often: say so instead of frightening people."""
    return render(request, "403_csrf.html", status=403)
