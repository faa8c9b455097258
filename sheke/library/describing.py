"""What is said of a work, checked as a whole before it is kept."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from sheke.core.errors import BadInput

from .models import Contribution, Identifier, OtherTitle, Relation, Work
from .models.works import PARTIAL_DATE

PLAIN = ("kind", "title", "language", "issued", "abstract", "keywords", "discipline", "level",
         "container", "volume", "issue", "pages", "edition", "publisher", "place", "url",
         "accessed_on", "note")  # fmt: skip


@dataclass(frozen=True)
class Author:
    """One contribution: the name as printed, the part, the organisation at that time."""

    name: str
    role: str = Contribution.Role.AUTHOR
    organisation_name: str = ""
    expert_id: int | None = None


@dataclass(frozen=True)
class Description:
    """All that a person says of a work. Lists are in order; dates may be partial."""

    title: str
    kind: str = Work.Kind.DOCUMENT
    language: str = Work.Language.SIMPLIFIED
    issued: str = ""
    abstract: str = ""
    keywords: tuple[str, ...] = ()
    discipline: str = ""
    level: str = ""
    container: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    edition: str = ""
    publisher: str = ""
    place: str = ""
    url: str = ""
    accessed_on: date | None = None
    note: str = ""
    authors: tuple[Author, ...] = ()
    other_titles: tuple[tuple[str, str], ...] = ()  # (kind, text)
    identifiers: tuple[tuple[str, str], ...] = ()  # (scheme, value)
    relations: tuple[tuple[str, int | None, str], ...] = ()  # (kind, work, reference)

    def plain(self) -> dict[str, Any]:
        """The fields of the work itself, as they are kept."""
        found = {name: getattr(self, name) for name in PLAIN}
        return found | {"keywords": list(self.keywords)}

    def checked(self) -> Description:
        """In canonical form. Raises DescriptionError, which names each field and what to do."""
        errors: dict[str, str] = {}
        said: dict[str, Any] = {f.name: getattr(self, f.name) for f in fields(self)}
        for name, value in said.items():
            if isinstance(value, str):
                said[name] = value.strip() if name in ("abstract", "note") else _one_line(value)
                limit = getattr(Work._meta.get_field(name), "max_length", None)
                if limit and len(said[name]) > limit:
                    errors[name] = _("At most %(n)s characters.") % {"n": limit}
        if not said["title"]:
            errors["title"] = _("A work needs a title.")
        for name, allowed in _choices().items():
            if said[name] not in allowed and (said[name] or name in ("kind", "language")):
                errors[name] = _("Choose one of the list.")
        if said["issued"] and not is_date(said["issued"]):
            errors["issued"] = _("Write the date as 2024, 2024-05 or 2024-05-12.")
        said["keywords"] = _once(_one_line(word)[:60] for word in self.keywords)
        said["authors"] = tuple(author for author in self.authors if author.name.strip())
        said["identifiers"] = _identifiers(self.identifiers, errors)
        said["other_titles"] = tuple((k, _one_line(t)) for k, t in self.other_titles if t.strip())
        if any(kind not in OtherTitle.Kind.values for kind, _text in said["other_titles"]):
            errors["other_titles"] = _("Choose one of the list.")
        if any(kind not in Relation.Kind.values for kind, *_rest in self.relations):
            errors["relations"] = _("Choose one of the list.")
        if any(author.role not in Contribution.Role.values for author in said["authors"]):
            errors["authors"] = _("Choose one of the list.")
        for name, texts, field in (
            ("authors", [a.name for a in said["authors"]], Contribution.name),
            ("authors", [a.organisation_name for a in said["authors"]], Contribution.organisation_name),
            ("other_titles", [text for _kind, text in said["other_titles"]], OtherTitle.text),
        ):  # fmt: skip
            most = field.field.max_length or 0
            if too_long := [text for text in texts if len(text) > most]:
                errors[name] = _("“%(text)s…” has more than %(n)s characters.") % {
                    "text": too_long[0][:20], "n": most,
                }  # fmt: skip
        if errors:
            raise DescriptionError(errors)
        return Description(**said)


class DescriptionError(BadInput):
    """`errors` maps a field's name to its message."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__("; ".join(errors.values()))
        self.errors = dict(errors)


def description_of(work: Work) -> Description:
    """What is said of a work now. Four queries."""
    return Description(
        **{name: getattr(work, name) for name in PLAIN} | {"keywords": tuple(work.keywords)},
        authors=tuple(
            Author(c.name, c.role, c.organisation_name, c.expert_id)
            for c in work.contributions.all()
        ),
        other_titles=tuple((t.kind, t.text) for t in work.other_titles.all()),
        identifiers=tuple((i.scheme, i.value) for i in work.identifiers.all()),
        relations=tuple((r.kind, r.other_id, r.reference) for r in work.relations.all()),
    )


def changes(before: Description, after: Description) -> dict[str, list[Any]]:
    """{field: [before, after]} of what differs, as JSON."""
    old, new = asdict(before), asdict(after)
    return {name: [_json(old[name]), _json(new[name])] for name in new if old[name] != new[name]}


def _json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _once(words: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in words if word))


def _choices() -> dict[str, list[str]]:
    return {"kind": Work.Kind.values, "language": Work.Language.values, "level": Work.Level.values}


def is_date(text: str) -> bool:
    if not re.fullmatch(PARTIAL_DATE, text):
        return False
    try:
        date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        return False
    return True


def _identifiers(given: Any, errors: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """Each in its normal form, once."""
    from .identifiers import normal_identifier

    found = []
    for scheme, value in given:
        if not value.strip():
            continue
        try:
            found.append((scheme, normal_identifier(scheme, value)))
        except BadInput as error:
            errors["identifiers"] = str(error)
    known = Identifier.Scheme.values
    if any(scheme not in known for scheme, _value in found):
        errors["identifiers"] = _("Choose one of the list.")
    return tuple(dict.fromkeys(found))
