"""Everything that could be a figure: a numeral or blank with its magnitude and measure word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .measures import ALTERNATIVE, Measure, measure_at
from .numerals import ARABIC, BLANK, CHINESE, HANZI, MAGNITUDE
from .tables import Cell, Tables

_APPROX = r"(?:余|多|几|来(?!自|源|信|电|访|稿|函|到|自)|\+|＋)"
_SPACE = r"[ \t\u3000\u00a0]{0,2}"
_QUANTITY = (
    rf"(?:百分之(?:{BLANK}|{ARABIC}|{CHINESE})"
    rf"|(?:{BLANK}|{ARABIC}|{CHINESE}){_SPACE}{_APPROX}?{MAGNITUDE}?{_SPACE}{_APPROX}?)"
)
_RANGE = rf"{_SPACE}(?:至|到|[-—–－~～]{{1,2}}){_SPACE}"
_GAP = (
    r"(?:…+|\.{3,}|(?<=[\u4e00-\u9fff])[ \u3000]{2,8}(?=[\u4e00-\u9fff])|[（(][ \u3000_]{1,8}[）)])"
)

FIGURE = re.compile(
    rf"(?P<fraction>(?!百分之)(?P<bottom>[{HANZI}]+)分之(?P<top>[{HANZI}]+)|(?P<half>一半|半数)|(?P<slash>(?<![\d/])\d{{1,2}}[/／]\d{{1,2}}(?![\d/])))"
    rf"|(?P<low>{_QUANTITY})(?:[%％]?{_RANGE}(?P<high>{_QUANTITY}))?"
    rf"|(?P<gap>{_GAP})(?P<gap_rest>{MAGNITUDE}?{_APPROX}?)"
)
QUANTITY = re.compile(
    rf"(?P<percent>百分之)?(?:(?P<blank>{BLANK})|(?P<arabic>{ARABIC})|(?P<chinese>{CHINESE})){_SPACE}"
    rf"(?P<inner>{_APPROX})?(?P<magnitude>{MAGNITUDE})?{_SPACE}(?P<outer>{_APPROX})?"
)
_PERCENT = re.compile(r"[ ]?[%％‰]")
_BETWEEN = re.compile(r"[ \t\u3000\u00a0]{0,2}(?:\r?\n[ \t\u3000]*)?")
_ALTERNATIVE = re.compile(rf"[（(][{ALTERNATIVE}][）)]")
_ARABIC_ONLY = re.compile(rf"{ARABIC}(?:万|亿)?[余多]?")
_LATIN = re.compile(r"[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A numeral or blank and what follows it, before any judgement."""

    start: int
    number_end: int
    end: int
    match: re.Match[str]
    measure: Measure | None
    percent: str
    cell: Cell | None = None  # of the table that it stands in

    @property
    def numeral(self) -> str:
        return self.match.group("low") or self.match.group()


def candidates(text: str, tables: Tables) -> Iterator[Candidate]:
    """Each numeral or blank of the text in order; linear in its length."""
    for match in FIGURE.finditer(text):
        if _inside_latin(text, match):
            continue
        if match.start() in tables.cells:
            cell = tables.cells[match.start()]
            yield Candidate(match.start(), cell.end, cell.end, match, cell.measure, "", cell)
        elif not (match.group("gap") and tables.covers(match.start())):
            yield _with_measure(text, match)


def _inside_latin(text: str, match: re.Match[str]) -> bool:
    """Whether an x belongs to a word written in Latin letters (Excel, XR)."""
    start, end = match.start(), match.start() + len(match.group().rstrip())
    if not _LATIN.match(text[start : start + 1]) and not _LATIN.match(text[end - 1 : end]):
        return False
    before = text[start - 1 : start] if start else ""
    return bool(_LATIN.match(before) or _LATIN.match(text[end : end + 1]))


def _with_measure(text: str, match: re.Match[str]) -> Candidate:
    start, number_end = match.start(), match.end()
    while text[number_end - 1] in " \t\u3000\u00a0" and not match.group("gap"):
        number_end -= 1
    percent = _PERCENT.match(text, number_end)
    if percent or "百分之" in match.group():
        end = percent.end() if percent else number_end
        return Candidate(
            start, number_end, end, match, None, "‰" if percent and "‰" in percent.group() else "%"
        )
    between = _BETWEEN.match(text, number_end)
    place = between.end() if between else number_end
    digits = place == number_end and _ARABIC_ONLY.fullmatch(match.group()) is not None
    measure = measure_at(text, place, digits)
    if measure is None:
        return Candidate(start, number_end, number_end, match, None, "")
    end = place + len(measure.word)
    alternative = _ALTERNATIVE.match(text, end)
    return Candidate(
        start, number_end, alternative.end() if alternative else end, match, measure, ""
    )
