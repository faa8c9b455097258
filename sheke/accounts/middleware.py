"""What is to be done before anything else, and when a session was last used."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, cast

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django_htmx.http import HttpResponseClientRedirect

from sheke.core.databases import is_read_only
from sheke.directory.models import Account

from .factors import has_factor, must_have_factor

CHANGE = "accounts.change_password"
FACTOR = "accounts.second_factor"
SEEN = "accounts.seen"
STEP = 300  # seconds after which a session's last use is written again
ALWAYS = {"site:sign_out", "site:language", "account_reauthenticate"}
FOR_PASSWORD = {*ALWAYS, "site:password"}
FOR_FACTOR = {
    *ALWAYS, "accounts:second_factor", "site:password", "mfa_activate_totp", "mfa_add_webauthn",
    "mfa_view_recovery_codes", "mfa_download_recovery_codes", "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
}  # fmt: skip


def must_change(request: HttpRequest, must: bool) -> None:
    """Keep in the session whether the password is to be changed first."""
    if must:
        request.session[CHANGE] = True
    else:
        request.session.pop(CHANGE, None)


class FirstThingsFirst:
    """A given password is changed, a required second factor set up, before any other page opens."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, _args: object, _kwargs: object
    ) -> HttpResponse | None:
        if not getattr(view, "login_required", True) or not request.user.is_authenticated:
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        if request.session.get(CHANGE):
            return None if name in FOR_PASSWORD else _led(request, "site:password")
        if name not in FOR_FACTOR and lacks_factor(request):
            return _led(request, "accounts:second_factor")
        return None


def lacks_factor(request: HttpRequest) -> bool:
    """Whether the account must have a second factor and has none.

    The answer is kept in the session for the day, so that pages cost no query for it; another rule
    of the office asks again.
    """
    if not settings.SECOND_FACTOR:
        return False
    stamp = f"{settings.SECOND_FACTOR} {timezone.localdate()}"
    if request.session.get(FACTOR) == stamp:
        return False
    account = cast(Account, request.user)
    if must_have_factor(account) and not has_factor(account):
        return True
    request.session[FACTOR] = stamp
    return False


def _led(request: HttpRequest, view: str) -> HttpResponse:
    if getattr(request, "htmx", False):
        return HttpResponseClientRedirect(reverse(view))
    return redirect(view)


def last_seen(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Write down when a session was last used, at most every few minutes and only for our sign-ins."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.session.accessed and not request.session.is_empty() and not is_read_only():
            seen = request.session.get(SEEN)
            if seen is not None and time.time() - seen > STEP and request.session.session_key:
                request.session[SEEN] = int(time.time())
                UserSession.objects.filter(session_key=request.session.session_key).update(
                    last_seen_at=timezone.now()
                )
        return response

    return middleware
