"""From works to entries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.db.models import prefetch_related_objects
from django.http import HttpRequest

from ..links import address_of
from ..models import Contribution, Identifier, OtherTitle, Work
from .entry import Entry
from .names import Name

PARTS = ("contributions__expert", "other_titles", "identifiers", "link", "organisation")
Role, Scheme, Title = Contribution.Role, Identifier.Scheme, OtherTitle.Kind


def entry_of(work: Work, request: HttpRequest | None = None) -> Entry:
    """The entry of one work; six queries at most, none for what was fetched before."""
    return entries_of([work], request)[0]


def entries_of(works: Iterable[Work], request: HttpRequest | None = None) -> list[Entry]:
    """The entries of works in their order; six queries in all."""
    found = list(works)
    prefetch_related_objects(found, *PARTS)
    return [_entry(work, request) for work in found]


def read_on(entry: Entry, day: date) -> Entry:
    """The same, as somebody read it on `day`, unless it says already when it was read."""
    return entry if entry.accessed else replace(entry, accessed=day)


def _entry(work: Work, request: HttpRequest | None) -> Entry:
    names: dict[str, list[Name]] = {role: [] for role in Role.values}
    for one in work.contributions.all():
        names[one.role].append(_name(one))
    titles: dict[str, list[str]] = {kind: [] for kind in Title.values}
    for title in work.other_titles.all():
        titles[title.kind].append(title.text)
    numbers: dict[str, list[str]] = {scheme: [] for scheme in Scheme.values}
    for identifier in work.identifiers.all():
        numbers[identifier.scheme].append(identifier.value)
    link = getattr(work, "link", None)
    return Entry(
        number=work.pk, kind=work.kind, title=work.title, language=work.language,
        subtitle=": ".join(titles[Title.SUBTITLE]),
        translated_titles=tuple(titles[Title.TRANSLATED]),
        other_titles=(*titles[Title.FORMER], *titles[Title.SHORT]),
        authors=tuple(names[Role.AUTHOR]), editors=tuple(names[Role.EDITOR]),
        translators=tuple(names[Role.TRANSLATOR]), bodies=tuple(names[Role.ORGANISATION]),
        issued=work.issued, container=work.container, volume=work.volume, issue=work.issue,
        pages=work.pages, edition=work.edition, publisher=work.publisher, place=work.place,
        url=work.url, accessed=work.accessed_on,
        isbn=tuple(numbers[Scheme.ISBN]), issn=tuple(numbers[Scheme.ISSN]),
        cn=tuple(numbers[Scheme.CN]), doi=next(iter(numbers[Scheme.DOI]), ""),
        other_numbers=tuple(numbers[Scheme.OTHER]),
        abstract=work.abstract, keywords=tuple(work.keywords),
        link=address_of(link.name, request) if link else "", kept_by=work.organisation.name,
    )  # fmt: skip


def _name(one: Contribution) -> Name:
    """With the ORCID only where the person shows it to everybody."""
    expert = one.expert
    shown = expert is not None and expert.is_public and "orcid" in expert.shown
    return Name(
        one.name, is_body=one.role == Role.ORGANISATION, organisation=one.organisation_name,
        orcid=expert.orcid if shown and expert else "",
    )  # fmt: skip
