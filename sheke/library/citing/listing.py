"""A list by author and year: its order, and the letters that tell works of one year apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby

from pypinyin import Style, lazy_pinyin

from .entry import Entry
from .gbt import by_author, names, words


def by_author_and_year(entries: Iterable[Entry]) -> list[str]:
    """Chinese by pinyin, then others by the alphabet (GB/T 7714—2015, 9.3); 2019a, 2019b."""
    ordered = sorted(entries, key=_place)
    shared = Counter(map(_authors_and_year, ordered))
    found: list[str] = []
    for same, group in groupby(ordered, key=_authors_and_year):
        letters = _letters() if shared[same] > 1 else None
        found += [by_author(entry, next(letters) if letters else "") for entry in group]
    return found


def _authors_and_year(entry: Entry) -> tuple[str, str]:
    said = words(entry)
    return names(entry.main_authors, said) or said.nobody, entry.year


def _place(entry: Entry) -> tuple[object, ...]:
    authors, year = _authors_and_year(entry)
    return (not entry.is_chinese, _sounds(authors), authors, year, entry.issued, entry.title)


def _sounds(text: str) -> list[str]:
    """As a dictionary orders it: character by character by sound and tone."""
    return [sound.lower() for sound in lazy_pinyin(text, style=Style.TONE3, errors="default")]


def _letters() -> Iterator[str]:
    """a … z, aa, ab …"""
    alphabet = "abcdefghijklmnopqrstuvwxyz"
    for before in ("", *alphabet):
        for letter in alphabet:
            yield before + letter
