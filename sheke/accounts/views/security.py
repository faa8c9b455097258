"""My account: sessions, second factors, linked identities, the history of signing in."""

from __future__ import annotations

from typing import cast

from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from sheke.directory.models import Account

from .. import actions
from ..factors import factors, has_factor, must_have_factor
from ..queries import recent_sign_ins, sessions_of
from .sign_in import services


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    account = cast(Account, request.user)
    mine = list(Authenticator.objects.filter(user_id=account.pk).order_by("pk"))
    codes = next((a for a in mine if a.type == Authenticator.Type.RECOVERY_CODES), None)
    return render(request, "accounts/security.html", {
        "sessions": sessions_of(account),
        "here": request.session.session_key,
        "totp": next((a for a in mine if a.type == Authenticator.Type.TOTP), None),
        "keys": [a for a in mine if a.type == Authenticator.Type.WEBAUTHN],
        "codes": codes,
        "codes_left": len(codes.wrap().get_unused_codes()) if codes else 0,
        "must_have_factor": must_have_factor(account),
        "identities": SocialAccount.objects.filter(user_id=account.pk),
        "services": services(),
        "sign_ins": recent_sign_ins(account),
    })  # fmt: skip


@require_safe
def second_factor(request: HttpRequest) -> HttpResponse:
    """Where those are led who must set up a second factor."""
    account = cast(Account, request.user)
    if has_factor(account) or not must_have_factor(account):
        return redirect("mfa_index")
    return render(request, "accounts/second_factor.html", {"factors": factors(account)})


@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """End one session of one's own; one's own present one is signing out."""
    account = cast(Account, request.user)
    session = next((s for s in sessions_of(account) if s.pk == pk), None)
    if session is None or session.session_key == request.session.session_key:
        messages.info(request, _("This session has ended already."))
    else:
        actions.end_sessions(account=account, sessions=[session], by=account)
        messages.success(request, _("The session is ended."))
    return redirect("mfa_index")


@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    account = cast(Account, request.user)
    here = request.session.session_key
    others = [s for s in sessions_of(account) if s.session_key != here]
    count = actions.end_sessions(account=account, sessions=others, by=account)
    said = ngettext("%(count)s session is ended.", "%(count)s sessions are ended.", count)
    messages.success(request, said % {"count": count})
    return redirect("mfa_index")


@require_POST
@reauthentication_required
def unlink(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign in no more with an identity of the organisation's service."""
    account = cast(Account, request.user)
    identity = get_object_or_404(SocialAccount, pk=pk, user_id=account.pk)
    actions.unlink_identity(account=account, identity=identity, by=account)
    messages.success(request, _("The identity is linked no more."))
    return redirect("mfa_index")
