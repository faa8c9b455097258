"""RIS: one tag and one value a line, as reference managers take it in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from .entry import Entry

TYPES = {
    "article": "JOUR", "newspaper": "NEWS", "monograph": "BOOK", "translation": "BOOK",
    "collection": "EDBOOK", "chapter": "CHAP", "conference": "CPAPER", "thesis": "THES",
    "report": "RPRT", "advice": "RPRT", "standard": "STAND", "periodical": "JFULL", "web": "ELEC",
    "archive": "UNPB", "document": "GOVDOC", "other": "GEN",
}  # fmt: skip


def ris(entries: Iterable[Entry]) -> str:
    """All entries, lines ended as the format wants them."""
    return "".join(f"{tag}  - {value}\r\n" for entry in entries for tag, value in _lines(entry)) + (
        ""
    )


def _lines(entry: Entry) -> Iterator[tuple[str, str]]:
    yield "TY", TYPES.get(_kind(entry), "GEN")
    for tag, value in _values(entry):
        line = re.sub(r"[\s\x00-\x1f\x7f]+", " ", value).strip()
        if line:
            yield tag, line
    yield "ER", ""


def _kind(entry: Entry) -> str:
    if entry.kind == "translation" and entry.container:
        return "article" if entry.is_in_serial else "chapter"
    return entry.kind


def _values(entry: Entry) -> Iterator[tuple[str, str]]:
    first, last = entry.span
    yield "ID", entry.key
    yield from (("AU", one.family_first()) for one in entry.authors or entry.bodies)
    yield from (("ED", one.family_first()) for one in entry.editors)
    yield from (("A4", one.family_first()) for one in entry.translators)
    yield "TI", entry.full_title
    yield from (("TT", title) for title in entry.translated_titles)
    yield "T2", entry.container
    yield "PY", entry.year
    yield "DA", _day(entry)
    yield "VL", entry.volume
    yield "IS", entry.issue
    yield "SP", first
    yield "EP", last
    yield "ET", entry.edition
    yield "PB", entry.publisher
    yield "CY", entry.place
    yield from (("SN", number) for number in (*entry.isbn, *entry.issn))
    yield from (("M1", number) for number in entry.other_numbers)
    yield "DO", entry.doi
    yield "UR", entry.address
    if entry.accessed and entry.url:
        yield "Y2", entry.accessed.strftime("%Y/%m/%d/")
    yield "LA", entry.language_code
    yield from (("KW", word) for word in entry.keywords)
    yield "AB", entry.abstract


def _day(entry: Entry) -> str:
    """2024/05/12/, with empty places for what is not known."""
    if not entry.issued:
        return ""
    parts = [*entry.issued.split("-"), "", ""][:3]
    return "/".join(parts) + "/"
