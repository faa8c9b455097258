"""What the invited see: who invites them to what; choosing user name and password."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from sheke.core.errors import BadInput
from sheke.directory.models import Account

from .. import actions
from ..adapters import enter
from ..forms import AcceptForm
from ..links import invitation_of
from ..models import Invitation
from .limits import limited


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@limited("open_link")
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Accept an invitation, with a new account or the one that is signed in."""
    found = invitation_of(token)
    if found is None or not found.is_open:
        return _closed(request, found)
    if request.user.is_authenticated:
        return _known(request, found, token)
    form = AcceptForm(request.POST or None, invitation=found)
    if request.method == "POST" and form.is_valid():
        data = {"name": found.name} | form.cleaned_data
        try:
            account = actions.accept_as_new(token=token, by=None, **data)
        except BadInput as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Welcome, %(name)s.") % {"name": account})
            return enter(request, account)
    context = {"invitation": found, "form": form, "path": request.path}
    return render(request, "accounts/accept.html", context, status=422 if form.errors else 200)


def _known(request: HttpRequest, found: Invitation, token: str) -> HttpResponse:
    account = cast(Account, request.user)
    problem = ""
    if request.method == "POST":
        try:
            actions.accept_as_known(token=token, account=account, by=account)
        except BadInput as error:
            problem = str(error)
        else:
            name = found.organisation.name
            messages.success(request, _("You now act for %(name)s.") % {"name": name})
            return redirect("site:home")
    context = {"invitation": found, "account": account, "problem": problem}
    return render(request, "accounts/accept.html", context, status=422 if problem else 200)


def _closed(request: HttpRequest, found: Invitation | None) -> HttpResponse:
    by = str(found.by) if found and found.by else ""
    return render(request, "accounts/closed.html", {"invitation": found, "by": by}, status=410)
