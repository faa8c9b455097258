"""Hiding most of a phone number or mail address where a list only needs to tell people apart."""

from __future__ import annotations

import re


def mask_phone(phone: str) -> str:
    """`13800001234` as `138****1234`, `0571-88880000` as `0571****0000`, a short one as stars."""
    if not phone:
        return ""
    signs = re.sub(r"[\s()（）-]", "", phone)
    head = signs[: 4 if signs.startswith("0") else 3]
    tail = signs[-4:]
    if len(head + tail) > 0.75 * len(signs):
        return "*" * len(signs)
    return f"{head}****{tail}"


def mask_mail(mail: str) -> str:
    """`zhangsan@example.org` as `z***@example.org`."""
    name, at, host = mail.partition("@")
    return f"{name[:1]}***@{host}" if at else ""
