"""The description of a draft: what a list says of the file, else what was found in it."""

from __future__ import annotations

import re
from typing import Any

from ..describing import Author, Description, is_date
from ..models import Contribution, Item, Work

_FIELDS = ("title", "kind", "issued", "abstract", "discipline", "level", "container", "volume", "issue",
           "pages", "publisher", "place", "url", "note")  # fmt: skip


def description_for(item: Item) -> Description:
    """Cut to what its fields hold, so that a draft can always be made of it."""
    found = {name: value for name, value in item.proposed.items() if value}
    if not is_date(str(found.get("issued", ""))):  # 31 June, as it stands in the text
        found.pop("issued", None)
    said: dict[str, Any] = found | {name: value for name, value in item.given.items() if value}
    plain: dict[str, Any] = {name: _cut(name, said[name]) for name in _FIELDS if name in said}
    plain.setdefault(
        "title", _cut("title", re.sub(r"\.\w{2,5}$", "", item.name.rsplit("/", 1)[-1]))
    )
    return Description(
        **plain, language=said.get("language", Work.Language.SIMPLIFIED),
        keywords=tuple(str(word)[:60] for word in said.get("keywords", ()))[:20],
        authors=tuple(_authors(said)),
        identifiers=tuple(tuple(each) for each in said.get("identifiers", ())),
    )  # fmt: skip


def _authors(said: dict[str, Any]) -> list[Author]:
    organisation = str(said.get("organisation", "")).strip()[:200]
    names = [str(name).strip()[:200] for name in said.get("authors", ()) if str(name).strip()]
    if names:
        return [Author(name, organisation_name=organisation) for name in names[:50]]
    if organisation:
        return [Author(organisation, role=Contribution.Role.ORGANISATION)]
    return []


def _cut(name: str, value: Any) -> str:
    limit = getattr(Work._meta.get_field(name), "max_length", None)
    text = str(value).strip()
    return text[:limit] if limit else text
