"""Named reads of the directory: for whom a person acts, and what they may see."""

from __future__ import annotations

from django.db.models import Q
from django.utils import timezone

from .models import Account, Organisation, OrganisationQuerySet, Tenure, TenureQuerySet, path_range


def acting_tenures(account: Account) -> TenureQuerySet:
    """The tenures by which `account` may write today."""
    if not account.is_active or account.person_id is None:
        return Tenure.objects.none()
    today = timezone.localdate()
    return (
        Tenure.objects.filter(person_id=account.person_id)
        .acting()
        .at(today)
        .select_related("organisation")
    )


def acting_organisations(account: Account) -> OrganisationQuerySet:
    """The organisations for which `account` acts by a tenure of its own (without those below)."""
    if account.is_active and account.is_superuser:
        return Organisation.objects.filter(parent=None)
    return Organisation.objects.filter(id__in=acting_tenures(account).values("organisation_id"))


def reachable_organisations(account: Account) -> OrganisationQuerySet:
    """All organisations that `account` acts for, with what lies below them."""
    reach = Q(pk__in=[])
    for path in acting_organisations(account).values_list("path", flat=True):
        low, high = path_range(path)
        reach |= Q(path__gte=low, path__lt=high)
    return Organisation.objects.filter(reach)


def may_act_for(account: Account, organisation: Organisation) -> bool:
    """Whether `account` may write for `organisation` today."""
    paths = acting_organisations(account).values_list("path", flat=True)
    return any(organisation.path.startswith(path) for path in paths)
