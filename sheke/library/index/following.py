"""Keeping the index true. It follows the sealed audit log: what an action touched is indexed again.

The database is the truth. The mark, which an index keeps with each commit, says up to which seal it has come,
so whatever is killed is followed again from there, and to index a thing twice is to index it once. The day in
the mark ends embargoes: files that became free since are indexed again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Q
from django.utils import timezone

from sheke.core.chain import seal_events
from sheke.core.models import AuditEvent, AuditSeal
from sheke.core.search.analysis import normal

from ..models import Collection as Gathered
from ..models import Expert, File, Placement, Work
from . import subjects
from .clauses import Both, Clause, Mark, OneOf, Request
from .engine import Broken, Busy, SearchIndex
from .entries import SHAPE, entries, key_of, named
from .frequent import SAMPLE, learn, listed
from .places import locked, place

BATCH = 200  # works of one write
AT_ONCE = 40  # events that a person who searches waits for; more is the worker's work
MOST_HELD = 10_000  # works of one collection
SEALS = 50  # followed with one commit
GROWN = 4  # times as many entries as at the building: then it is built anew
READ = 20_000  # characters of a work from which frequent words are learned
Touched = dict[str, set[int]]
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Serving:
    """The index that answers, and what it says of itself."""

    index: SearchIndex
    mark: Mark

    @property
    def is_former(self) -> bool:
        """Whether it is of a former shape: a new one is made."""
        return self.mark.shape != SHAPE


def serving() -> Serving | None:
    """None where there is no index, or one of another database: a backup that was restored, say."""
    index = place().current()
    mark = index.mark() if index is not None else None
    if index is None or mark is None or not _is_ours(mark):
        return None
    return Serving(index, mark)


def _is_ours(mark: Mark) -> bool:
    """Whether the seal that the index holds stands in this database; a replica may be a moment behind it."""
    seals = AuditSeal.objects.all()
    if not mark.seal or seals.filter(pk=mark.seal, digest=mark.digest).exists():
        return True
    return seals.db != DEFAULT_DB_ALIAS and not seals.filter(pk__gte=mark.seal).exists()


def is_built() -> bool:
    """Whether an index of today's shape is there (it may be behind)."""
    try:
        serves = serving()
    except Broken:
        return False
    return serves is not None and not serves.is_former


def has_outgrown() -> bool:
    """Whether the index holds so much more than when it was built that it should learn frequent words."""
    serves = serving()
    if serves is None:
        return False
    return serves.index.entries() > GROWN * max(serves.mark.built, SAMPLE)


def catch_up(limit: int | None = None, *, tidy: bool = True, wait: float = 0) -> int:
    """Follow the log to its end; returns how many entries were written or removed.

    limit: do nothing where more events wait. Does nothing where there is no index, or where another
    process of this machine follows already, for more than `wait` seconds. An index of a former shape is
    followed, too: what is taken back is gone from it while a new one is made.
    """
    serves = serving()
    if serves is None or not _waits(serves.mark, limit):
        return 0
    if AuditEvent.objects.filter(seal=None).exists():
        seal_events()
    with locked("following", wait) as alone:
        return _follow(serves.index, tidy) if alone else 0


def has_followed(until: datetime) -> bool:
    """Whether what was done up to then is in an index of today's shape."""
    serves = serving()
    if serves is None or serves.is_former:
        return False
    waiting = AuditEvent.objects.filter(Q(seal=None) | Q(seal__gt=serves.mark.seal), at__lte=until)
    return not waiting.exists()


def _waits(mark: Mark, limit: int | None) -> bool:
    """Whether there is something to follow, and not more than the limit."""
    most = (limit or 0) + 1
    new = AuditEvent.objects.filter(seal=None)[:most].count()
    behind = AuditEvent.objects.filter(seal__gt=mark.seal)[:most].count()
    if limit is not None and new + behind > limit:
        return False
    return bool(new + behind) or mark.day < timezone.localdate().isoformat()


def _follow(index: SearchIndex, tidy: bool) -> int:
    total = 0
    while mark := index.mark():
        today = timezone.localdate()
        seals = list(AuditSeal.objects.filter(pk__gt=mark.seal).order_by("pk")[:SEALS])
        if not seals and mark.day >= today.isoformat():
            break
        touched = subjects.touched([seal.pk for seal in seals])
        subjects.join(touched, "work", _freed(mark.day, today))
        _join_held(index, touched)
        new = replace(mark, day=max(mark.day, today.isoformat()))
        if seals:
            new = replace(new, seal=seals[-1].pk, digest=seals[-1].digest)
        try:
            total += _write(index, touched, new, today, tidy)
        except Busy:
            break
    return total


