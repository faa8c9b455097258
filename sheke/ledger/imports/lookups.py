"""Organisations and plan items by what people write for them, read once for a whole table."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from sheke.directory.models import STEP, Account, Organisation
from sheke.directory.queries import acting_paths

from ..models import Heading

SIGNS = re.compile(r"[\s（）()、.．。,，]+")


@dataclass
class Lookups:
    """`paths` are those of the organisations acted for; None means all (the command line)."""

    organisations: dict[str, list[Organisation]]
    headings: dict[tuple[int, str], list[Heading]]
    paths: list[str] | None
    by_path: dict[str, Organisation] = field(default_factory=dict)

    @classmethod
    def load(cls, account: Account | None) -> Lookups:
        """Three queries. Organisations of which only one has the name are found by it."""
        units = list(Organisation.objects.all())
        names: dict[str, list[Organisation]] = defaultdict(list)
        for unit in units:
            for name in {_folded(n) for n in (unit.code, unit.name, unit.short_name)} - {""}:
                names[name].append(unit)
        paths = None
        if account is not None:
            paths = acting_paths(account)
        return cls(names, _headings(), paths, {unit.path: unit for unit in units})

    def organisation(self, name: str) -> Organisation:
        """Raises ValueError when there is none, or several of the name."""
        found = self.organisations.get(_folded(name), [])
        exact = [o for o in found if name == o.code] or found
        if len(exact) == 1:
            return exact[0]
        if exact:
            codes = "、".join(o.code for o in exact[:5])
            message = _("Several organisations are called “%(name)s”; write the code: %(codes)s.")
            raise ValueError(message % {"name": name, "codes": codes})
        raise ValueError(_("There is no organisation “%(name)s”.") % {"name": name})

    def own(self, name: str) -> Organisation:
        """An organisation that the account may report for."""
        return self.reached(self.organisation(name))

    def reached(self, organisation: Organisation) -> Organisation:
        if self.paths is not None and not organisation.path.startswith(tuple(self.paths)):
            raise ValueError(_("You do not act for “%(name)s”.") % {"name": organisation.name})
        return organisation

    def heading(self, text: str, organisation: Organisation, year: int) -> Heading:
        """A plan item of that year: the organisation's own, else that of the nearest above."""
        path = organisation.path
        for end in range(len(path), 0, -STEP):
            unit = self.by_path.get(path[:end])
            found = self.headings.get((unit.pk, _bare(text)), []) if unit else []
            # A plan for several years is filed under its first.
            found = [h for h in found if h.year == year] or [h for h in found if h.year < year]
            if len(found) == 1:
                return found[0]
            if found:
                titles = "；".join(str(h) for h in found[:3])
                message = _("Several plan items fit “%(text)s”: %(titles)s. Write the title.")
                raise ValueError(message % {"text": text, "titles": titles})
        raise ValueError(
            _("No plan of %(year)s has an item “%(text)s”.") % {"year": year, "text": text}
        )


def _headings() -> dict[tuple[int, str], list[Heading]]:
    found: dict[tuple[int, str], list[Heading]] = defaultdict(list)
    for heading in Heading.objects.filter(retired_at=None):
        texts: Iterable[str] = {heading.number, heading.title, str(heading)} - {""}
        for text in {_bare(text) for text in texts}:
            found[heading.organisation_id, text].append(heading)
    return found


def _folded(name: str) -> str:
    return "".join(name.split()).lower()


def _bare(text: str) -> str:
    return SIGNS.sub("", text).lower()
