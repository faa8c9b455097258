"""The list as it becomes public: what stands on it, and personal data in it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from sheke.core.disclosure import find_personal_data
from sheke.core.errors import BadInput

from ..models import Award, Call, Submission
from .proposals import by_level, candidates, level_name, plain, standing_awards

Entry = dict[str, Any]
# What of an entry anybody may read.
SHOWN = ("title", "lead", "organisation")


@dataclass(frozen=True)
class Disclosure:
    """Something that looks like personal data. `key` is what a confirmation names."""

    key: str
    kind: str
    place: str
    excerpt: str


def proposed_entries(call: Call) -> list[Entry]:
    """Those proposed, level by level."""
    found = [each for each in candidates(call) if each.proposed is not None]
    return [
        _entry(call, each.submission, each.proposed.level, plain(each.proposed.amount))
        for each in by_level(call.programme, found)
        if each.proposed is not None
    ]  # fmt: skip


def award_entries(call: Call) -> list[Entry]:
    """Those awarded whose award stands, in the order of their numbers."""
    awards = standing_awards(call).select_related("submission__organisation").order_by("serial")
    return [award_entry(call, award) for award in awards]


def award_entry(call: Call, award: Award) -> Entry:
    entry = _entry(call, award.submission, award.level, plain(award.amount))
    until = award.holds_until.isoformat() if award.holds_until else ""
    return entry | {"number": award.number, "until": until}


def grouped(entries: Iterable[Entry]) -> list[tuple[str, list[Entry]]]:
    """By level as printed, in order."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(entry["level_name"], []).append(entry)
    return list(groups.items())


def public(entries: Iterable[Mapping[str, Any]]) -> list[Entry]:
    """What a public page shows of them, numbered from one."""
    keys = ("number", "title", "lead", "organisation", "level_name", "until")
    return [{"place": n, **{key: each.get(key, "") for key in keys}} for n, each in enumerate(entries, 1)]  # fmt: skip


def disclosures(call: Call, entries: Iterable[Entry], texts: Mapping[str, str]) -> list[Disclosure]:
    """Personal data in what is about to be public. texts: {name of the place: text}."""
    lines = [(name, text) for name, text in texts.items()]
    for entry in entries:
        place = _("entry “%(title)s”") % {"title": entry["title"]}
        lines += [(place, entry[key]) for key in SHOWN]
    return [
        Disclosure(f"{n}:{one.key}", one.label, place, one.excerpt)
        for n, (place, text) in enumerate(lines)
        for one in find_personal_data(text)
    ]


def check_confirmed(found: Iterable[Disclosure], confirmed: Collection[str]) -> None:
    """Raise BadInput that names the first place which nobody confirmed."""
    for one in found:
        if one.key not in confirmed:
            raise BadInput(
                _("Personal data (%(kind)s) in %(place)s: %(excerpt)s. Take it out, or confirm it.")
                % {"kind": one.kind, "place": one.place, "excerpt": one.excerpt}
            )


def _entry(call: Call, submission: Submission, level: str, amount: str) -> Entry:
    organisation = submission.organisation
    return {
        "submission": submission.pk, "number": submission.number, "title": submission.title,
        "lead": submission.lead_name, "organisation": organisation.name if organisation else "",
        "level": level, "level_name": level_name(call.programme, level), "amount": amount,
    }  # fmt: skip
