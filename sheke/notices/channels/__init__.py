"""How messages leave the site. One adapter a file; docs/notices.md has the contract of each.

A notice itself is the channel “in the app”; it needs no adapter.
"""

from __future__ import annotations

from .contract import Channel, Envelope, NotNow, Refused, Unclear
from .mail import MAIL
from .robots import DINGTALK, WECOM
from .signed import SMS, WEBHOOK

__all__ = [
    "CHANNELS", "PERSONAL", "Channel", "Envelope", "NotNow", "Refused", "Unclear", "channel_of",
]  # fmt: skip

CHANNELS: dict[str, Channel] = {
    channel.key: channel for channel in (MAIL, SMS, WECOM, DINGTALK, WEBHOOK)
}
PERSONAL = ("mail", "sms")  # those that reach one person; the others reach an organisation's group


def channel_of(key: str) -> Channel:
    """The adapter of this key; KeyError for one that does not exist."""
    return CHANNELS[key]
