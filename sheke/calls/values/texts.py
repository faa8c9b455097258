"""Text as it was typed, made clean; characters as people count them."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 200_000  # characters of one text, whatever the form says


def clean_line(given: object) -> str:
    """One line: no control characters, white space made single."""
    return " ".join(_without_controls(str(given)).split())


def clean_lines(given: object) -> str:
    """Plain text of several lines: `\\n` ends a line, at most one empty line in a row."""
    text = str(given).replace("\r\n", "\n").replace("\r", "\n")
    lines = [_without_controls(line).rstrip() for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def count_characters(text: str) -> int:
    """How many characters a text has, as a limit of “3000 字” means it.

    Each Han character, letter, digit, punctuation mark and symbol counts one, as Word's “characters
    (no spaces)” does; white space, line ends, invisible marks and accents put on a letter count nothing.
    The page counts in the same way: sheke/calls/static/calls/counting.js.
    """
    composed = unicodedata.normalize("NFC", text)
    return sum(unicodedata.category(c)[0] not in "MCZ" for c in composed)


def _without_controls(text: str) -> str:
    # Tabs and the like become spaces; other controls, and halves of surrogates, cannot be kept.
    spaced = "".join(" " if c in "\t\v\f\x1c\x1d\x1e\x1f\x85\u2028\u2029" else c for c in text)
    kept = "".join(c for c in spaced if unicodedata.category(c) not in ("Cc", "Cs") or c == "\n")
    return unicodedata.normalize("NFC", kept)
