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
_AFTER = re.compile(
    r"^[ \t\u3000]*(?:附录|附錄|附件|致谢|致謝|作者简介|作者簡介|appendix|acknowledg)", re.I | re.M
)
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
        after = _AFTER.search(text, heading.end())
        _mark(mask, normal, heading.start(), after.start() if after else len(text))
    return mask


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
