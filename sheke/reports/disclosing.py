"""Personal data in what is about to be sealed or shown: each place is confirmed by a person, or edited."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from sheke.core.disclosure import find_personal_data
from sheke.core.errors import BadInput
from sheke.reports.models import Report, Snapshot
from sheke.reports.wordings import FilledText


@dataclass(frozen=True)
class Disclosure:
    """One finding and where it stands. `key` is what a confirmation names."""

    key: str
    kind: str
    place: str
    excerpt: str


def in_report(report: Report, text: FilledText) -> list[Disclosure]:
    """In a report's title and in its text, by paragraph; the last ones are its head and foot lines."""
    lines = [("title", _("title"), report.title)]
    lines += [
        (str(number), _("paragraph %(number)s") % {"number": number}, line)
        for number, (line, _figures) in enumerate(text.paragraphs(), start=1)
    ]
    return _found(lines)


def in_publication(snapshot: Snapshot, figures: Collection[str]) -> list[Disclosure]:
    """In what the public page would show: title, organisation, and the wording of chosen figures."""
    report: dict[str, Any] = snapshot.body["report"]
    lines = [("title", _("title"), report["title"])]
    lines.append(("organisation", _("organisation"), report["organisation_name"]))
    for figure in snapshot.body["figures"]:
        if figure["key"] in figures:
            place = _("figure “%(figure)s”") % {"figure": figure["key"]}
            lines += [
                (f"{figure['key']}.{part}", place, figure[part]) for part in ("printed", "before")
            ]
    return _found(lines)


def check_confirmed(found: Iterable[Disclosure], confirmed: Collection[str]) -> int:
    """How many were found, all of them confirmed. Raises BadInput naming the first that is not."""
    disclosures = list(found)
    open_ones = [one for one in disclosures if one.key not in confirmed]
    if open_ones:
        raise BadInput(
            _("%(place)s holds personal data (%(kind)s: %(excerpt)s). Take it out, or confirm it.")
            % {
                "place": open_ones[0].place,
                "kind": open_ones[0].kind,
                "excerpt": open_ones[0].excerpt,
            }
        )
    return len(disclosures)


def _found(lines: Iterable[tuple[str, str, str]]) -> list[Disclosure]:
    return [
        Disclosure(f"{key}:{one.key}", one.label, place, one.excerpt)
        for key, place, line in lines
        for one in find_personal_data(line)
    ]
