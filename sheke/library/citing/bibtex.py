"""BibTeX, as UTF-8. Read by BibTeX, biber and every reference manager."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .entry import Entry, plain_pages
from .names import Name

TYPES = {
    "article": "article", "newspaper": "article", "monograph": "book", "translation": "book",
    "collection": "book", "chapter": "incollection", "conference": "inproceedings",
    "thesis": "phdthesis", "report": "techreport", "advice": "techreport",
}  # fmt: skip
# Braces must pair even behind a backslash, or BibTeX loses the rest of the file: so they get names.
ESCAPES = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    **{character: f"\\{character}" for character in "&%$#_"},
}  # fmt: skip
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


def bibtex(entries: Iterable[Entry]) -> str:
    """All entries, each ended by an empty line."""
    return "\n".join(_one(entry) for entry in entries)


def escape(text: str) -> str:
    """A text for a field in braces, on one line."""
    plain = re.sub(r"[\s\x00-\x1f\x7f]+", " ", text).strip()
    return "".join(ESCAPES.get(character, character) for character in plain)


def _one(entry: Entry) -> str:
    lines = [f"@{_type(entry)}{{{entry.key},"]
    lines += [f"  {name} = {{{value}}}," for name, value in _fields(entry) if value]
    if len(entry.date_parts) > 1:
        lines.append(f"  month = {MONTHS[entry.date_parts[1] - 1]},")
    return "\n".join([*lines, "}", ""])


def _type(entry: Entry) -> str:
    if entry.kind == "translation" and entry.container:
        return "article" if entry.is_in_serial else "incollection"
    return TYPES.get(entry.kind, "misc")


def _fields(entry: Entry) -> list[tuple[str, str]]:
    """(name, value as it stands between the braces)."""
    kind = _type(entry)
    host = {"article": "journal", "incollection": "booktitle", "inproceedings": "booktitle"}
    publisher = {"phdthesis": "school", "techreport": "institution", "misc": "organization"}
    numbers = entry.issue or ("" if entry.kind == "article" else " ".join(entry.other_numbers))
    return [
        ("author", _people(entry.authors or (() if entry.editors else entry.bodies))),
        ("editor", _people(entry.editors)),
        ("translator", _people(entry.translators)),
        # Doubled braces: a style must not make small letters of names in a title.
        ("title", f"{{{escape(entry.full_title)}}}"),
        (host.get(kind, "howpublished"), escape(entry.container)),
        ("year", escape(entry.year)),
        ("volume", escape(entry.volume)),
        ("number", escape(numbers)),
        ("pages", escape(plain_pages(entry.pages).replace("-", "--"))),
        ("edition", escape(entry.edition)),
        (publisher.get(kind, "publisher"), escape(entry.publisher)),
        ("address", escape(entry.place)),
        ("isbn", escape(" ".join(entry.isbn))),
        ("issn", escape(" ".join(entry.issn))),
        ("doi", _verbatim(entry.doi)),
        ("url", _verbatim(entry.address)),
        ("urldate", entry.accessed.isoformat() if entry.accessed and entry.url else ""),
        ("langid", {"en": "english", "other": ""}.get(entry.language, "chinese")),
        ("keywords", escape(", ".join(word.replace(",", " ") for word in entry.keywords))),
        ("abstract", escape(entry.abstract)),
    ]


def _people(people: Iterable[Name]) -> str:
    """Joined by “and”. What has no family name apart stands in braces, so that nothing splits it."""
    return " and ".join(_person(one) for one in people)


def _person(one: Name) -> str:
    if one.parts:
        family, given, suffix = map(escape, one.parts)
        family = f"{{{family}}}" if re.search(r"\band\b", family, re.I) else family
        return ", ".join(filter(None, (family, suffix, given)))
    return f"{{{escape(one.bare)}}}"


def _verbatim(address: str) -> str:
    """Addresses are read character by character: only what would end the field is written otherwise."""
    return "".join(f"%{ord(c):02X}" if c in "{}\\ \n\r\t" else c for c in address)
