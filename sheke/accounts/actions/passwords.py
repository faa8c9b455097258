"""Verbs of passwords: given by an administrator, chosen by the owner."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from sheke.core import audit
from sheke.core.errors import BadInput
from sheke.directory.actions import create_account, one_time_password, set_password
from sheke.directory.models import Account, Person
from sheke.notices.actions import tell

from ..links import account_of
from ..models import OneTimePassword


@transaction.atomic
def give_password(*, account: Account, by: Account | None) -> str:
    """Set a one-time password and give it back; it is changed at the next sign-in."""
    made = one_time_password()
    set_password(account=account, password=made, by=by)
    OneTimePassword.objects.update_or_create(account=account, defaults={"by": by})
    return made


@transaction.atomic
def create_with_password(
    *, username: str, person: Person | None, by: Account | None, is_superuser: bool = False
) -> tuple[Account, str]:
    """Make an account with a one-time password. Raises BadInput as `create_account` does."""
    made = one_time_password()
    account = create_account(
        username=username, person=person, password=made, is_superuser=is_superuser, by=by
    )
    OneTimePassword.objects.create(account=account, by=by)
    return account, made


@transaction.atomic
def change_password(*, account: Account, password: str, by: Account | None) -> None:
    """The owner's own choice; every other session ends. Raises BadInput when it is weak or the old."""
    if account.check_password(password):
        raise BadInput(_("Choose another password than the present one."))
    set_password(account=account, password=password, by=by)
    OneTimePassword.objects.filter(account=account).delete()


@transaction.atomic
def reset_password(*, number: str, token: str, password: str, by: Account | None) -> Account:
    """Choose a new password through a link. Raises BadInput: link used or too old, weak password."""
    account = account_of(number, token)
    # The row is locked so that two tabs with the same link cannot both win.
    if account is not None:
        Account.objects.select_for_update(of=("self",)).get(pk=account.pk)
        account = account_of(number, token)
    if account is None:
        raise BadInput(_("This link has been used or is too old. Ask for a new one."))
    change_password(account=account, password=password, by=by or account)
    audit.record("account.reset", account, by=by or account)
    tell(kind="accounts.password_reset", to=[account], by=None, url="/accounts/security/")
    return account
