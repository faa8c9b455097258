"""The text of a file as a whole, and its digest."""

from __future__ import annotations

import hashlib
import re

from sheke.core.search.analysis import normal

from ..models import Item

_SIGNS = re.compile(r"[\W_]+")
LEAST = 40  # letters: shorter texts are the same by chance


def whole_text(item: Item) -> str:
    if item.file is None:
        return ""
    return "\n".join(item.file.pages.order_by("number").values_list("text", flat=True))


def bare(text: str) -> str:
    """Letters and digits alone, in one script and width: what makes two texts the same."""
    return _SIGNS.sub("", normal(text))


def text_digest(text: str) -> str:
    """SHA-256 of the bare text; empty where there is too little to tell."""
    letters = bare(text)
    return hashlib.sha256(letters.encode()).hexdigest() if len(letters) >= LEAST else ""


def seen_as(text: str) -> str:
    """By which a page knows whether its text is still the one that was read."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]
