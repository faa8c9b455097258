"""Sending links to addresses, through the outbox of notices."""

from __future__ import annotations

import hashlib

from django.urls import reverse
from django.utils.translation import gettext as _

from sheke.directory.models import Account
from sheke.notices import actions as notices
from sheke.notices.channels import channel_of

from .links import reset_path
from .models import Invitation


def send_invitation(invitation: Invitation, token: str, site: str, by: Account | None) -> None:
    """Send the link by the invitation's channel; nothing for one that is handed over."""
    if not invitation.channel:
        return
    address = invitation.mail if invitation.channel == "mail" else invitation.phone
    words = {
        "organisation": invitation.organisation.name, "name": invitation.name,
        "role": invitation.role_label, "by": str(invitation.by or ""),
        "link": site + reverse("accounts:invitation", args=[token]),
        "day": invitation.expires_at.date(),
    }  # fmt: skip
    notices.post_message(
        channel=invitation.channel, address=address,
        subject=_("Invitation to %(organisation)s") % words,
        text=_(
            "%(name)s, you are invited to Sheke for %(organisation)s as %(role)s. Open this link by "
            "%(day)s: %(link)s"
        ) % words,
        once=f"invitation-{invitation.pk}-{invitation.sendings}", by=by,
    )  # fmt: skip


def ready_channels() -> list[str]:
    """“mail” and “sms”, those of them that the office has set up."""
    return [key for key in ("mail", "sms") if channel_of(key).ready()]


def send_reset(account: Account, site: str) -> bool:
    """Send the link to a new password to the person's mail, else phone; False if neither can be.

    Never for an account that runs the machine: others than its owner write a person's contact.
    """
    if account.is_superuser:
        return False
    person = account.person
    addresses = {"mail": person.email, "sms": person.phone} if person else {}
    channel = next((key for key in ready_channels() if addresses.get(key)), None)
    if channel is None:
        return False
    path = reset_path(account)
    notices.post_message(
        channel=channel, address=addresses[channel], subject=_("A new password for Sheke"),
        text=_(
            "Somebody, probably you, asked for a new password for “%(user)s”. Choose one within two "
            "hours: %(link)s If it was not you, do nothing."
        ) % {"user": account.username, "link": site + path},
        once=f"reset-{hashlib.sha256(path.encode()).hexdigest()[:32]}", by=None,
    )  # fmt: skip
    return True
