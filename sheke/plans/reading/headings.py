"""Headings without a number, in a document that numbers nothing: short lines without a stop."""

from __future__ import annotations

import re

_LONGEST = 24
_STOPS = re.compile("[，。；：！？、,;:!?.\t]")


def bare_headings(lines: list[str]) -> list[int]:
    """Which of `lines` are headings; none unless some paragraph below one is a sentence."""
    found = [
        at
        for at, line in enumerate(lines[:-1])
        if 1 < len(line.strip()) <= _LONGEST and not _STOPS.search(line)
    ]
    sentences = any(lines[at + 1].rstrip()[-1:] in set("。；！") for at in found)
    return found if len(found) > 1 and sentences else []
