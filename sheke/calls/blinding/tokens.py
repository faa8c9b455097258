"""Patterns for phone numbers, mail addresses, identity and project numbers over folded text."""

from __future__ import annotations

import re

from .folding import fold

_BETWEEN = r"[\s()\-‐-―·.]{0,2}"


def digits_pattern(phone: str) -> list[re.Pattern[str]]:
    """A phone number, its digits grouped in any way, with or without the country's 86."""
    digits = _digits(phone)
    if len(digits) < 7:
        return []
    body = _BETWEEN.join(digits)
    return [re.compile(rf"(?<!\d)(?:(?:\+|00)?86{_BETWEEN})?{body}(?!\d)")]


def tail_of_phone(phone: str) -> list[re.Pattern[str]]:
    """A land line's number without its area code."""
    digits = _digits(phone)
    if not digits.startswith("0") or len(digits) < 10:
        return []
    return [re.compile(rf"(?<!\d){_BETWEEN.join(digits[size:])}(?!\d)") for size in (3, 4)
            if 7 <= len(digits) - size <= 8]  # fmt: skip


def mail_patterns(mail: str) -> tuple[list[re.Pattern[str]], list[re.Pattern[str]]]:
    """The whole address, also with # or (at) for @; and its first part where it is long enough."""
    local, _at, host = fold(mail.strip()).text.partition("@")
    if not local or not host:
        return [], []
    at = r"\s*(?:@|#|\(at\)|\[at\]|\bat\b)\s*"
    dotted = r"\s*(?:\.|\(dot\))\s*".join(re.escape(word) for word in host.split("."))
    whole = re.compile(rf"(?<![a-z0-9]){re.escape(local)}{at}{dotted}(?![a-z0-9])")
    alone = re.compile(rf"(?<![a-z0-9]){re.escape(local)}(?![a-z0-9])")
    return [whole], [alone] if len(local) >= 5 else []


def number_pattern(number: str) -> list[re.Pattern[str]]:
    """An identity or project number with blanks or dashes at any place."""
    signs = [c for c in fold(number).text if c.isalnum()]
    if len(signs) < 4:
        return []
    return [re.compile(r"(?<![a-z0-9])" + r"[\s\-_/.·‐-―()\[\]〔〕]{0,2}".join(map(re.escape, signs))
                       + r"(?![a-z0-9])")]  # fmt: skip


def _digits(phone: str) -> str:
    digits = "".join(c for c in fold(phone).text if c.isdigit())
    return digits.removeprefix("0086") if digits.startswith("0086") else (
        digits[2:] if digits.startswith("86") and len(digits) == 13 else digits
    )  # fmt: skip
