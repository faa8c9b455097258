"""Second factors: who has one, who must."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import QuerySet

from sheke.directory.models import Account
from sheke.directory.queries import administered_paths

MAIN = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def factors(account: Account) -> QuerySet[Authenticator]:
    """What the account signs in with besides its password; recovery codes are no factor."""
    return Authenticator.objects.filter(user_id=account.pk, type__in=MAIN).order_by("pk")


def has_factor(account: Account) -> bool:
    return factors(account).exists()


def must_have_factor(account: Account) -> bool:
    """Whether the office asks a second factor of this account (SHEKE_SECOND_FACTOR)."""
    if settings.SECOND_FACTOR == "everyone":
        return True
    if settings.SECOND_FACTOR == "administrators":
        return account.is_superuser or bool(administered_paths(account))
    return False
