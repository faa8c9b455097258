"""Reading the labelled texts (【5场】 marks a slot) and measuring the finder against them."""

import re
from dataclasses import dataclass
from pathlib import Path

from sheke.reports.slots import Slot, find_slots

CORPUS = Path(__file__).parent / "corpus"
_MARK = re.compile("【([^【】]*)】")

Span = tuple[int, int]


@dataclass(frozen=True)
class Score:
    expected: int
    found: int
    right: int
    missed: tuple[str, ...]
    wrong: tuple[str, ...]

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.expected if self.expected else 1.0


def read_marked(marked: str) -> tuple[str, list[Span]]:
    """The plain text and the spans that were marked in it."""
    plain, spans, place = [], [], 0
    length = 0
    for match in _MARK.finditer(marked):
        plain.append(marked[place : match.start()])
        length += match.start() - place
        spans.append((length, length + len(match[1])))
        plain.append(match[1])
        length += len(match[1])
        place = match.end()
    plain.append(marked[place:])
    return "".join(plain), spans


def score(marked: str) -> Score:
    """Exact spans only: a slot one character too long is one missed and one wrong."""
    text, expected = read_marked(marked)
    found = [(slot.start, slot.end) for slot in find_slots(text)]
    right = set(expected) & set(found)
    return Score(
        len(expected),
        len(found),
        len(right),
        tuple(_show(text, span) for span in expected if span not in right),
        tuple(_show(text, span) for span in found if span not in right),
    )


def add(scores: list[Score]) -> Score:
    return Score(
        sum(item.expected for item in scores),
        sum(item.found for item in scores),
        sum(item.right for item in scores),
        tuple(text for item in scores for text in item.missed),
        tuple(text for item in scores for text in item.wrong),
    )


def documents(prefix: str = "") -> list[Path]:
    return sorted(CORPUS.glob(f"{prefix}*.txt"))


def show(slot: Slot) -> str:
    return f"{slot.text} {slot.value} {slot.unit}"


def _show(text: str, span: Span) -> str:
    start, end = span
    return f"{text[max(0, start - 8) : start]}【{text[start:end]}】{text[end : end + 8]}".replace(
        "\n", "⏎"
    )
