"""Verbs of identities at the organisation's own sign-in service."""

from __future__ import annotations

from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from sheke.core import audit
from sheke.directory.models import Account


@transaction.atomic
def unlink_identity(*, account: Account, identity: SocialAccount, by: Account | None) -> None:
    """The identity opens the account no more."""
    audit.record("account.unlink_identity", account, by=by, provider=identity.provider)
    identity.delete()


@transaction.atomic
def note_identity(*, account: Account, provider: str, by: Account | None) -> None:
    """Write down that an identity was linked with the account."""
    audit.record("account.link_identity", account, by=by, provider=provider)
