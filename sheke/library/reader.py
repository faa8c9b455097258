"""The reader: one page of a file with its neighbours, and where the words of a search stand."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from sheke.core.search.analysis import composed

from .index.flowing import BROKEN, flowing
from .index.language import ask
from .index.marking import Snippet, snippet, spans
from .models import File, Page
from .page_images import has_picture

VIEWS = ("both", "scan", "text")
MATCHES = 200  # pages with hits that are listed; the count is of all
Piece = tuple[str, bool]  # a part of a text, and whether it was sought


@dataclass(frozen=True)
class Match:
    """A page with hits."""

    number: int
    count: int
    snippet: Snippet | None


@dataclass(frozen=True)
class Box:
    """A recognised word on the scan, in thousandths of its width and height."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Reader:
    page: Page
    count: int
    view: str
    has_scan: bool
    query: str = ""
    matches: list[Match] = field(default_factory=list)
    paragraphs: list[list[Piece]] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)

    @property
    def previous(self) -> int | None:
        return self.page.number - 1 if self.page.number > 1 else None

    @property
    def following(self) -> int | None:
        return self.page.number + 1 if self.page.number < self.count else None

    @property
    def is_hit(self) -> bool:
        return any(match.number == self.page.number for match in self.matches)

    @property
    def hits(self) -> int:
        return sum(match.count for match in self.matches)

    @property
    def listed(self) -> list[Match]:
        return self.matches[:MATCHES]

    @property
    def next_match(self) -> int | None:
        return next((m.number for m in self.matches if m.number > self.page.number), None)

    @property
    def previous_match(self) -> int | None:
        return next((m.number for m in reversed(self.matches) if m.number < self.page.number), None)


def reader_of(file: File, number: int, *, query: str = "", view: str = "") -> Reader | None:
    """The page of a file, or None. Two queries, three with a search."""
    page = file.pages.select_related("image").filter(number=number).first()
    if page is None:
        return None
    words = list(dict.fromkeys(word.text for word in ask(query).words))
    return Reader(
        page, file.pages.count(),
        view=view if view in VIEWS else "both", has_scan=has_picture(file, page),
        query=query if words else "",
        matches=_matches(file, words) if words else [],
        paragraphs=paragraphs(page.text, words),
        boxes=_boxes(page, words),
    )  # fmt: skip


def hits(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """[start, end) in a composed text, also of what a line's end parts: as the index finds it."""
    if not words:
        return []
    ends, lost, total = [], [0], 0
    for broken in BROKEN.finditer(text):
        ends.append(broken.start() - total)  # from there on in the flowing text, so much is lost
        total += broken.end() - broken.start()
        lost.append(total)
    return [
        (start + lost[bisect_right(ends, start)], end + lost[bisect_right(ends, end - 1)])
        for start, end in spans(flowing([text]), words)
    ]


def paragraphs(text: str, words: Sequence[str]) -> list[list[Piece]]:
    """A text by its empty lines, hits marked."""
    found: list[list[Piece]] = [[]]
    for piece, hit in _pieces(composed(text), words):
        first, *others = piece.split("\n\n")
        found[-1].append((first, hit))
        found += [[(other, hit)] for other in others]
    return [paragraph for paragraph in found if any(piece.strip() for piece, _hit in paragraph)]


def _pieces(text: str, words: Sequence[str]) -> list[Piece]:
    return Snippet(text, tuple(hits(text, words))).parts()


def _matches(file: File, words: Sequence[str]) -> list[Match]:
    found = []
    for number, text in file.pages.order_by("number").values_list("number", "text").iterator():
        count = len(hits(composed(text), words))
        if count:
            found.append(Match(number, count, snippet(flowing([text]), words)))
    return found


def _boxes(page: Page, words: Sequence[str]) -> list[Box]:
    """The recognised lines or words in which a hit stands."""
    return [
        Box(*(round(value * 1000, 1) for value in (x, y, width, height)))
        for text, _confidence, x, y, width, height in page.words
        if words and spans(composed(text), words)
    ]
