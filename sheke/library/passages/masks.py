"""Which characters of a text are left out of a share: common wording, quotations, references."""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from .normal import Normal, normalise

Mask = NDArray[np.bool_]

LEAST_WORDING = 4  # counted characters; less is no wording
# What stands between quotation marks or names a work, within one paragraph. A long “quotation” is none.
_QUOTED = re.compile(
    r'“[^“”\n]{1,300}”|「[^「」\n]{1,300}」|『[^『』\n]{1,300}』|《[^《》\n]{1,100}》|"[^"\n]{1,300}"'
)
_HEADING = re.compile(
    r"^[ \t\u3000]*(?:[一二三四五六七八九十]+、)?[【\[]?(?:主要|主要的)?"
    r"(?:参考文献|參考文獻|参考书目|參考書目|引用文献|引用文獻|references|bibliography)"
    r"[】\]]?[ \t\u3000]*[:：]?[ \t\u3000]*$",
    re.I | re.M,
)
# What an entry of a list of references looks like: the type of the work, an address, or its number or its
# authors with a year.
_TYPED = re.compile(
    r"[\[［](?:J|M|D|N|R|C|S|P|G|A|Z|DB|CP|EB|K)(?:/OL|/CD)?[\]］]|https?://|\bdoi\b", re.I
)
_DATED = re.compile(
    r"^[ \t\u3000]*(?:[\[［【〔(（]\d+[\]］】〕)）]|\d+[.．、]|[①-⑳]).*(?:19|20)\d\d"
    r"|[(（](?:19|20)\d\d[a-z]?[)）]"
    r"|(?:》|出版社|书店|書店|书局|書局|印书馆|印書館|学报|學報).*(?:19|20)\d\d"
)
LONGEST_ENTRY = 400  # characters of a line; more is a paragraph
BROKEN = 2  # lines by which an entry goes on
# An entry of a list wherever it stands: it begins with its number and says its type, such as [J].
_ENTRY = re.compile(
    r"^[ \t\u3000]*(?:[\[［【〔(（]\d+[\]］】〕)）]|\d+[.．、]|[①-⑳]).*"
    r"[\[［](?:J|M|D|N|R|C|S|P|G|A|Z|DB|CP|EB|K)(?:/OL|/CD)?[\]］].*$",
    re.M,
)


def wording_mask(normal: Normal, wordings: Iterable[str]) -> Mask:
    """Where one of these wordings stands, in whatever script and with whatever punctuation."""
    mask = np.zeros(len(normal), bool)
    text = normal.text
    for wording in wordings:
        sought = normalise(wording).text
        at = text.find(sought) if len(sought) >= LEAST_WORDING else -1
        while at >= 0:
            mask[at : at + len(sought)] = True
            at = text.find(sought, at + 1)
    return mask


def quoted_mask(text: str, normal: Normal) -> Mask:
    """What is quoted, titles of works, and lists of references."""
    mask = np.zeros(len(normal), bool)
    for found in (*_QUOTED.finditer(text), *_ENTRY.finditer(text)):
        _mark(mask, normal, found.start(), found.end())
    for heading in _HEADING.finditer(text):
        _mark(mask, normal, heading.start(), _end_of_list(text, heading.end()))
    return mask


def _end_of_list(text: str, start: int) -> int:
    """Where the list below a heading ends: behind its last entry. What follows is the text again."""
    end, at, others = start, start, 0
    for line in text[start:].splitlines(keepends=True):
        at += len(line)
        if not line.strip():
            continue
        is_short = len(line) <= LONGEST_ENTRY
        if is_short and (_TYPED.search(line) or _DATED.search(line)):
            end, others = at, 0
        elif is_short and others < BROKEN:
            others += 1
        else:
            break
    return end


def _mark(mask: Mask, normal: Normal, start: int, end: int) -> None:
    first, last = normal.within(start, end)
    mask[first:last] = True


def stretches(mask: Mask) -> list[tuple[int, int]]:
    """Where it is true without a break: from, and before."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], mask.view(np.int8), [0]))))
    return [(int(a), int(b)) for a, b in edges.reshape(-1, 2)]


def without(covered: Mask, excluded: Mask, minimum: int) -> Mask:
    """What is covered and not excluded. Where that leaves too little for a passage, nothing is left."""
    left = covered & ~excluded
    for start, end in stretches(covered):
        if left[start:end].sum() < minimum:
            left[start:end] = False
    return left
