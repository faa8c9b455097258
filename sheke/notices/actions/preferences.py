"""How an account wants to be told, and a message to try it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core import audit
from sheke.core.errors import BadInput
from sheke.directory.models import Account

from ..channels import CHANNELS
from ..models import Choice, Message, Preference
from ..models.choices import Pace
from ..routing import address_of


@transaction.atomic
def choose_channels(
    *,
    language: str,
    digest_at: time,
    digest_on: int,
    quiet_from: time | None,
    quiet_until: time | None,
    choices: Mapping[tuple[str, str], str],
    by: Account,
) -> None:
    """Keep when and how `by` is told. choices: pace by kind and channel; what is missing stays."""
    Preference.objects.update_or_create(
        account=by,
        defaults={
            "language": language, "digest_at": digest_at, "digest_on": digest_on,
            "quiet_from": quiet_from, "quiet_until": quiet_until,
        },
    )  # fmt: skip
    Choice.objects.bulk_create(
        [
            Choice(account=by, kind=kind, channel=channel, pace=Pace(pace))
            for (kind, channel), pace in choices.items()
        ],
        update_conflicts=True, unique_fields=["account", "kind", "channel"],
        update_fields=["pace"],
    )  # fmt: skip
    audit.record("notices.choose", by, by=by)


@transaction.atomic
def send_test(*, channel: str, by: Account) -> Message:
    """Write a message to oneself; at most one a minute. Raises BadInput where it cannot go."""
    found = CHANNELS.get(channel)
    if found is None or not found.ready():
        raise BadInput(_("This channel is not set up."))
    address = address_of(by, channel)
    if not address:
        raise BadInput(_("The directory has no address of yours for this channel."))
    now = timezone.now()
    message, made = Message.objects.get_or_create(
        channel=channel, address=address, once=f"test-{by.pk}-{now:%Y%m%d%H%M}",
        defaults={
            "account": by, "due_at": now, "subject": _("Sheke: a test"),
            "text": _("This is the message that you asked for. Notices reach you here."),
        },
    )  # fmt: skip
    if not made:
        raise BadInput(_("A test was sent a moment ago; wait a minute."))
    audit.record("notices.test", by, by=by, channel=channel)
    return message
