"""Verbs of collections: make, describe, place works, order them, publish, hide."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import BinaryIO

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core import audit
from sheke.core.errors import BadInput
from sheke.directory.models import Account, Organisation
from sheke.ledger.evidence.actions import store_file

from ..models import Collection, Placement, Work

MOST = 2000  # works in one hand-picked collection


@transaction.atomic
def create_collection(
    *, organisation: Organisation, slug: str, title: str, by: Account | None,
    introduction: str = "", query: str = "",
) -> Collection:  # fmt: skip
    """Make a collection that only the office sees. With a query it holds what the query finds."""
    if Collection.objects.filter(slug=slug).exists():
        raise BadInput(_("Another collection has the short name “%(slug)s”.") % {"slug": slug})
    made = Collection.objects.create(
        organisation=organisation, slug=slug, title=title.strip(), query=query.strip(),
        introduction=introduction.strip(), created_by=by,
    )  # fmt: skip
    audit.record("collection.create", made, by=by)
    return made


@transaction.atomic
def describe_collection(
    *, collection: Collection, title: str, introduction: str, query: str, by: Account | None,
    cover: BinaryIO | None = None, cover_name: str = "",
) -> Collection:  # fmt: skip
    """Say anew what it is. Raises BadInput when the cover is no picture."""
    collection = Collection.objects.select_for_update().get(pk=collection.pk)
    collection.title, collection.introduction = title.strip(), introduction.strip()
    collection.query = query.strip()
    if cover is not None:
        stored = store_file(file=cover, name=cover_name)
        if not stored.content_type.startswith("image/"):
            raise BadInput(_("“%(name)s” is no picture.") % {"name": cover_name})
        collection.cover = stored
    collection.save()
    audit.record("collection.describe", collection, by=by)
    return collection


@transaction.atomic
def place_works(*, collection: Collection, works: Iterable[Work], by: Account | None) -> int:
    """Put works at the end of a hand-picked collection. Gives how many were not there yet."""
    if collection.query:
        raise BadInput(_("The collection holds what its query finds; nothing is placed by hand."))
    held = set(collection.placements.values_list("work", flat=True))
    added = [work for work in works if work.pk not in held]
    if len(held) + len(added) > MOST:
        raise BadInput(_("A collection holds at most %(n)s works.") % {"n": MOST})
    last = collection.placements.aggregate(last=Max("position"))["last"] or 0
    Placement.objects.bulk_create(
        Placement(collection=collection, work=work, position=place)
        for place, work in enumerate(added, last + 1)
    )
    if added:
        Work.objects.filter(pk__in=[work.pk for work in added]).touch()
        audit.record("collection.place", collection, by=by, works=[work.pk for work in added])
    return len(added)


@transaction.atomic
def order_works(*, collection: Collection, numbers: Sequence[int], by: Account | None) -> None:
    """Put the placements into the order of `numbers` (of works); those not named come after."""
    places = {placement.work_id: placement for placement in collection.placements.all()}
    wanted = [places[number] for number in dict.fromkeys(numbers) if number in places]
    rest = [placement for placement in places.values() if placement not in wanted]
    for position, placement in enumerate((*wanted, *rest), 1):
        placement.position = position
    Placement.objects.bulk_update(places.values(), ["position"], batch_size=200)
    audit.record("collection.order", collection, by=by)


@transaction.atomic
def describe_placement(
    *, placement: Placement, note: str, longitude: float | None, latitude: float | None,
    by: Account | None,
) -> Placement:  # fmt: skip
    """Give a work its caption and, for the map, its place in degrees (WGS 84)."""
    if (longitude is None) != (latitude is None):
        raise BadInput(_("A place needs both longitude and latitude."))
    if (
        longitude is not None
        and latitude is not None
        and not (abs(longitude) <= 180 and abs(latitude) <= 90)
    ):
        raise BadInput(_("Longitude lies between −180 and 180, latitude between −90 and 90."))
    placement.note, placement.longitude, placement.latitude = (
        note.strip()[:300],
        longitude,
        latitude,
    )
    placement.save()
    audit.record("collection.caption", placement.collection, by=by, work=placement.work_id)
    return placement


@transaction.atomic
def remove_work(*, placement: Placement, by: Account | None) -> None:
    """Take a work out of a collection; the work itself stays."""
    audit.record("collection.remove", placement.collection, by=by, work=placement.work_id)
    placement.delete()
    Work.objects.filter(pk=placement.work_id).touch()


@transaction.atomic
def publish_collection(*, collection: Collection, by: Account | None) -> Collection:
    """Show the collection to everybody, with those of its works that are public."""
    from ..links import link_of

    collection = Collection.objects.select_for_update().get(pk=collection.pk)
    collection.published_at, collection.published_by = timezone.now(), by
    collection.save()
    link_of(collection)
    Work.objects.filter(placements__collection=collection).touch()
    audit.record("collection.publish", collection, by=by)
    return collection


@transaction.atomic
def hide_collection(*, collection: Collection, by: Account | None) -> Collection:
    """Show it no longer."""
    collection = Collection.objects.select_for_update().get(pk=collection.pk)
    collection.published_at, collection.published_by = None, None
    collection.save()
    Work.objects.filter(placements__collection=collection).touch()
    audit.record("collection.hide", collection, by=by)
    return collection
