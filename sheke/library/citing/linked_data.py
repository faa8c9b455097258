"""JSON-LD in the words of schema.org, for search engines and whoever reads pages by machine."""

from __future__ import annotations

import json
from typing import Any

from .dublin_core import identifiers
from .entry import Entry
from .names import Name

TYPES = {
    "article": "ScholarlyArticle", "newspaper": "NewsArticle", "monograph": "Book",
    "translation": "Book", "collection": "Book", "chapter": "Chapter",
    "conference": "ScholarlyArticle", "thesis": "Thesis", "report": "Report", "advice": "Report",
    "standard": "CreativeWork", "periodical": "Periodical", "web": "WebPage",
    "archive": "ArchiveComponent", "document": "DigitalDocument", "other": "CreativeWork",
}  # fmt: skip
# Within a page's script a “<” could end it; so it is written as its number.
UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def json_ld(entry: Entry, *, page: str = "") -> dict[str, Any]:
    """The object; `page` is the address of the page that shows it. Empty properties are left out."""
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": TYPES.get(entry.kind, "CreativeWork"),
        "@id": entry.link,
        "name": entry.full_title,
        "headline": entry.full_title[:110],
        "alternateName": [*entry.translated_titles, *entry.other_titles],
        "author": [_who(one) for one in entry.authors or entry.bodies],
        "editor": [_who(one) for one in entry.editors],
        "translator": [_who(one) for one in entry.translators],
        "datePublished": entry.issued,
        "inLanguage": entry.language_code,
        "abstract": entry.abstract,
        "keywords": list(entry.keywords),
        "isbn": entry.isbn[0] if entry.isbn else "",
        "issn": "" if entry.container else " ".join(entry.issn),
        "bookEdition": entry.edition,
        "pagination": entry.pages,
        "publisher": {"@type": "Organization", "name": entry.publisher}
        if entry.publisher
        else None,
        "isPartOf": _part_of(entry),
        "identifier": identifiers(entry),
        "sameAs": f"https://doi.org/{entry.doi}" if entry.doi else "",
        "url": page or entry.address,
    }
    return {name: value for name, value in found.items() if value}


def data_block(data: dict[str, Any]) -> str:
    """The JSON as it may stand in a page."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return "".join(UNSAFE.get(character, character) for character in text)


def _who(one: Name) -> dict[str, Any]:
    found: dict[str, Any] = {"@type": "Organization" if one.is_body else "Person", "name": one.bare}
    if one.parts:
        family, given, _suffix = one.parts
        found |= {"name": f"{given} {family}", "familyName": family, "givenName": given}
    if one.organisation:
        found["affiliation"] = {"@type": "Organization", "name": one.organisation}
    if one.orcid:
        found["sameAs"] = f"https://orcid.org/{one.orcid}"
    return found


def _part_of(entry: Entry) -> dict[str, Any] | None:
    """The volume and number of a journal, or the book."""
    if not entry.container:
        return None
    if not entry.is_in_serial:
        return {"@type": "Book", "name": entry.container}
    whole: dict[str, Any] = {"@type": "Periodical", "name": entry.container}
    if entry.issn:
        whole["issn"] = list(entry.issn)
    for kind, name, value in (
        ("PublicationVolume", "volumeNumber", entry.volume),
        ("PublicationIssue", "issueNumber", entry.issue),
    ):
        if value:
            whole = {"@type": kind, name: value, "isPartOf": whole}
    return whole
