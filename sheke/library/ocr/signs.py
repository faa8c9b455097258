"""Punctuation among Chinese characters, which recognition gives in half width now and then."""

from __future__ import annotations

import re

from .lines import Line, LineWord

_WIDE = str.maketrans(",:;?!()", "，：；？！（）")
_HAN = re.compile("[\u3007\u3400-\u9fff\uf900-\ufaff》」』”’）]")


def with_wide_signs(line: Line) -> Line:
    """Behind a Chinese character a comma is “，”; “3:30” and “(see Table 3)” stay as they are."""
    words: list[LineWord] = []
    for number, (text, confidence, box) in enumerate(line.words):
        before = words[-1][0][-1] if words else ""
        after = line.words[number + 1][0][0] if number + 1 < len(line.words) else ""
        chinese = _HAN.match(before) or (
            text[0] == "(" and not before.isascii() and _HAN.match(after)
        )
        if chinese and len(text) == 1:
            text = text.translate(_WIDE)
        words.append((text, confidence, box))
    return Line(line.box, words, line.blanks)
