"""Changing one's password; a new one through a link."""

from __future__ import annotations

from typing import cast

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from sheke.core.errors import BadInput
from sheke.directory.models import Account

from .. import actions
from ..forms import ChangePasswordForm, NewPasswordForm, ResetForm
from ..links import account_of, site_of
from ..middleware import CHANGE, must_change
from ..sending import ready_channels
from ..tasks import send_reset_link
from .limits import allowed, limited, too_often


@sensitive_post_parameters()
def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password; this session goes on, every other one ends."""
    account = cast(Account, request.user)
    form = ChangePasswordForm(account, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_password(
                account=account, password=form.cleaned_data["new_password1"], by=account
            )
        except BadInput as error:
            form.add_error("new_password1", str(error))
        else:
            update_session_auth_hash(request, account)
            UserSession.objects.create_from_request(request)
            must_change(request, False)
            messages.success(request, _("Your password is changed."))
            return redirect("site:home")
    context = {"form": form, "first": request.session.get(CHANGE, False)}
    return render(request, "accounts/password.html", context, status=422 if form.errors else 200)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def forgotten(request: HttpRequest) -> HttpResponse:
    """Ask for a link to a new password. The answer is the same whether there is such an account."""
    form = ResetForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and ready_channels():
        wanted = form.cleaned_data["identifier"]
        if not allowed(request, "reset_password", key=wanted.strip().lower()):
            return too_often(request)
        send_reset_link.enqueue(wanted, site_of(request), get_language() or "zh-hans")
        return render(request, "accounts/reset_sent.html", {"wanted": wanted})
    context = {"form": form, "possible": bool(ready_channels())}
    return render(request, "accounts/forgotten.html", context, status=422 if form.errors else 200)


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@limited("open_link")
def reset(request: HttpRequest, number: str, token: str) -> HttpResponse:
    """Choose a new password through a link; then one signs in with it as always."""
    account = account_of(number, token)
    if account is None:
        return _gone(request)
    form = NewPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.reset_password(
                number=number, token=token, password=form.cleaned_data["password"], by=None
            )
        except BadInput as error:
            form.add_error("password", str(error))
        else:
            messages.success(request, _("Your password is changed. Sign in with it."))
            return redirect("site:sign_in")
    context = {"form": form, "username": account.username}
    return render(request, "accounts/reset.html", context, status=422 if form.errors else 200)


def _gone(request: HttpRequest) -> HttpResponse:
    reason = _("This link has been used or is too old. Ask for a new one.")
    return render(request, "400.html", {"reason": reason}, status=410)
