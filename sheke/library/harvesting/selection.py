"""Which works are harvested, in which order, and the sets they belong to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db.models import Q
from django.utils.translation import override

from sheke.directory.models import Organisation

from ..index import search
from ..links import is_whole
from ..models import Collection, Work
from ..models.works import WorkQuerySet
from .protocol import OaiError, Period
from .tokens import Token

PAGE = 100
KIND, COLLECTION = "kind:", "collection:"
MOST, ASKED = 20_000, 1000  # works of a saved query, and how many are asked for at a time
KEPT = 60  # seconds


@dataclass(frozen=True)
class Set:
    spec: str
    name: str
    about: str = ""


def records() -> WorkQuerySet:
    """Works that are public, and those that were: they stay in every list as deleted.

    What never was public has no lasting link, or never came to be shown by it.
    """
    return Work.objects.filter(published_at__isnull=False, link__isnull=False)


def repository_name() -> str:
    """That of the federation, with what it keeps."""
    root = Organisation.objects.filter(parent=None).order_by("path").first()
    return f"{root.name if root else ''}成果库"


def sets() -> list[Set]:
    """Kinds and public collections. What the specifications of sets mean is in docs/library/harvesting.md."""
    with override("zh-hans"):
        kinds = [Set(f"{KIND}{value}", str(label)) for value, label in Work.Kind.choices]
    found = [Set("kind", "作品类别"), *kinds]
    open_ = Collection.objects.public().order_by("pk")
    if collections := [Set(f"{COLLECTION}{c.slug}", c.title, c.introduction) for c in open_]:
        found += [Set("collection", "专题"), *collections]
    return found


def sets_of(works: Sequence[Work]) -> dict[int, list[str]]:
    """The sets of each work, by its number. Two queries, and what saved queries ask of the index."""
    numbers = {work.pk: [f"{KIND}{work.kind}"] for work in works}
    placed = Collection.objects.public().filter(query="", placements__work__in=list(numbers))
    for slug, work in placed.order_by("pk").values_list("slug", "placements__work"):
        if work in numbers:
            numbers[work].append(f"{COLLECTION}{slug}")
    gone = {work.pk for work in works if work.withdrawn_at is not None}
    for collection in Collection.objects.public().exclude(query="").order_by("pk"):
        for work in numbers.keys() & (found_by(collection) | gone):
            numbers[work].append(f"{COLLECTION}{collection.slug}")
    return numbers


def found_by(collection: Collection) -> set[int]:
    """The works that a collection's query finds for everybody; remembered for a minute.

    A work that its query finds no longer leaves the set without a word: the standard has none for it. One
    that was taken back is in every such set as deleted: it may have been harvested there.
    """
    key = f"harvesting-{collection.pk}-{hash(collection.query)}"
    held: set[int] | None = cache.get(key)
    if held is None:
        held = _ask_index(collection.query)
        if held is None:  # there is no index at the moment
            return set()
        cache.set(key, held, KEPT)
    return held


def _ask_index(query: str) -> set[int] | None:
    numbers: set[int] = set()
    for page in range(1, MOST // ASKED + 1):
        found = search(
            query, account=AnonymousUser(), filters={"type": ["work"]}, page=page, per_page=ASKED,
            snippets=False, fresh=page == 1,
        )  # fmt: skip
        if not found.ready:
            return None
        numbers |= {hit.row.pk for hit in found.hits}
        if page * ASKED >= found.total:
            break
    return numbers


def chosen(set_: str, period: Period) -> WorkQuerySet:
    """The records of a set and period. Raises OaiError for a set that there is not."""
    found = _of_set(records(), set_)
    if period.since:
        found = found.filter(changed_at__gte=period.since)
    if period.before:
        found = found.filter(changed_at__lt=period.before)
    return found


def _of_set(found: WorkQuerySet, set_: str) -> WorkQuerySet:
    if not set_ or set_ == "kind":
        return found
    public = Collection.objects.public()
    if set_ == "collection":
        held = Q(placements__collection__in=public)
        for each in public.exclude(query=""):
            held |= _in_query(each)
        return found.filter(held).distinct()
    kind = set_.removeprefix(KIND)
    if set_.startswith(KIND) and kind in Work.Kind.values:
        return found.filter(kind=kind)
    slug = set_.removeprefix(COLLECTION)
    collection = public.filter(slug=slug).first() if set_.startswith(COLLECTION) else None
    if collection is None:
        raise OaiError("badArgument", f"There is no set “{set_}”.")
    if collection.query:
        return found.filter(_in_query(collection))
    return found.filter(placements__collection=collection)


def _in_query(collection: Collection) -> Q:
    return Q(pk__in=found_by(collection)) | Q(withdrawn_at__isnull=False)


def page(found: WorkQuerySet, token: Token | None) -> list[Work]:
    """The next records, one more than a page where there are more behind it."""
    if token is not None:
        behind = Q(changed_at__gt=token.at) | Q(changed_at=token.at, pk__gt=token.number)
        found = found.filter(changed_at__gte=token.at).filter(behind)
    return list(found.order_by("changed_at", "pk").select_related("link")[: PAGE + 1])


def earliest() -> datetime | None:
    """The datestamp before which nothing changed."""
    # The first of the index; a minimum over a join would read them all.
    return records().order_by("changed_at").values_list("changed_at", flat=True).first()


def identifier(host: str, work: Work) -> str:
    return f"oai:{host}:{work.link.name}"


def work_named(host: str, said: str) -> Work:
    """Of an OAI identifier. Raises OaiError where nothing has it, or is no longer known to have had it."""
    found = re.fullmatch(rf"oai:{re.escape(host)}:([0-9a-z]{{3,32}})", said)
    if found and is_whole(found[1]):
        work = records().select_related("link").filter(link__name=found[1]).first()
        if work is not None:
            return work
    raise OaiError("idDoesNotExist", f"There is no “{said}” here.")
