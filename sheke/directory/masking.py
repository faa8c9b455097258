"""Hiding most of a number or address where a list only needs to tell people apart."""

from __future__ import annotations

import re

import phonenumbers

from sheke.core.disclosure import PLAIN, find_personal_data, mask


def mask_phone(phone: str) -> str:
    """`13800001234` as `138****1234`, `0571-88880000` as `0571****0000`, a short one as stars.

    A country code is dropped for a number of this country and kept for another one's.
    """
    if not phone:
        return ""
    signs = _national(re.sub(r"[\s()（）-]", "", phone.translate(PLAIN)))
    head = signs[: 4 if signs.startswith(("0", "+")) else 3]
    tail = signs[-4:]
    if len(head + tail) > 0.75 * len(signs):
        return "*" * len(signs)
    return f"{head}****{tail}"


def mask_mail(mail: str) -> str:
    """`zhangsan@example.org` as `z***@example.org`."""
    name, at, host = mail.partition("@")
    return f"{name[:1]}***@{host}" if at else ""


def mask_identity(number: str) -> str:
    """`330102199003071230` as `330****30`; what is no identity number as stars."""
    signs = re.sub(r"[\s-]", "", number.translate(PLAIN))
    found = find_personal_data(signs)
    if [(one.kind, one.start, one.end) for one in found] == [("identity", 0, len(signs))]:
        return mask("identity", signs)
    return "*" * len(signs)


def mask_text(text: str) -> str:
    """The text with every number and address in it masked, the rest as it is."""
    for one in reversed(find_personal_data(text)):
        text = text[: one.start] + one.masked + text[one.end :]
    return text


def _national(signs: str) -> str:
    """Without +86 or 0086; a landline gets its 0 back."""
    if not signs.startswith(("+", "00")):
        return signs
    try:
        number = phonenumbers.parse(signs.replace("00", "+", 1) if signs[0] == "0" else signs)
    except phonenumbers.NumberParseException:
        return signs
    if number.country_code != 86:
        return signs
    rest = str(number.national_number)
    return rest if len(rest) == 11 and rest.startswith("1") else f"0{rest}"
