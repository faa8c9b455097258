"""Verbs of second factors. Setting one up is allauth's; here is what the office does."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.db import transaction

from sheke.core import audit
from sheke.directory.models import Account
from sheke.notices.actions import tell


@transaction.atomic
def remove_factors(*, account: Account, by: Account | None) -> int:
    """Take all second factors from somebody who lost them; the number of those taken."""
    count: int = Authenticator.objects.filter(user_id=account.pk).delete()[0]
    audit.record("account.remove_factors", account, by=by, count=count)
    tell(kind="accounts.factors_removed", to=[account], by=by, url="/accounts/security/")
    return count


@transaction.atomic
def note_factor(*, account: Account, kind: str, added: bool, by: Account | None) -> None:
    """Write down that the owner set up or removed a factor."""
    audit.record(
        "account.add_factor" if added else "account.drop_factor", account, by=by, kind=kind
    )
