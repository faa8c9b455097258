"""Numbers that a text bears at its head: ISBN, ISSN, DOI. Only right ones."""

from __future__ import annotations

import re

from sheke.core.errors import BadInput

from ...identifiers import normal_identifier

_FOUND = {
    "isbn": re.compile(r"ISBN[\s:：-]*((?:97[89][\s-]?)?[\d][\d\s-]{7,14}[\dXx])"),
    "issn": re.compile(r"ISSN[\s:：-]*(\d{4}[-—–]\d{3}[\dXx])"),
    "doi": re.compile(r"(?:DOI[\s:：]*|doi\.org/)(10\.\d{4,9}/[^\s，。；,;）)]+)", re.I),
}
HEAD = 5000


def identifiers_in(text: str) -> list[list[str]]:
    """[[scheme, number in its normal form]…], each scheme once."""
    found = []
    for scheme, pattern in _FOUND.items():
        for number in pattern.findall(text[:HEAD]):
            try:
                found.append([scheme, normal_identifier(scheme, number)])
                break
            except BadInput:
                continue
    return found
