"""What a work is, as its own text tells: proposals that a person looks over before anything is public."""

from __future__ import annotations

from typing import Any

from .abstracts import abstract_in
from .dates import date_in
from .keywords import keywords_in
from .kinds import kind_in
from .numbers import identifiers_in
from .people import authors_in, organisation_in
from .titles import title_in


def propose(text: str, *, name: str, properties: dict[str, Any], kind: str = "") -> dict[str, Any]:
    """{field: value} of what was found; fields without a finding are left out.

    text: of the whole file. name: of the file, without its ending. properties: what the file says of
    itself, as `reading.Properties`. kind: of the file; what a web page says of itself is meant for
    readers, what an office file says is mostly left over from another one.
    """
    said = properties if kind == "html" else {}
    title = title_in(text, name=name, said=properties.get("title", ""))
    found = {
        "title": title,
        "kind": kind_in(text, title=title, file_kind=kind),
        "authors": authors_in(text, title=title) or list(said.get("authors", ())),
        "organisation": organisation_in(text) or said.get("organisation", ""),
        "issued": date_in(text) or said.get("date", ""),
        "abstract": abstract_in(text) or said.get("abstract", ""),
        "keywords": keywords_in(text),
        "identifiers": identifiers_in(text),
        "url": said.get("url", ""),
    }
    return {field: value for field, value in found.items() if value}
