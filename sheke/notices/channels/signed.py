"""Our own contract over HTTP: a signed JSON POST, for SMS gateways and for any other service.

docs/notices.md says it in full; tests/notices/gateway.py is a server that speaks it.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from typing import Any

import phonenumbers
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sheke.core.errors import BadInput

from .contract import Channel, Envelope, NotNow, Refused
from .posting import Answer, checked_url, post

SHORT = 300  # characters of a short message; gateways charge by 70


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """`sha256=` and the hexadecimal HMAC of “timestamp.body”."""
    made = hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256)
    return f"sha256={made.hexdigest()}"


def send_signed(url: str, secret: str, envelope: Envelope, data: dict[str, Any]) -> str:
    body = json.dumps({"id": str(envelope.key)} | data, ensure_ascii=False).encode()
    timestamp = str(int(time.time()))
    headers = {
        "Idempotency-Key": str(envelope.key),
        "X-Sheke-Timestamp": timestamp,
        "X-Sheke-Signature": signature(secret, timestamp, body),
    }
    return understood(post(url, body, headers))


def understood(answer: Answer) -> str:
    """The other side's reference. 429 and 5xx: not taken, later; every other refusal is for good."""
    if 200 <= answer.status < 300:
        return str(answer.data.get("reference", ""))[:200]
    reason = f"HTTP {answer.status}: {answer.text}"
    if answer.status in (408, 425, 429) or answer.status >= 500:
        raise NotNow(reason, answer.after)
    raise Refused(reason)


class Sms(Channel):
    """Through the gateway of the settings. At most once: a second one costs and alarms."""

    key = "sms"
    label = gettext_lazy("SMS")
    repeats = False

    def ready(self) -> bool:
        return bool(settings.SMS_URL) and not settings.DEMO

    def checked_address(self, address: str) -> str:
        """The number as +86…; a number without a country is one of SHEKE_SMS_COUNTRY."""
        try:
            number = phonenumbers.parse(address, settings.SMS_COUNTRY)
        except phonenumbers.NumberParseException:
            number = None
        if number is None or not phonenumbers.is_valid_number(number):
            raise BadInput(_("“%(number)s” is no telephone number.") % {"number": address})
        return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))

    def send(self, envelope: Envelope) -> str:
        data = {"type": "sms", "to": envelope.address, "text": shortened(envelope.text, SHORT)}
        return send_signed(settings.SMS_URL, settings.SMS_SECRET, envelope, data)


class Webhook(Channel):
    """To any service. At least once: the service drops a repetition by its key."""

    key = "webhook"
    label = gettext_lazy("Webhook")
    repeats = True

    def ready(self) -> bool:
        return True

    def checked_address(self, address: str) -> str:
        return checked_url(address)

    def send(self, envelope: Envelope) -> str:
        data = {"type": "notice", "subject": envelope.subject, "text": envelope.text}
        return send_signed(envelope.address, envelope.secret, envelope, data)


def shortened(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"


SMS = Sms()
WEBHOOK = Webhook()
