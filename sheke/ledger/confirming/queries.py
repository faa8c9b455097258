"""Named reads: what waits for confirmation, what was confirmed, what came back with a question."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from sheke.directory.models import Account, Organisation, OrganisationQuerySet, Tenure, path_range
from sheke.directory.queries import paths_by_role, reachable_organisations, roots

from ..models import Confirmation, Query, Record, RecordQuerySet

OFFICERS = (Tenure.Role.STAFF, Tenure.Role.LEADER, Tenure.Role.ADMINISTRATOR)
MOST = 1000  # counted at most; more is printed as 999+


def needing(organisations: QuerySet[Organisation] | None = None) -> QuerySet[Organisation]:
    """Organisations whose records need confirmation: below a root, of the kinds that the
    installation names (SHEKE_CONFIRM_KINDS).
    """
    found = Organisation.objects.all() if organisations is None else organisations
    return found.filter(kind__in=settings.CONFIRM_KINDS, parent__isnull=False)


def needs(organisation: Organisation) -> bool:
    """Whether it is one of `needing`."""
    return organisation.kind in settings.CONFIRM_KINDS and organisation.parent_id is not None


def officer_paths(account: Account) -> list[str]:
    """Paths of the organisations for whose office the account works."""
    if account.is_active and account.is_superuser:
        return [root.path for root in roots()]
    return paths_by_role(account, *OFFICERS)


def office_organisations(account: Account) -> OrganisationQuerySet:
    """The organisations for whose office the account works, with all below them."""
    reach = Q(pk__in=[])
    for path in officer_paths(account):
        low, high = path_range(path)
        reach |= Q(path__gte=low, path__lt=high)
    return Organisation.objects.filter(reach)


def works_for_office_of(account: Account, organisation: Organisation | None) -> bool:
    """Works for the organisation's office or for one above it."""
    if organisation is None:
        return False
    return organisation.path.startswith(tuple(officer_paths(account)))


def confirmable_organisations(account: Account) -> OrganisationQuerySet:
    """Those properly below an office of the account, as far as their records need confirmation."""
    reach = Q(pk__in=[])
    for path in officer_paths(account):
        low, high = path_range(path)
        reach |= Q(path__gt=low, path__lt=high)
    return needing(Organisation.objects.filter(reach))  # type: ignore[return-value]


def waiting(records: RecordQuerySet | None = None) -> RecordQuerySet:
    """Of `records` those that stand, not confirmed at this revision and without open question.

    The partial index `record_waiting` holds just these.
    """
    found = Record.objects.all() if records is None else records
    return found.filter(settled=None, organisation__in=needing().order_by().values("pk"))


def waiting_for(account: Account) -> RecordQuerySet:
    """What waits for the account's confirmation, the latest first.

    The organisations are named one by one: with a subselect SQLite sorts all that waits instead of
    reading the beginning of the index `record_waiting`.
    """
    mine = list(confirmable_organisations(account).order_by().values_list("pk", flat=True))
    return Record.objects.filter(settled=None, organisation__in=mine)


def open_queries() -> QuerySet[Query]:
    """Questions that nobody answered or took back."""
    return Query.objects.filter(reply=None)


def queries_to_answer(account: Account) -> QuerySet[Query]:
    """Open questions about records of the organisations that the account acts for."""
    mine = reachable_organisations(account).order_by().values("pk")
    found = open_queries().filter(record__organisation__in=mine)
    return found.select_related("record__organisation", "by__person")


def questioned(records: RecordQuerySet) -> RecordQuerySet:
    """Those with an open question."""
    return records.filter(pk__in=open_queries().order_by().values("record_id"))


def confirmed(records: RecordQuerySet) -> RecordQuerySet:
    """Those confirmed as they stand now."""
    held = Confirmation.objects.filter(
        record=OuterRef("pk"), revision=OuterRef("revision"), withdrawn_at=None
    )
    return records.filter(Exists(held))


def confirmation_of(record: Record) -> Confirmation | None:
    """The confirmation of the record as it stands now."""
    held = record.confirmations.filter(revision=F("record__revision"), withdrawn_at=None)
    return held.select_related("by__person").first()
