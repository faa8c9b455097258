"""What counts as one employer: everything below one unit of the tree."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings

from sheke.directory.models import STEP, Organisation


def unit_path(path: str) -> str:
    """The path of the unit that an organisation belongs to.

    A university's federation stands directly below the root (depth 1): its colleges are one employer
    with it. `CALLS_EMPLOYER_DEPTH` says at which depth units stand.
    """
    depth: int = getattr(settings, "CALLS_EMPLOYER_DEPTH", 1)
    return path[: STEP * (depth + 1)]


def units_of(organisations: Iterable[Organisation]) -> dict[int, Organisation]:
    """For each organisation, by number, its unit. One query."""
    wanted = {each.pk: unit_path(each.path) for each in organisations}
    found = {u.path: u for u in Organisation.objects.filter(path__in=set(wanted.values()))}
    return {number: found[path] for number, path in wanted.items() if path in found}


def unit_of(organisation: Organisation | None) -> Organisation | None:
    """The unit of one organisation."""
    return units_of([organisation]).get(organisation.pk) if organisation else None
