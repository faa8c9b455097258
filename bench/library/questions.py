"""Questions of each class, drawn from the documents, and what a scan of their texts finds."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .texts import Text

HAN = re.compile("[\u4e00-\u9fff]+")
LATIN = re.compile("[a-z]{4,}")


@dataclass(frozen=True)
class Question:
    """typed: as people type it. trigram: the same for FTS5's trigrams. holds: whether it is in a document,
    of its folded title and text.
    """

    typed: str
    trigram: str
    holds: Callable[[str, str], bool]


def questions(kind: str, texts: Sequence[Text], count: int) -> list[Question]:
    """Drawn with a fixed seed; half of them typed in the script of the document they are from."""
    draw = random.Random(f"{kind} 1")
    found: list[Question] = []
    while len(found) < count:
        question = KINDS[kind](draw, texts)
        if question is not None:
            found.append(question)
    return found


def _run(draw: random.Random, text: str, low: int, high: int) -> str:
    """Part of a run of Han characters of the text."""
    runs = [run for run in HAN.findall(text) if len(run) >= high]
    run = draw.choice(runs)
    size = draw.randint(low, high)
    start = draw.randint(0, len(run) - size)
    return run[start : start + size]


def _part(low: int, high: int) -> Callable[[random.Random, Sequence[Text]], Question]:
    def make(draw: random.Random, texts: Sequence[Text]) -> Question:
        return _word(_run(draw, draw.choice(texts).body, low, high))

    return make


def _word(word: str) -> Question:
    plain = folded(word)
    return Question(word, f'"{plain}"', lambda title, body: plain in body or plain in title)


def _latin(draw: random.Random, texts: Sequence[Text]) -> Question | None:
    words = LATIN.findall(draw.choice(texts).body)
    if not words:
        return None
    word = draw.choice(words)
    whole = re.compile(f"(?<![a-z0-9]){word}(?![a-z0-9])")
    return Question(
        word.title(), f'"{word}"', lambda _title, body: bool(word in body and whole.search(body))
    )


def _two(draw: random.Random, texts: Sequence[Text]) -> tuple[str, str]:
    text = draw.choice(texts).body
    return _run(draw, text, 2, 4), _run(draw, text, 2, 4)


def _and(draw: random.Random, texts: Sequence[Text]) -> Question:
    one, other = (_word(word) for word in _two(draw, texts))
    return Question(f"{one.typed} {other.typed}", f"{one.trigram} AND {other.trigram}",
                    lambda t, b: one.holds(t, b) and other.holds(t, b))  # fmt: skip


def _or(draw: random.Random, texts: Sequence[Text]) -> Question:
    one, other = (_word(word) for word in _two(draw, texts))
    return Question(f"{one.typed} OR {other.typed}", f"{one.trigram} OR {other.trigram}",
                    lambda t, b: one.holds(t, b) or other.holds(t, b))  # fmt: skip


def _not(draw: random.Random, texts: Sequence[Text]) -> Question:
    one, other = (_word(word) for word in _two(draw, texts))
    return Question(f"{one.typed} -{other.typed}", f"{one.trigram} NOT {other.trigram}",
                    lambda t, b: one.holds(t, b) and not other.holds(t, b))  # fmt: skip


def _field(draw: random.Random, texts: Sequence[Text]) -> Question:
    title = draw.choice(texts).title
    word = _run(draw, title, 2, min(4, len(title)))
    plain = folded(word)
    return Question(f"题名:{word}", f'title : "{plain}"', lambda title, _body: plain in title)


def folded(text: str) -> str:
    """As texts are folded before they are scanned."""
    from sheke.core.search.analysis import normal

    return normal(text)


KINDS: dict[str, Callable[[random.Random, Sequence[Text]], Question | None]] = {
    "two_characters": _part(2, 2), "single_character": _part(1, 1), "word": _part(2, 4),
    "phrase": _part(5, 9), "latin": _latin, "and": _and, "or": _or, "not": _not, "field": _field,
}  # fmt: skip
