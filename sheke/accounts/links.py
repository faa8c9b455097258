"""Links that let somebody in: signed, single use, expiring."""

from __future__ import annotations

import hashlib
import secrets

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core import signing
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.http import base36_to_int, int_to_base36

from sheke.directory.models import Account

from .models import Invitation

SALT = "accounts.invitation"
LOCAL = "http://127.0.0.1:8000"


def new_secret() -> str:
    return secrets.token_urlsafe(24)


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def invitation_token(invitation: Invitation, secret: str) -> str:
    """What stands in the link: the invitation's number and the secret, signed."""
    return signing.Signer(salt=SALT, sep="~").sign(f"{int_to_base36(invitation.pk)}~{secret}")


def invitation_of(token: str) -> Invitation | None:
    """The invitation whose latest link has this token, in whatever state it is."""
    try:
        number, _sep, secret = signing.Signer(salt=SALT, sep="~").unsign(token).partition("~")
        pk = base36_to_int(number)
    except (signing.BadSignature, ValueError):
        return None
    found = (
        Invitation.objects.with_state()
        .select_related("organisation", "by__person", "person")
        .filter(pk=pk)
        .first()
    )
    same = found is not None and constant_time_compare(found.digest, digest_of(secret))
    return found if same else None


def reset_path(account: Account) -> str:
    """The path to a new password: worth nothing once used, after signing in, or too late."""
    number, token = int_to_base36(account.pk), default_token_generator.make_token(account)
    return reverse("accounts:reset", args=[number, token])


def account_of(number: str, token: str) -> Account | None:
    """The active account that a link to a new password is for."""
    try:
        pk = base36_to_int(number)
    except ValueError:
        return None
    account = Account.objects.select_related("person").filter(pk=pk, is_active=True).first()
    fits = account is not None and default_token_generator.check_token(account, token)
    return account if fits else None


def site_of(request: HttpRequest | None = None) -> str:
    """How links begin: SHEKE_URL, else the host that was asked, else this machine."""
    if settings.SITE_URL:
        return str(settings.SITE_URL)
    return request.build_absolute_uri("/").rstrip("/") if request is not None else LOCAL
