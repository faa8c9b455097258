"""CSL-JSON: what citation processors (citeproc, Zotero, pandoc) read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .entry import Entry, plain_pages
from .names import Name

TYPES = {
    "article": "article-journal", "newspaper": "article-newspaper", "monograph": "book",
    "translation": "book", "collection": "book", "chapter": "chapter",
    "conference": "paper-conference", "thesis": "thesis", "report": "report", "advice": "report",
    "standard": "standard", "periodical": "periodical", "web": "webpage", "document": "document",
    "archive": "document", "other": "document",
}  # fmt: skip


def csl(entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """One object for each entry; what is not known is left out."""
    return [_one(entry) for entry in entries]


def _one(entry: Entry) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": entry.key,
        "type": _type(entry),
        "title": entry.full_title,
        "author": _people(entry.authors or (() if entry.editors else entry.bodies)),
        "editor": _people(entry.editors),
        "translator": _people(entry.translators),
        "issued": {"date-parts": [entry.date_parts]} if entry.date_parts else None,
        "accessed": _accessed(entry),
        "container-title": entry.container,
        "volume": entry.volume,
        "issue": entry.issue,
        "page": plain_pages(entry.pages),
        "edition": entry.edition,
        "publisher": entry.publisher,
        "publisher-place": entry.place,
        "number": " ".join(entry.other_numbers),
        "ISBN": " ".join(entry.isbn),
        "ISSN": " ".join(entry.issn),
        "DOI": entry.doi,
        "URL": entry.address,
        "language": {"zh-Hans": "zh-CN", "zh-Hant": "zh-TW", "en": "en"}.get(entry.language),
        "keyword": ", ".join(entry.keywords),
        "abstract": entry.abstract,
    }
    return {name: value for name, value in found.items() if value}


def _type(entry: Entry) -> str:
    if entry.kind == "translation" and entry.container:
        return "article-journal" if entry.is_in_serial else "chapter"
    return TYPES.get(entry.kind, "document")


def _accessed(entry: Entry) -> dict[str, Any] | None:
    day = entry.accessed if entry.url else None
    return {"date-parts": [[day.year, day.month, day.day]]} if day else None


def _people(people: Iterable[Name]) -> list[dict[str, str]]:
    return [_person(one) for one in people]


def _person(one: Name) -> dict[str, str]:
    """Names that were not printed with a family name apart are literal: nothing is guessed."""
    if not one.parts:
        return {"literal": one.bare}
    family, given, suffix = one.parts
    return {"family": family, "given": given} | ({"suffix": suffix} if suffix else {})
