"""Which works, experts and collections an audit event touched."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence

from django.apps import apps
from django.db import models
from django.db.models import Q

from sheke.core.models import AuditEvent
from sheke.directory.models import Organisation, path_range

from ..models import Collection as Gathered
from ..models import Expert, Work

Touched = dict[str, set[int]]
# By field that leads from a noun of the library to what is indexed.
LEADS = {"work": "work", "file__work": "work", "page__file__work": "work", "expert": "expert",
         "kept": "expert", "dropped": "expert", "collection": "collection"}  # fmt: skip


def touched(seals: Sequence[int]) -> Touched:
    """Numbers by kind, of the events of these seals: of works, experts, collections, and of people."""
    events = AuditEvent.objects.filter(seal__in=seals, subject_id__isnull=False)
    by_type: dict[str, set[int]] = defaultdict(set)
    for kind, number in events.values_list("subject_type", "subject_id"):
        by_type[kind].add(number or 0)
    found: Touched = defaultdict(set)
    for kind, numbers in by_type.items():
        _follow(kind, numbers, found)
    return found


def join(found: Touched, kind: str, numbers: Iterable[int | None]) -> None:
    held = {number for number in numbers if number is not None}
    if held:
        found.setdefault(kind, set()).update(held)


def _follow(kind: str, numbers: Collection[int], found: Touched) -> None:
    app, _dot, name = kind.partition(".")
    if kind == "library.expert":
        join(found, "expert", numbers)
        join(
            found,
            "expert",
            Expert.objects.filter(merged_into__in=numbers).values_list("pk", flat=True),
        )
    elif kind in ("library.work", "library.collection"):
        join(found, name, numbers)
    elif kind == "directory.organisation":
        _below(numbers, found)
    elif kind == "directory.person":  # whose profile may have been parted from them just now
        join(found, "person", numbers)
        join(
            found, "expert", Expert.objects.filter(person__in=numbers).values_list("pk", flat=True)
        )
    elif app == "library":
        _parts(name, numbers, found)


def _parts(name: str, numbers: Collection[int], found: Touched) -> None:
    """Of what belongs to a work, an expert or a collection."""
    try:
        model = apps.get_model("library", name)
    except LookupError:
        return
    for lead, kind in LEADS.items():
        first = lead.partition("__")[0]
        if first in {
            one.name for one in model._meta.get_fields() if isinstance(one, models.ForeignKey)
        }:
            rows = model._default_manager.filter(pk__in=numbers)
            join(found, kind, rows.values_list(lead, flat=True))


def _below(numbers: Collection[int], found: Touched) -> None:
    """Whose keeper was renamed or moved, or stands below one that was."""
    below = Q(pk__in=[])
    for path in Organisation.objects.filter(pk__in=numbers).values_list("path", flat=True):
        low, high = path_range(path)
        below |= Q(organisation__path__gte=low, organisation__path__lt=high)
    sources: dict[str, Callable[[], models.QuerySet[models.Model]]] = {
        "work": Work.objects.all, "expert": Expert.objects.all, "collection": Gathered.objects.all,
    }  # fmt: skip
    for kind, rows in sources.items():
        join(found, kind, rows().filter(below).values_list("pk", flat=True))
