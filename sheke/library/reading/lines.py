"""Lines of a printed page joined to paragraphs, for reading on a screen of any width."""

from __future__ import annotations

import re
import unicodedata

_END = re.compile(r"[。！？；：!?;:…．”」』）)\]】]\s*$")
_HEAD = re.compile(
    r"\s*([（(]?[一二三四五六七八九十百\d]+[)）、．.]|第[一二三四五六七八九十百零〇\d]+[章节節条條编編]|[•●■◆·*-]\s)"
)
_LATIN_END = re.compile(r"[A-Za-z,]$")
FULL = 0.88  # a line this near to the longest one ends because the page does


def joined(text: str) -> str:
    """A line goes on in the next one where it is full, ends in no sign, and the next is no heading."""
    lines = [line.rstrip() for line in text.split("\n")]
    widest = max(map(_width, lines), default=0)
    if widest < 24:  # verses, tables, labels
        return "\n".join(lines).strip("\n")
    out: list[str] = []
    goes_on = False
    for line in lines:
        if (
            goes_on
            and line.strip()
            and not _HEAD.match(line)
            and not line.startswith(("　", "    "))
        ):
            gap = " " if _LATIN_END.search(out[-1]) and re.match(r"[A-Za-z(]", line) else ""
            out[-1] += gap + line.strip()
        else:
            out.append(line)
        goes_on = _width(line) >= FULL * widest and not _END.search(line) and "\t" not in line
    return "\n".join(out).strip("\n")


def _width(line: str) -> int:
    """In half-width columns."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in line.strip())
