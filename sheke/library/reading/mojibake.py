"""Lines that were read in the wrong encoding once, and kept so: put right where they can be."""

from __future__ import annotations

import re

HAN = "\u3400-\u9fff\uf900-\ufaff"
_HAN = re.compile(f"[{HAN}]")
_LATIN = re.compile("[\u0080-\u017f\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]")
# Wrongly read as – truly in.
_OF_HAN = (("gb18030", "utf-8"), ("big5hkscs", "utf-8"))
_OF_LATIN = (
    ("cp1252", "utf-8"),
    ("latin-1", "utf-8"),
    ("latin-1", "gb18030"),
    ("cp1252", "gb18030"),
)
LEAST = 5  # signs, for fewer may be anything
LOST = "\ufffd"


def repaired(line: str) -> str:
    """The line as it was meant; itself where nothing better is found. What is lost becomes �."""
    han, latin = len(_HAN.findall(line)), len(_LATIN.findall(line))
    if han >= LEAST and common_share(line) < 0.75:
        return _best(line, _OF_HAN)
    if latin >= LEAST and latin > 0.3 * len("".join(line.split())) and not han:
        return _best(line, _OF_LATIN)
    return line


def _best(line: str, ways: tuple[tuple[str, str], ...]) -> str:
    for wrong, right in ways:
        fixed = _tried(line, wrong, right)
        lost = fixed.count(LOST)
        han = len(_HAN.findall(fixed))
        if han >= 2 and lost <= 0.25 * han and common_share(fixed) > 0.9:
            return fixed
    return line


def _tried(line: str, wrong: str, right: str) -> str:
    data = line.encode(wrong, errors="ignore" if wrong == "latin-1" else "replace")
    text = data.decode(right, errors="replace")
    # The last byte of a character was turned to “?” when it made no pair.
    return re.sub(f"{LOST}+\\?{{0,2}}", LOST, text)


def common_share(text: str) -> float:
    """The share of Chinese characters that are common ones, of either script; 1 where there are none."""
    han = _HAN.findall(text)
    return sum(map(_is_common, han)) / len(han) if han else 1.0


def _is_common(sign: str) -> bool:
    """In the first level of GB 2312 or of Big5, which hold what is used every day."""
    simple = sign.encode("gb2312", errors="ignore")
    if simple:
        return 0xB0 <= simple[0] <= 0xD7
    full = sign.encode("big5", errors="ignore")
    return bool(full) and 0xA4 <= full[0] <= 0xC6
