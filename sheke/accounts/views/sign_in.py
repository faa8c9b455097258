"""The sign-in page."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from ..adapters import enter
from ..forms import SignInForm
from .limits import limited


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@limited("login")
def sign_in(request: HttpRequest, extra: dict[str, Any] | None = None) -> HttpResponse:
    """Sign in with a password, then with the second factor; `extra` is for the template."""
    wanted = safe_next(request)
    if request.user.is_authenticated:
        return redirect(wanted or settings.LOGIN_REDIRECT_URL)
    form = SignInForm(request, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return enter(request, form.get_user(), to=wanted or None)
    context = {"form": form, "next": wanted, "services": services()}
    return render(request, "accounts/sign_in.html", context | (extra or {}))


def services() -> list[dict[str, str]]:
    """The organisation's own sign-in services, by the settings."""
    found = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    return [{"id": app["provider_id"], "name": app["name"]} for app in found]


def safe_next(request: HttpRequest) -> str:
    """The page that was wanted, if it is one of ours; else “”."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    # A word alone would be looked up as the name of a page.
    return wanted if ours and wanted.startswith("/") else ""


def locked_out(request: HttpRequest, *_given: object) -> HttpResponse:
    """Too many wrong passwords: the page says how long to wait."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    reason = _(
        "Too many wrong passwords. Wait %(minutes)s minutes, or ask your federation's administrator "
        "for a new password."
    ) % {"minutes": minutes}
    return render(request, "400.html", {"reason": reason}, status=429)
