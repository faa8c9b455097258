"""Inviting people, and what became of it."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sheke.core.errors import BadInput
from sheke.directory.models import Account, Organisation

from .. import actions
from ..forms import InviteForm
from ..links import site_of
from ..models import Invitation
from ..queries import visible_invitations
from .limits import limited

PAGE = 50


@require_safe
def invitations(request: HttpRequest) -> HttpResponse:
    account = _inviter(request)
    page = Paginator(visible_invitations(account), PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/invitations.html", {"page": page})


@never_cache
@require_http_methods(["GET", "POST"])
@limited("invite")
def invite(request: HttpRequest) -> HttpResponse:
    """Invite somebody to an organisation that one acts for; the link is shown once."""
    account = _inviter(request)
    here = _organisation(request, account)
    form = InviteForm(request.POST or None, account=account, here=here)
    made: list[tuple[Invitation, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            made.append(actions.invite(by=account, site=site_of(request), **form.cleaned_data))
        except BadInput as error:
            form.add_error(None, str(error))
    if made:
        return _shown_once(request, *made[0])
    context = {"form": form, "here": here}
    return render(request, "accounts/invite.html", context, status=422 if form.errors else 200)


@never_cache
@require_POST
@limited("invite")
def send_again(request: HttpRequest, pk: int) -> HttpResponse:
    """A new link, sent as before or shown."""
    invitation = _managed(request, pk)
    account = cast(Account, request.user)
    try:
        token = actions.send_again(invitation=invitation, by=account, site=site_of(request))
    except BadInput as error:
        messages.error(request, str(error))
        return redirect("accounts:invitations")
    invitation.refresh_from_db()
    return _shown_once(request, invitation, token)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    invitation = _managed(request, pk)
    try:
        actions.withdraw(invitation=invitation, by=cast(Account, request.user))
        messages.success(request, _("The invitation is withdrawn; its link opens nothing."))
    except BadInput as error:
        messages.error(request, str(error))
    return redirect("accounts:invitations")


def _inviter(request: HttpRequest) -> Account:
    account = cast(Account, request.user)
    if not account.has_perm("accounts.invite"):
        raise PermissionDenied(_("Only those who act for an organisation invite to it."))
    return account


def _organisation(request: HttpRequest, account: Account) -> Organisation:
    """The one that is asked for, else the one that one acts for now."""
    code = request.POST.get("organisation") or request.GET.get("organisation")
    found = Organisation.objects.filter(code=code).first() if code else None
    here: Organisation = found or request.organisation  # type: ignore[attr-defined]
    if not account.has_perm("accounts.invite", here):
        raise PermissionDenied(_("Only those who act for an organisation invite to it."))
    return here


def _managed(request: HttpRequest, pk: int) -> Invitation:
    account = cast(Account, request.user)
    invitation = get_object_or_404(visible_invitations(account), pk=pk)
    if not account.has_perm("accounts.manage_invitation", invitation):
        raise PermissionDenied(_("Nobody invites to a role above their own in an organisation."))
    return invitation


def _shown_once(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponse:
    link = site_of(request) + reverse("accounts:invitation", args=[token])
    context: dict[str, Any] = {"invitation": invitation, "link": link}
    return render(request, "accounts/invited.html", context)
