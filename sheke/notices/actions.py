"""Verbs of telling people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from sheke.directory.models import Account

from .kinds import KINDS
from .models import Notice


@transaction.atomic
def tell(
    *,
    kind: str,
    to: Iterable[Account],
    by: Account | None,
    url: str = "",
    once: str = "",
    **data: Any,
) -> list[Notice]:
    """Tell accounts something, in the same transaction as the act that it tells of.

    kind: a registered key; `data` (JSON) fills its text. `by` is not told of their own act. With
    `once` each account is told at most once for these words. Returns the notices that are new.
    """
    KINDS[kind]
    accounts = {account.pk: account for account in to if by is None or account.pk != by.pk}
    if once:
        held = Notice.objects.filter(account__in=accounts, once=once).values_list(
            "account", flat=True
        )
        for pk in held:
            accounts.pop(pk)
    return Notice.objects.bulk_create(
        Notice(account=account, kind=kind, data=data, url=url, once=once)
        for account in accounts.values()
    )
