"""Named reads of the directory: for whom a person acts, and what they may see."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core.databases import asked_once
from sheke.core.errors import BadInput

from .models import (
    STEP,
    Account,
    Organisation,
    OrganisationChange,
    OrganisationQuerySet,
    Person,
    Tenure,
    TenureQuerySet,
    path_range,
)


def acting_tenures(account: Account) -> TenureQuerySet:
    """The tenures by which `account` may write today."""
    if not account.is_active or account.person_id is None:
        return Tenure.objects.none()
    held = Tenure.objects.filter(person_id=account.person_id)
    if account.only_tenure is not None:
        held = held.filter(pk=account.only_tenure)
    return held.acting().at(timezone.localdate()).select_related("organisation")


def held_tenures(account: Account) -> list[Tenure]:
    """As `acting_tenures`, by the organisations' paths. One query, for a whole request that reads."""
    if not account.is_active or account.person_id is None:
        return []
    key = ("tenures", account.pk, account.person_id, account.only_tenure)
    return asked_once(key, lambda: _held_tenures(account))


def _held_tenures(account: Account) -> list[Tenure]:
    found = acting_tenures(account).select_related("organisation", "person")
    held = list(found.order_by("organisation__path", "pk"))
    if held and not Account._meta.get_field("person").is_cached(account):
        account.person = held[0].person  # every page greets its reader by name
    return held


def roots() -> list[Organisation]:
    """The organisations that stand below no other. One query, for a whole request that reads."""
    return asked_once("roots", lambda: list(Organisation.objects.filter(parent=None)))


def held_organisations(account: Account) -> list[Organisation]:
    """As `acting_organisations`, by path. Each knows as `administered` whether the account is an
    administrator of the organisation itself.
    """
    if account.is_active and account.is_superuser:
        return sorted(roots(), key=lambda root: root.path)
    found: dict[int, Organisation] = {}
    for tenure in held_tenures(account):
        organisation = found.setdefault(tenure.organisation_id, tenure.organisation)
        if tenure.role == Tenure.Role.ADMINISTRATOR:
            organisation.administered = True
    return list(found.values())


def acting_organisations(account: Account) -> OrganisationQuerySet:
    """The organisations for which `account` acts by a tenure of its own (without those below)."""
    return Organisation.objects.filter(pk__in=[held.pk for held in held_organisations(account)])


def acting_paths(account: Account) -> list[str]:
    """The paths of `acting_organisations`."""
    return [organisation.path for organisation in held_organisations(account)]


def reachable_organisations(account: Account) -> OrganisationQuerySet:
    """All organisations that `account` acts for, with what lies below them."""
    return _below(acting_paths(account))


def _below(paths: Collection[str]) -> OrganisationQuerySet:
    """The organisations of the paths with all below them."""
    reach = Q(pk__in=[])
    for path in paths:
        low, high = path_range(path)
        reach |= Q(path__gte=low, path__lt=high)
    return Organisation.objects.filter(reach)


def reaches_all(account: Account) -> bool:
    """Whether `account` acts for every root, and so for all organisations."""
    mine = set(acting_paths(account))
    if not any(len(path) == STEP for path in mine):
        return False
    return all(root.path in mine for root in roots())


def may_act_for(account: Account, organisation: Organisation) -> bool:
    """Whether `account` may write for `organisation` today."""
    return organisation.path.startswith(tuple(acting_paths(account)))


def accounts_acting_for(
    organisation: Organisation, *, roles: Collection[str] = Tenure.ACTING
) -> QuerySet[Account]:
    """Active accounts with an acting tenure in the organisation itself today: whom to tell."""
    tenures = Tenure.objects.acting().at(timezone.localdate())
    there = tenures.filter(organisation=organisation, role__in=roles)
    return Account.objects.filter(is_active=True, person__in=there.values("person_id"))


def administered_paths(account: Account) -> list[str]:
    """Paths of the organisations that `account` administers by a tenure; every root for a superuser."""
    if account.is_active and account.is_superuser:
        return [root.path for root in roots()]
    return paths_by_role(account, Tenure.Role.ADMINISTRATOR)


def paths_by_role(account: Account, *roles: str) -> list[str]:
    """Paths of the organisations for which the account acts by one of these roles."""
    return [t.organisation.path for t in held_tenures(account) if t.role in roles]


def administered_organisations(account: Account) -> OrganisationQuerySet:
    """All organisations that `account` administers, with what lies below them."""
    return _below(administered_paths(account))


def current_paths(person: Person, *, contacts: bool = False) -> list[str]:
    """Paths of the organisations that the person belongs to today, or will. `contacts`: of those only
    that may know how to reach them.

    A tenure that begins tomorrow is not nothing: whoever sets the password today has it tomorrow.
    """
    today = timezone.localdate()
    tenures = Tenure.objects.filter(person=person).filter(Q(until=None) | Q(until__gte=today))
    if contacts:
        tenures = tenures.filter(shows_contacts=True)
    return list(tenures.values_list("organisation__path", flat=True))


def find_organisations(text: str) -> OrganisationQuerySet:
    """Those whose name, short name, code or a former name has every word of `text`."""
    found = Organisation.objects.all()
    for word in text.split():
        former = OrganisationChange.objects.filter(
            Q(name__icontains=word) | Q(short_name__icontains=word)
        )
        found = found.filter(
            Q(name__icontains=word) | Q(short_name__icontains=word) | Q(code__icontains=word)
            | Q(pk__in=former.values("organisation_id"))
        )  # fmt: skip
    return found


def find_people(text: str) -> QuerySet[Person]:
    """Those whose name or code has every word of `text`, or who are of an organisation called so.

    Who was erased is not found.
    """
    found = Person.objects.filter(erasure=None)
    for word in text.split():
        there = Tenure.objects.filter(
            Q(organisation__name__icontains=word) | Q(organisation__short_name__icontains=word)
        )
        found = found.filter(
            Q(name__icontains=word) | Q(code__icontains=word)
            | Q(pk__in=there.values("person_id"))
        )  # fmt: skip
    return found


def people_within(organisation: Organisation) -> QuerySet[Person]:
    """Those with a tenure in the organisation or below it, past ones too."""
    low, high = path_range(organisation.path)
    there = Tenure.objects.filter(organisation__path__gte=low, organisation__path__lt=high)
    return Person.objects.filter(pk__in=there.values("person_id"))


def with_current_tenures(people: QuerySet[Person]) -> QuerySet[Person]:
    """With today's tenures as `current_tenures` and the account, in two queries more."""
    current = Tenure.objects.at(timezone.localdate()).select_related("organisation")
    return people.select_related("account").prefetch_related(
        Prefetch("tenures", queryset=current, to_attr="current_tenures")
    )


def organisation_by_code(code: str) -> Organisation:
    """The organisation of the code. Raises BadInput with close codes."""
    found = Organisation.objects.select_related("parent").filter(code=code).first()
    if found is None:
        close = get_close_matches(code, Organisation.objects.values_list("code", flat=True), n=3)
        hint = _(" Did you mean %(codes)s?") % {"codes": ", ".join(close)} if close else ""
        raise BadInput(_("There is no organisation “%(code)s”.") % {"code": code} + hint)
    return found
