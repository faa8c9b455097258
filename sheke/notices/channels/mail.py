"""Mail by SMTP. At least once: a repetition bears the same Message-ID, and readers show one."""

from __future__ import annotations

import smtplib
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from sheke.core.errors import BadInput

from .contract import Channel, Envelope, NotNow, Refused, Unclear


class Mail(Channel):
    key = "mail"
    label = pgettext_lazy("channel", "Mail")
    repeats = True

    def ready(self) -> bool:
        return bool(settings.MAIL_READY) and not settings.DEMO

    def checked_address(self, address: str) -> str:
        try:
            validate_email(address.strip())
        except ValidationError:
            raise BadInput(_("“%(address)s” is no mail address.") % {"address": address}) from None
        return address.strip()

    def send(self, envelope: Envelope) -> str:
        reference = f"<{envelope.key}@{_host()}>"
        mail = EmailMessage(
            " ".join(envelope.subject.split()), envelope.text, to=[envelope.address],
            headers={"Message-ID": reference, "Auto-Submitted": "auto-generated"},
        )  # fmt: skip
        try:
            mail.send()
        except smtplib.SMTPRecipientsRefused as error:
            raise _of_code(*next(iter(error.recipients.values()))) from error
        except (smtplib.SMTPDataError, smtplib.SMTPSenderRefused) as error:
            raise _of_code(error.smtp_code, error.smtp_error) from error
        except smtplib.SMTPServerDisconnected as error:
            raise Unclear(str(error)) from error
        except (smtplib.SMTPException, OSError) as error:  # signing in, encryption, connection
            raise NotNow(f"{type(error).__name__}: {error}") from error
        return reference


def _of_code(code: int, words: bytes | str) -> Exception:
    """RFC 5321: 5xx is for good, 4xx for now."""
    text = words.decode(errors="replace") if isinstance(words, bytes) else words
    return Refused(f"{code} {text}") if code >= 500 else NotNow(f"{code} {text}")


def _host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "sheke.invalid"


MAIL = Mail()
