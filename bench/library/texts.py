"""The generator of the synthetic holdings.

3,755 characters (GB 2312, first level), in an order drawn with a fixed seed, with Zipf's weights 1/(rank + 20)^0.9.
From them 40,000 words: 70 % of two characters, 15 % of three, 15 % of four, used by Zipf's law (1/(rank + 30): the commonest is
one word in 220, as in real texts).
A sentence has 6 to 14 words; one word in 25 is Latin (3,000 made-up words) and one in 30 a number; a document has
sentences until about 950 characters. Every tenth document is in traditional characters (OpenCC s2t). A title
has 4 to 8 words of the document's own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from opencc import OpenCC

WORDS, LATIN, LENGTH = 40_000, 3_000, 950
SYLLABLES = "ba de ki lo mu na pe ri so tu va ze hin dor gal mer tis ron".split()  # noqa: SIM905
AT_ONCE = 1000  # documents drawn together


@dataclass(frozen=True)
class Text:
    number: int  # from 1
    title: str
    body: str


def vocabulary(seed: int = 1) -> tuple[list[str], list[str]]:
    """(Han words by falling frequency, Latin words)."""
    draw = np.random.default_rng(seed)
    rows = (bytes([high, low]) for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF))
    used = np.array([one for row in rows if (one := row.decode("gb2312", "ignore"))])
    draw.shuffle(used)
    weights = 1 / (np.arange(len(used)) + 20) ** 0.9
    lengths = draw.choice([2, 3, 4], WORDS, p=[0.7, 0.15, 0.15])
    drawn = "".join(draw.choice(used, int(lengths.sum()), p=weights / weights.sum()))
    ends = np.cumsum(lengths)
    words = [drawn[end - size : end] for end, size in zip(ends, lengths, strict=True)]
    latin = ["".join(draw.choice(SYLLABLES, int(draw.integers(2, 5)))) for _n in range(LATIN)]
    return words, latin


def texts(count: int, seed: int = 1) -> Iterator[Text]:
    """The documents 1 … count; the first ones are the same for every count."""
    words, latin = vocabulary(seed)
    everything = np.array([*words, *latin, *(str(n) for n in range(2200))], dtype=object)
    weights = 1 / (np.arange(WORDS) + 30)
    bounds = np.cumsum(weights / weights.sum())
    traditional = OpenCC("s2t")
    for start in range(0, count, AT_ONCE):
        draw = np.random.default_rng((seed, start))
        for offset in range(min(AT_ONCE, count - start)):
            number = start + offset + 1
            title, body = _text(draw, everything, bounds)
            if number % 10 == 0:
                title, body = traditional.convert(title), traditional.convert(body)
            yield Text(number, title, body)


def _text(draw: np.random.Generator, everything: np.ndarray, bounds: np.ndarray) -> tuple[str, str]:
    size = 420  # words; more than a document needs
    chosen = np.minimum(np.searchsorted(bounds, draw.random(size)), WORDS - 1)
    other = draw.random(size)
    chosen[other < 1 / 25] = WORDS + draw.integers(0, LATIN, int((other < 1 / 25).sum()))
    numbers = other > 29 / 30
    chosen[numbers] = WORDS + LATIN + draw.integers(0, 2200, int(numbers.sum()))
    found = everything[chosen].tolist()
    lengths = draw.integers(6, 15, 80).tolist()
    parts, at, written = [], 0, 0
    for length in lengths:
        sentence = "".join(found[at : at + length])
        parts.append(sentence + ("。" if length % 3 == 0 else "，"))
        at += length
        written += len(sentence) + 1
        if written >= LENGTH:
            break
    han = [word for word in found if len(word) < 5 and not word.isascii()]
    return "".join(han[: int(draw.integers(4, 9))]), "".join(parts)
