"""Verbs of accounts."""

from __future__ import annotations

import secrets

from axes.utils import reset
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from sheke.core import audit
from sheke.core.errors import BadInput

from ..models import Account, Person
from .checking import check

# Without letters and digits that are mistaken for each other on paper.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def one_time_password() -> str:
    """Three groups of four, to be read out once: `k7mp-x2rq-9hda` (59 bits)."""
    groups = ["".join(secrets.choice(ALPHABET) for _position in range(4)) for _group in range(3)]
    return "-".join(groups)


@transaction.atomic
def create_account(
    *, username: str, person: Person | None, password: str, by: Account | None,
    is_superuser: bool = False,
) -> Account:  # fmt: skip
    """Make a sign-in for a person. Raises BadInput: name taken, person has one, weak password."""
    account = Account(username=username.strip(), person=person, is_superuser=is_superuser)
    check(account, exclude=("password",))
    _set(account, password)
    account.save()
    audit.record("account.create", account, by=by)
    return account


@transaction.atomic
def set_password(*, account: Account, password: str, by: Account | None) -> None:
    """Set another password; every session of the account ends, wrong guesses at the old one are
    forgotten. Raises BadInput when it is weak.
    """
    _set(account, password)
    account.save(update_fields=["password"])
    reset(username=account.username)
    audit.record("account.password", account, by=by)


@transaction.atomic
def deactivate_account(*, account: Account, by: Account | None) -> None:
    """Let nobody sign in with it any more. Raises BadInput for one's own account."""
    if by is not None and by.pk == account.pk:
        raise BadInput(_("You cannot switch off your own account."))
    account.is_active = False
    account.save(update_fields=["is_active"])
    audit.record("account.deactivate", account, by=by)


@transaction.atomic
def activate_account(*, account: Account, by: Account | None) -> None:
    """Let it be used again."""
    account.is_active = True
    account.save(update_fields=["is_active"])
    audit.record("account.activate", account, by=by)


def _set(account: Account, password: str) -> None:
    try:
        validate_password(password, account)
    except ValidationError as error:
        raise BadInput(" ".join(error.messages)) from None
    account.set_password(password)
