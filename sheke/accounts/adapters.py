"""How django-allauth sees our accounts."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from sheke.directory.models import Account

from . import secrets
from .addresses import client_address
from .factors import factors, must_have_factor
from .identifiers import account_for
from .texts import TEXTS

BACKEND = "django.contrib.auth.backends.ModelBackend"


class AccountAdapter(DefaultAccountAdapter):
    """No sign-up, no mail of allauth's own, our words."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request) or "0.0.0.0"  # noqa: S104  no address: a socket of the machine

    def login(self, request: HttpRequest, user: Any) -> None:
        login(request, user, backend=BACKEND)

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        messages.error(
            request, _("This account is switched off. Ask your federation's administrator.")
        )
        return redirect("site:sign_in")

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None,
        message_context: dict[str, Any] | None = None, extra_tags: str = "",
        message: str | None = None,
    ) -> None:  # fmt: skip
        """Our own words; what has none is not said."""
        text = message or TEXTS.get(message_template or "")
        if text:
            messages.add_message(request, level, text, extra_tags=extra_tags)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whoever has just signed in is not asked again."""
        request = context.request
        records = get_authentication_records(request, request.user)
        patience = settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        return not any(time.time() - record["at"] < patience for record in records)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        names = {
            "reauthenticate": _("With the password"),
            "mfa_reauthenticate": _("With a code of the app"),
            "mfa_reauthenticate:webauthn": _("With a passkey or security key"),
        }
        found = super().get_reauthentication_methods(user)
        return [method | {"description": names[method["id"]]} for method in found]

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """What people are told goes through notices."""

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """What people are told goes through notices."""


class FactorAdapter(DefaultMFAAdapter):
    """Secrets are kept encrypted; the last factor stays where one is required."""

    def encrypt(self, text: str) -> str:
        return secrets.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return secrets.decrypt(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        account: Account = authenticator.user
        others = factors(account).exclude(pk=authenticator.pk)
        return others.exists() or not must_have_factor(account)

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return _("Key %(number)s") % {"number": count + 1}

    def _get_user_identifier(self, user: Any) -> str:
        return str(user.get_username())

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        host = context.request.get_host().rpartition("]")[2].partition(":")[0]
        return {"id": host, "name": settings.MFA_TOTP_ISSUER}

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        entity = super().get_public_key_credential_user_entity(user)
        return entity | {"display_name": str(user)}


class IdentityAdapter(DefaultSocialAccountAdapter):
    """The organisation's sign-in service lets known people in and makes no accounts."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """An identity that nobody linked belongs to the one person with its verified mail.

        Accounts that run the machine are linked by their owners only.
        """
        if sociallogin.is_existing or sociallogin.state.get("process") == "connect":
            return
        known = self._known(sociallogin)
        if known is None:
            messages.error(request, _(
                "No account here is linked with this identity. Sign in another way and link it under "
                "“My account”, or ask your secretary for an invitation."
            ))  # fmt: skip
            raise ImmediateHttpResponse(redirect("site:sign_in"))
        sociallogin.connect(request, known)

    def _known(self, sociallogin: Any) -> Account | None:
        for address in sociallogin.email_addresses:
            if address.verified is True and "@" in address.email:
                account = account_for(address.email)
                named = account is not None and account.username == address.email
                if account and not named and not account.is_superuser:
                    return account
        return None

    def on_authentication_error(self, request: HttpRequest, provider: Any, **kwargs: Any) -> None:
        messages.error(request, _("The sign-in service did not confirm who you are. Try again."))
        raise ImmediateHttpResponse(redirect("site:sign_in"))

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:
        from django.urls import reverse

        return reverse("mfa_index")


def enter(request: HttpRequest, account: Account, *, to: str | None = None) -> HttpResponse:
    """Sign in whose password was just given, ask for the second factor, go to `to`, a path of ours."""
    login = Login(user=account, redirect_url=to)
    try:
        return perform_password_login(request, {"username": account.username}, login)
    except ImmediateHttpResponse as other:
        return other.response
