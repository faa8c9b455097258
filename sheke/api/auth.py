"""Who asks: a bearer token, which acts through one tenure and never beyond it."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from sheke.directory.models import Account
from sheke.directory.queries import held_tenures

from .models import Token
from .secrets import digest


class TokenAuth(HttpBearer):
    """Sets `request.user` to the token's account, narrowed to the token's tenure."""

    openapi_name = "token"

    def authenticate(self, request: HttpRequest, token: str) -> Token | None:
        found = (
            Token.objects.usable()
            .select_related("account__person", "tenure__organisation")
            .filter(digest=digest(token), account__is_active=True)
            .first()
        )
        if found is None:
            return None
        account = narrowed(found)
        if not held_tenures(account):
            return None  # the office has ended
        request.user = account
        _keep_use(found)
        return found


def narrowed(token: Token) -> Account:
    """The account as it acts through the token: by that tenure only, and never as a superuser."""
    account = token.account
    account.only_tenure = token.tenure_id
    account.is_superuser = False
    return account


def _keep_use(token: Token) -> None:
    """The day is enough, and spares a write for every request."""
    today = timezone.localdate()
    if token.used_on != today:
        Token.objects.filter(pk=token.pk).update(used_on=today)
