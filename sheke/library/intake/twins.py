"""With which files a new one is compared."""

from __future__ import annotations

from django.db.models import Q

from ..models import Batch, File, Item
from ..models.files import FileQuerySet


def files_known_to(batch: Batch) -> FileQuerySet:
    """Files of works that the batch's organisation keeps, and of public ones; no others are told of."""
    public = Q(work__published_at__isnull=False, work__withdrawn_at=None)
    return File.objects.filter(
        Q(work__organisation=batch.organisation_id) | public, work__isnull=False
    )


def same_file(item: Item) -> File | None:
    """The first of them that is the item's file, byte for byte."""
    return files_known_to(item.batch).filter(stored=item.stored_id).order_by("pk").first()
