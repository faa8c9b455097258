"""The text of a filled report, as a whole and by paragraph, with the place of every figure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sheke.reports.verification.texts import Placed

BLANK = "____"  # what a slot prints that nobody has bound, or that has no value


@dataclass(frozen=True, slots=True)
class Filling:
    """What is printed in place of old words (`start`–`end` of the template's text).

    A filling without a key is no slot: its words belong to the text around.
    """

    key: str
    start: int
    end: int
    printed: str


@dataclass(frozen=True, slots=True)
class FilledText:
    """A text with its figures in place, in order; `moved` are the places of years moved on."""

    text: str
    placed: list[Placed]
    moved: list[Placed] = field(default_factory=list)

    def paragraphs(self) -> list[tuple[str, list[Placed]]]:
        """Each line with its figures, offsets counted from the line's start."""
        lines: list[tuple[str, list[Placed]]] = []
        figures = iter(self.placed)
        figure = next(figures, None)
        start = 0
        for line in self.text.split("\n"):
            end = start + len(line)
            own = []
            while figure is not None and figure.end <= end:
                own.append(
                    Placed(figure.key, figure.start - start, figure.end - start, figure.text)
                )
                figure = next(figures, None)
            lines.append((line, own))
            start = end + 1
        return lines


def fill_text(text: str, fillings: Iterable[Filling]) -> FilledText:
    """Put each printed wording in the place of its slot. Line ends inside a wording become spaces."""
    pieces: list[str] = []
    placed: list[Placed] = []
    moved: list[Placed] = []
    at = length = 0
    for filling in sorted(fillings, key=lambda f: f.start):
        before = text[at : filling.start]
        printed = " ".join(filling.printed.splitlines())
        pieces += [before, printed]
        start = length + len(before)
        length = start + len(printed)
        kept = placed if filling.key else moved
        kept.append(Placed(filling.key, start, length, printed))
        at = filling.end
    return FilledText("".join([*pieces, text[at:]]), placed, moved)
