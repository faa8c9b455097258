"""Verbs of tokens."""

from __future__ import annotations

import secrets
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core import audit
from sheke.core.errors import BadInput
from sheke.directory.models import Account, Tenure
from sheke.directory.queries import acting_tenures

from .models import Token
from .secrets import digest

PREFIX = "sheke_"  # lets secret scanners and people know what it is


@transaction.atomic
def issue_token(
    *,
    account: Account,
    tenure: Tenure,
    name: str,
    writes: bool,
    expires_on: date | None,
    by: Account | None,
) -> tuple[Token, str]:
    """A token and its secret, which is shown once. Raises BadInput: not one's own acting tenure, no
    name, a day that is over.
    """
    name = " ".join(name.split())[:80]
    if not name:
        raise BadInput(_("Say what the token is for."))
    if expires_on is not None and expires_on < timezone.localdate():
        raise BadInput(_("The last day is over already."))
    if not acting_tenures(account).filter(pk=tenure.pk).exists():
        raise BadInput(_("A token is given for an office that one holds today."))
    secret = PREFIX + secrets.token_urlsafe(32)
    token = Token.objects.create(
        account=account, tenure=tenure, name=name, writes=writes, expires_on=expires_on,
        digest=digest(secret), hint=secret[:10],
    )  # fmt: skip
    audit.record("token.issue", token, by=by, organisation=tenure.organisation.code, writes=writes)
    return token, secret


@transaction.atomic
def withdraw_token(*, token: Token, by: Account | None) -> None:
    """Make a token worthless at once."""
    if token.withdrawn_at is None:
        token.withdrawn_at = timezone.now()
        token.save(update_fields=["withdrawn_at"])
        audit.record("token.withdraw", token, by=by)
