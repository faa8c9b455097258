"""Named reads of the library. Nobody in particular (an anonymous reader) sees what is public."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from sheke.directory.models import Organisation
from sheke.directory.queries import reachable_organisations
from sheke.ledger.confirming.queries import office_organisations

from .models import Expert, File, Work
from .models.collections import Collection, CollectionQuerySet
from .models.experts import ExpertQuerySet
from .models.files import FileQuerySet
from .models.works import WorkQuerySet


def kept_organisations(account: Any) -> QuerySet[Organisation]:
    """Those whose works the account adds and describes, also before they are public."""
    if not account.is_authenticated:
        return Organisation.objects.none()
    return reachable_organisations(account)


def works_kept_by(account: Any) -> WorkQuerySet:
    """The works that the account may describe, public or not."""
    return Work.objects.filter(organisation__in=kept_organisations(account).order_by().values("pk"))


def works_seen_by(account: Any) -> WorkQuerySet:
    """What is public, and what the account keeps."""
    public = Q(published_at__isnull=False, withdrawn_at=None)
    if not account.is_authenticated:
        return Work.objects.filter(public)
    kept = kept_organisations(account).order_by().values("pk")
    return Work.objects.filter(public | Q(organisation__in=kept))


def files_read_by(account: Any) -> FileQuerySet:
    """Files that are open to everybody, and those of works that the account keeps."""
    today = timezone.localdate()
    free = Q(
        Q(embargo_until=None) | Q(embargo_until__lte=today), access=File.Access.PUBLIC,
        work__published_at__isnull=False, work__withdrawn_at=None,
    )  # fmt: skip
    if not account.is_authenticated:
        return File.objects.filter(free)
    kept = kept_organisations(account).order_by().values("pk")
    return File.objects.filter(free | Q(work__organisation__in=kept))


def experts_seen_by(account: Any) -> ExpertQuerySet:
    """Public profiles, one's own, and those that the account's office keeps."""
    public = Q(published_at__isnull=False, agreed_at__isnull=False)
    if not account.is_authenticated:
        return Expert.objects.standing().filter(public)
    seen = public | Q(organisation__in=office_organisations(account).order_by().values("pk"))
    if account.person_id is not None:
        seen |= Q(person=account.person_id)
    return Expert.objects.standing().filter(seen)


def experts_written_by(account: Any) -> QuerySet[Any, Any]:
    """Numbers of the profiles that the account reads whole: its office's, and its own."""
    if not account.is_authenticated:
        return Expert.objects.none().values("pk")
    kept = Q(organisation__in=office_organisations(account).order_by().values("pk"))
    own = Q(person=account.person_id, person__isnull=False)
    return Expert.objects.filter(kept | own).values("pk")


def experts_kept_by(account: Any) -> ExpertQuerySet:
    """Profiles that the account's office keeps, without those merged into others."""
    if not account.is_authenticated:
        return Expert.objects.none()
    kept = office_organisations(account).order_by().values("pk")
    return Expert.objects.standing().filter(organisation__in=kept)


def collections_seen_by(account: Any) -> CollectionQuerySet:
    """Public collections, and those that the account's office keeps."""
    public = Q(published_at__isnull=False)
    if not account.is_authenticated:
        return Collection.objects.filter(public)
    kept = office_organisations(account).order_by().values("pk")
    return Collection.objects.filter(public | Q(organisation__in=kept))
