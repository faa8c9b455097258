"""Hooks of organisations: set, changed, tried, removed. Their addresses and secrets are in no event."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core import audit
from sheke.core.errors import BadInput
from sheke.directory.models import Account, Organisation

from ..channels import CHANNELS
from ..kinds import KINDS
from ..models import Hook, Message


@transaction.atomic
def set_hook(
    *,
    organisation: Organisation,
    channel: str,
    name: str,
    address: str,
    secret: str,
    kinds: Collection[str],
    by: Account | None,
    hook: Hook | None = None,
) -> Hook:
    """Make a hook, or change `hook`. Raises BadInput for an address where messages may not go."""
    address = CHANNELS[Hook.Channel(channel)].checked_address(address)
    unfit = [key for key in kinds if key not in KINDS or KINDS[key].personal]
    if unfit:
        raise BadInput(_("A group cannot be told of: %(kinds)s") % {"kinds": ", ".join(unfit)})
    verb = "hook.change" if hook else "hook.make"
    hook = hook or Hook(made_by=by)
    hook.organisation, hook.channel, hook.name = organisation, channel, name
    hook.address, hook.secret, hook.kinds = address, secret, sorted(kinds)
    hook.save()
    audit.record(verb, hook, by=by, channel=channel, host=hook.host, kinds=hook.kinds)
    return hook


@transaction.atomic
def remove_hook(*, hook: Hook, by: Account | None) -> None:
    """Take it away with what still waits for it."""
    audit.record("hook.remove", hook, by=by, channel=hook.channel, host=hook.host)
    hook.delete()


@transaction.atomic
def test_hook(*, hook: Hook, by: Account | None) -> Message:
    """Write a message to the group."""
    message = Message.objects.create(
        channel=hook.channel, hook=hook, subject=_("Sheke: a test"), due_at=timezone.now(),
        text=_("Sheke: a test for %(organisation)s. What happens here is told to this group.")
        % {"organisation": hook.organisation.label},
    )  # fmt: skip
    audit.record("hook.test", hook, by=by)
    return message