def _freed(since: str, today: date) -> Iterable[int]:
    """Works with a file whose embargo ended since the day of the mark."""
    ended = File.objects.filter(embargo_until__lte=today, work__isnull=False)
    if since:
        ended = ended.filter(embargo_until__gt=since)
    return ended.values_list("work", flat=True)


def _join_held(index: SearchIndex, touched: Touched) -> None:
    """What the index holds under a collection or a person that was touched, works placed since, and the
    collections around the works.
    """
    placed = Placement.objects.filter(collection__in=touched.get("collection", ()))
    subjects.join(touched, "work", placed.values_list("work", flat=True))
    held = {
        "collection": [str(number) for number in touched.get("collection", ())],
        "seen": [f"person:{number}" for number in touched.pop("person", ())],
    }
    for field, values in held.items():
        if values:
            clause: Clause = Both((OneOf(field, tuple(values)),))
            for key, _score in index.find(Request(clause, sort="newest", limit=MOST_HELD)).hits:
                kind, number = named(key)
                subjects.join(touched, kind, [number])
    # Their words on a work are everybody's when it is.
    around = Placement.objects.filter(work__in=touched.get("work", ()))
    subjects.join(touched, "collection", around.values_list("collection", flat=True))


def _write(index: SearchIndex, touched: Touched, mark: Mark, today: date, tidy: bool) -> int:
    total = 0
    words = listed(mark.words)
    with index.writer(mark, tidy=tidy) as writer:
        for kind, numbers in touched.items():
            for batch in batches(sorted(numbers)):
                found = [entry.prepared(words) for entry in entries(kind, batch, today)]
                writer.put(found)
                gone = {key_of(kind, number) for number in batch} - {one.key for one in found}
                writer.remove(sorted(gone))
                total += len(batch)
    return total


def rebuild(progress: Progress = lambda done, whole: None) -> int | None:
    """Index everything into a new index, then let it serve; returns the number of entries.

    The old one answers and follows meanwhile. None where this machine rebuilds already.
    """
    with locked("rebuilding") as alone:
        return _rebuild(progress) if alone else None


def _rebuild(progress: Progress) -> int:
    seal_events()
    last = AuditSeal.objects.order_by("pk").last()
    today = timezone.localdate()
    sources = {"work": Work, "expert": Expert, "collection": Gathered}
    whole = sum(model._default_manager.count() for model in sources.values())
    words = _learned(today)
    mark = Mark(
        last.pk if last else 0, last.digest if last else "", today.isoformat(), SHAPE,
        words=" ".join(words), built=whole,
    )  # fmt: skip
    made, done = place().begin(), 0
    with made.writer(mark, fresh=True) as writer:
        for kind, model in sources.items():
            numbers = model._default_manager.order_by("pk").values_list("pk", flat=True)
            for batch in batches(numbers.iterator()):
                writer.put(entry.prepared(words) for entry in entries(kind, batch, today))
                done += len(batch)
                progress(done, whole)
    place().switch(made)
    return made.entries()


def _learned(today: date) -> list[str]:
    """The frequent words of works, from a sample of all of them."""
    works = Work.objects.order_by("pk").values_list("pk", flat=True)
    step = works.count() // SAMPLE
    if not step:
        return []
    sample = islice(works.iterator(), 0, None, step)
    found = (entry for batch in batches(sample) for entry in entries("work", batch, today))
    return learn([normal(" ".join(entry.everything)[:READ]) for entry in found])


def batches(numbers: Iterable[int]) -> Iterator[list[int]]:
    left = iter(numbers)
    while batch := list(islice(left, BATCH)):
        yield batch


def state() -> dict[str, object]:
    """What there is to tell of the index: engine, entries, seals that it is behind."""
    from .places import engine_name, folder

    told: dict[str, object] = {"engine": engine_name(), "folder": str(folder())}
    try:
        serves = serving()
    except Broken as error:
        return told | {"built": False, "fault": str(error)}
    if serves is None:
        return told | {"built": False}
    mark, entries = serves.mark, serves.index.entries()
    behind = AuditEvent.objects.filter(Q(seal=None) | Q(seal__gt=mark.seal)).count()
    return told | {"built": not serves.is_former, "entries": entries, "behind": behind,
                   "day": mark.day, "frequent_words": len(listed(mark.words))}  # fmt: skip
