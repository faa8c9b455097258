"""The fifteen elements of Dublin Core, in their order; any of them may come more than once."""

from __future__ import annotations

from collections.abc import Iterator

from .entry import Entry, plain_pages
from .gbt import place_in_serial


def dublin_core(entry: Entry, *, kind: str = "") -> list[tuple[str, str]]:
    """(element, value) pairs without empty ones. kind: the kind's name in the reader's language."""
    return [(element, value) for element, value in _pairs(entry, kind) if value]


def _pairs(entry: Entry, kind: str) -> Iterator[tuple[str, str]]:
    yield "title", entry.full_title
    yield from (("title", title) for title in (*entry.translated_titles, *entry.other_titles))
    yield from (("creator", one.family_first()) for one in entry.authors or entry.bodies)
    yield from (("subject", word) for word in entry.keywords)
    yield "description", entry.abstract
    yield "publisher", ": ".join(filter(None, (entry.place, entry.publisher)))
    more = entry.bodies if entry.authors else ()
    contributors = (*entry.editors, *entry.translators, *more)
    yield from (("contributor", one.family_first()) for one in contributors)
    yield "date", entry.issued
    yield "type", "Text"
    yield "type", kind or entry.kind
    yield from (("identifier", each) for each in identifiers(entry))
    yield "source", _source(entry)
    yield (
        "language",
        {"zh-Hans": "zh-Hans", "zh-Hant": "zh-Hant"}.get(entry.language, entry.language_code),
    )


def identifiers(entry: Entry) -> list[str]:
    """Addresses as they are, numbers as URNs where there are such; the persistent one first."""
    found = [entry.link, f"https://doi.org/{entry.doi}" if entry.doi else "", entry.url]
    found += [f"urn:isbn:{number.replace('-', '')}" for number in entry.isbn]
    found += [f"urn:issn:{number}" for number in entry.issn]
    return [each for each in (*found, *entry.cn, *entry.other_numbers) if each]


def _source(entry: Entry) -> str:
    """What it stands in: 科学通报, 2012, 55(34): 3219."""
    if not entry.container:
        return ""
    if entry.is_in_serial:
        return place_in_serial(entry, with_year=True)
    return ": ".join(filter(None, (entry.container, plain_pages(entry.pages))))
