"""The round zero of Chinese numerals (〇), which recognition leaves out as if it were a blank."""

from __future__ import annotations

from .lines import Box, Line, LineWord

_DIGITS = frozenset("一二三四五六七八九")
CONFIDENCE = 0.5  # so that it is looked at


def with_zeros(line: Line) -> Line:
    """A gap of one character between two numerals is a 〇: 二 二四年 → 二〇二四年."""
    words: list[LineWord] = []
    blanks = []
    for number, word in enumerate(line.words):
        if words and (gap := _zero_between(words[-1], word, line)):
            words.append(("〇", CONFIDENCE, gap))
        elif number in line.blanks:
            blanks.append(len(words))
        words.append(word)
    return Line(line.box, words, frozenset(blanks))


def _zero_between(before: LineWord, word: LineWord, line: Line) -> Box | None:
    """The place of a 〇 that was left out; None where there is none."""
    if before[0] not in _DIGITS or word[0][:1] not in _DIGITS:
        return None
    (left, _top, width, _height), (start, top, _width, height) = before[2], word[2]
    gap, step = start - (left + width), _step(line)
    fits = bool(step) and 0.6 * step < gap < 1.5 * step
    return (left + width, top, gap, height) if fits else None


def _step(line: Line) -> float:
    """The usual distance from one character to the next."""
    steps = sorted(
        b[2][0] - a[2][0]
        for a, b in zip(line.words, line.words[1:], strict=False)
        if len(a[0]) == 1
    )
    return steps[len(steps) // 2] if len(steps) >= 4 else 0.0
