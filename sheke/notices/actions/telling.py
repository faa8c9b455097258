"""Telling accounts, and writing to addresses that have none."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core.errors import BadInput
from sheke.directory.models import Account

from ..channels import channel_of
from ..kinds import KINDS
from ..models import Message, Notice
from ..routing import route


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
        held = Notice.objects.filter(account__in=accounts, once=once)
        for pk in held.values_list("account", flat=True):
            accounts.pop(pk)
    notices = Notice.objects.bulk_create(
        Notice(account=account, kind=kind, data=data, url=url, once=once)
        for account in accounts.values()
    )
    route(notices)
    return notices


@transaction.atomic
def post_message(
    *, channel: str, address: str, subject: str, text: str, once: str, by: Account | None
) -> Message:
    """Send words to an address without an account: an invitation, a new password's link.

    channel: “mail” or “sms”. `once`: lasting words for this very message; the same channel, address
    and words are written to once, and the first message is returned. The text is forgotten when it
    has gone out. Raises BadInput where the channel is not set up or the address cannot be one.
    """
    found = channel_of(channel)
    if not found.ready():
        raise BadInput(
            _("“%(channel)s” is not set up; see docs/settings.md.") % {"channel": found.label}
        )
    address = found.checked_address(address)
    if once and (
        held := Message.objects.filter(channel=channel, address=address, once=once).first()
    ):
        return held
    return Message.objects.create(
        channel=channel, address=address, subject=subject[:300], text=text, once=once,
        due_at=timezone.now(),
    )  # fmt: skip
