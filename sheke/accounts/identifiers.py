"""Whom a user name, phone number or mail address means."""

from __future__ import annotations

import phonenumbers
from django.conf import settings

from sheke.directory.models import Account

TAIL = 2  # digits by which the database finds candidates, however the number is written


def normal_phone(text: str) -> str:
    """`138 0000 1234` and `+86-13800001234` as `+8613800001234`; “” for what is no phone number."""
    try:
        number = phonenumbers.parse(text, settings.SMS_COUNTRY)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def account_for(text: str) -> Account | None:
    """The active account of this user name, else of the one person with this phone or mail.

    Two people with the same number (an office's) are nobody: signing in then needs the user name.
    """
    text = text.strip()
    active = Account.objects.filter(is_active=True).select_related("person")
    named = active.filter(username=Account.normalize_username(text)).first()
    if named:
        return named
    if "@" in text:
        found = list(active.filter(person__email__iexact=text)[:2])
    else:
        found = _with_phone(text)
    return found[0] if len(found) == 1 else None


def _with_phone(text: str) -> list[Account]:
    wanted = normal_phone(text)
    if not wanted:
        return []
    candidates = Account.objects.filter(
        is_active=True, person__phone__endswith=wanted[-TAIL:]
    ).select_related("person")
    return [a for a in candidates if a.person and normal_phone(a.person.phone) == wanted]
