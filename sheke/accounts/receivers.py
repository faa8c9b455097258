"""What happens when somebody signs in, tries to, or changes their second factors."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import user_logged_in
from allauth.mfa import signals as factor_signals
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.signals import social_account_added
from django.contrib.auth.signals import user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from sheke.directory.models import Account

from .actions.factors import note_factor
from .actions.identities import note_identity
from .history import Method, keep, method_of
from .middleware import SEEN, must_change
from .models import OneTimePassword


@receiver(user_logged_in)
def signed_in(request: HttpRequest, user: Account, **_kwargs: Any) -> None:
    keep(request, user, method=method_of(request, user), succeeded=True)
    must_change(request, OneTimePassword.objects.filter(account=user).exists())
    request.session[SEEN] = 0


@receiver(user_login_failed)
def refused(credentials: dict[str, Any], request: HttpRequest | None = None, **_k: Any) -> None:
    """A wrong password for an account that exists; other names are nobody's history."""
    account = Account.objects.filter(username=credentials.get("username") or "").first()
    if account is not None:
        keep(request, account, method=Method.PASSWORD, succeeded=False)


@receiver(factor_signals.authentication_failed)
def factor_refused(
    request: HttpRequest, user: Account, authenticator: Authenticator,
    reauthentication: bool = False, **_kwargs: Any,
) -> None:  # fmt: skip
    if not reauthentication:
        keep(request, user, method=authenticator.type, succeeded=False)


@receiver(factor_signals.authenticator_added)
def factor_added(user: Account, authenticator: Authenticator, **_kwargs: Any) -> None:
    note_factor(account=user, kind=authenticator.type, added=True, by=user)


@receiver(factor_signals.authenticator_removed)
def factor_removed(user: Account, authenticator: Authenticator, **_kwargs: Any) -> None:
    note_factor(account=user, kind=authenticator.type, added=False, by=user)


@receiver(factor_signals.authenticator_reset)
def codes_made(user: Account, authenticator: Authenticator, **_kwargs: Any) -> None:
    note_factor(account=user, kind=authenticator.type, added=True, by=user)


@receiver(social_account_added)
def identity_linked(request: HttpRequest, sociallogin: SocialLogin, **_kwargs: Any) -> None:
    account: Any = sociallogin.user
    note_identity(account=account, provider=sociallogin.account.provider, by=account)
