"""Keeping the index true. It follows the sealed audit log: what an action touched is indexed again.

The seals give every event exactly one place in one order, also where writers commit out of order; the
mark is the last seal that was followed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from itertools import islice
from zlib import crc32

from django.db import transaction

from ..chain import seal_events
from ..models import AuditEvent, AuditSeal, SearchEntry, SearchMark
from .analysis import ANALYSIS
from .index import search_index
from .making import make_index
from .sources import SOURCES, Source

BATCH = 1000
AT_ONCE = 300  # events that a person who searches waits for; more is the worker's work


def shape() -> int:
    """What the index was built for: the analysis and the kinds of subjects. A version that brings a new
    kind has its index built anew, or what is there already would never be found.
    """
    return crc32(f"{ANALYSIS}:{','.join(sorted(SOURCES))}".encode()) >> 1


def is_built() -> bool:
    """Whether an index of today's shape is there (it may be behind)."""
    return SearchMark.objects.filter(analysis=shape()).exists()


def catch_up(limit: int | None = None) -> int:
    """Follow the log to its end; returns how many events were followed.

    limit: do nothing where more events wait. Does nothing before the index was built.
    """
    mark = SearchMark.objects.filter(analysis=shape()).first()
    if mark is None:
        return 0
    waiting = AuditEvent.objects.filter(seal=None)
    if limit is not None:
        behind = AuditEvent.objects.filter(seal__gt=mark.seal_id)
        new = waiting[: limit + 1].count() + behind[: limit + 1].count()
        if not new or new > limit:
            return 0
    if waiting.exists():
        seal_events()
    seals = AuditSeal.objects.filter(pk__gt=mark.seal_id).order_by("pk")
    return sum(_follow(number) for number in list(seals.values_list("pk", flat=True)))


@transaction.atomic
def _follow(seal: int) -> int:
    mark = SearchMark.objects.select_for_update().get()
    if mark.seal_id >= seal:
        return 0  # another process was quicker
    touched: dict[str, set[int]] = defaultdict(set)
    subjects = AuditEvent.objects.filter(seal=seal, subject_id__isnull=False)
    for kind, number in subjects.values_list("subject_type", "subject_id"):
        touched[kind].add(number or 0)
    for source in SOURCES.values():
        numbers: set[int] = set()
        for kind, ours in source.follows.items():
            if kind in touched:
                numbers.update(ours(touched[kind]))
        for batch in batches(sorted(numbers)):
            write(source, batch, mark.generation)
    mark.seal_id = seal
    mark.save()
    return sum(len(numbers) for numbers in touched.values())


def rebuild(progress: Callable[[str, int], None] = lambda kind, done: None) -> int:
    """Index everything anew, while the old index goes on serving; returns the number of entries."""
    make_index()
    seal_events()
    last = AuditSeal.objects.order_by("pk").last()
    old = SearchMark.objects.first()
    generation = old.generation + 1 if old else 1
    total = 0
    for source in SOURCES.values():
        done = 0
        for batch in batches(source.ids()):
            with transaction.atomic():
                done += write(source, batch, generation)
            progress(source.kind, done)
        total += done
    with transaction.atomic():
        stale = SearchEntry.objects.exclude(generation=generation)
        for source in SOURCES.values():
            for batch in batches(stale.filter(kind=source.kind).values_list("pk", flat=True)):
                search_index(source.kind).remove(batch)
        stale.delete()
        SearchMark.objects.all().delete()
        SearchMark.objects.create(
            analysis=shape(), generation=generation, seal_id=last.pk if last else 0
        )
    return total


def state() -> dict[str, object]:
    """Whether there is an index of today's shape, and of how many entries."""
    return {"built": is_built(), "entries": SearchEntry.objects.count()}


def write(source: Source, numbers: Collection[int], generation: int) -> int:
    """Index the subjects of these numbers, in their order; those that are gone leave the index."""
    held = dict(
        SearchEntry.objects.filter(kind=source.kind, subject_id__in=numbers)
        .values_list("subject_id", "pk")
    )  # fmt: skip
    documents = {document.subject_id: document for document in source.documents(numbers)}
    fresh = SearchEntry.objects.bulk_create(
        SearchEntry(kind=source.kind, subject_id=number, generation=generation)
        for number in numbers if number in documents and number not in held
    )  # fmt: skip
    gone = [held.pop(number) for number in list(held) if number not in documents]
    SearchEntry.objects.filter(pk__in=held.values()).update(generation=generation)
    entries = held | {entry.subject_id: entry.pk for entry in fresh}
    index = search_index(source.kind)
    index.put((entries[number], d) for number, d in documents.items())
    if gone:
        index.remove(gone)
        SearchEntry.objects.filter(pk__in=gone).delete()
    return len(documents)


def batches(numbers: Iterable[int]) -> Iterable[list[int]]:
    left = iter(numbers)
    while batch := list(islice(left, BATCH)):
        yield batch
