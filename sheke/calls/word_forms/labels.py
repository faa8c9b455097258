"""Labels as forms write them: with numbers, blanks between characters, hints in brackets, colons."""

from __future__ import annotations

import re
import unicodedata

_NUMBER = re.compile(
    r"^\s*(?:第[一二三四五六七八九十\d]+(?:部分|章|节|项)|[(（][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}[、.．]"
    r"|\d{1,2}(?:\.\d{1,2})*[、.．)）]|\d{1,2}(?=[\u4e00-\u9fff])|[①-⑳]|[*※★])\s*"
)
_HINT = re.compile(r"[(（\[【〔][^)）\]】〕]*[)）\]】〕]")
MAX_LABEL = 40


def plain(label: str) -> str:
    """The label's own words: no number before it, no hint in brackets, no blanks, no signs."""
    words = _NUMBER.sub("", label, count=1)
    bare = _HINT.sub("", words)
    # A label that is nothing but brackets keeps what is in them.
    bare = re.sub(r"[\s\W_]+", "", unicodedata.normalize("NFKC", bare)).lower()
    return bare or re.sub(r"[\s\W_]+", "", unicodedata.normalize("NFKC", words)).lower()


def heading_level(line: str) -> int:
    """1 for “一、”, 2 for “（一）”, 3 for “1.”; 0 for a line that is no heading."""
    line = line.strip()
    if len(line) > MAX_LABEL + 40 or re.search(r"[。；;]$", line):
        return 0
    for level, pattern in enumerate(
        (r"(?:[一二三四五六七八九十]{1,3}[、.．]|第[一二三四五六七八九十]+(?:部分|章))\s*\S",
         r"[(（][一二三四五六七八九十]{1,3}[)）]\s*\S",
         r"\d{1,2}[、.．]\s*(?!\d)\S"), start=1,
    ):  # fmt: skip
        if re.match(pattern, line):
            return level
    return 0


def is_short(text: str) -> bool:
    """Whether a cell's text may be a label."""
    return 0 < len(plain(text)) <= MAX_LABEL // 2 + 10 and text.count("\n") < 8
