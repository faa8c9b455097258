"""File names that every system takes: no path in them, no sign that one of them forbids, none twice."""

from __future__ import annotations

import re
import unicodedata

# Controls, what Windows forbids, and marks that turn the direction of writing or cannot be seen.
FORBIDDEN = re.compile(
    r'[\x00-\x1f\x7f<>:"/\\|?*\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff]'
)
RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
MOST = 60  # characters; a Chinese one has three bytes, and 255 bytes are a name's most


def safe_name(text: str, most: int = MOST, empty: str = "_") -> str:
    """The text as one part of a path; the ending of a file's name stays when it is cut."""
    kept = FORBIDDEN.sub(" ", unicodedata.normalize("NFC", text))
    kept = " ".join("".join(c for c in kept if not 0xD800 <= ord(c) < 0xE000).split()).strip(". ")
    if len(kept) > most:
        stem, ending = _cut(kept)
        kept = stem[: most - len(ending)].rstrip(". ") + ending
    if RESERVED.fullmatch(kept):
        kept = f"_{kept}"
    return kept or empty


class Names:
    """Paths of one archive, each once, also where capitals or accents are not told apart."""

    def __init__(self) -> None:
        self._taken: set[int] = set()

    def free(self, path: str) -> str:
        """The path, with a number before its ending where it was taken."""
        folder, _slash, name = path.rpartition("/")
        stem, ending = _cut(name)
        tried, number = path, 1
        while (key := hash(_folded(tried))) in self._taken:
            number += 1
            tried = f"{folder}/{stem} ({number}){ending}".removeprefix("/")
        self._taken.add(key)
        return tried


def _cut(name: str) -> tuple[str, str]:
    """(stem, ending with its dot); an ending has at most eight plain signs."""
    stem, dot, ending = name.rpartition(".")
    if stem and dot and len(ending) <= 8 and ending.isascii() and ending.isalnum():
        return stem, f".{ending}"
    return name, ""


def _folded(path: str) -> str:
    return unicodedata.normalize("NFKC", path).casefold()
