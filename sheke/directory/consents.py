"""To whom people agreed to show what, and so what a reader may see of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.utils import timezone

from .models import Account, Consent, Person, Tenure
from .queries import acting_paths

Field, Audience = Consent.Field, Consent.Audience
# What holds until the person says otherwise: contacts for those who need them, the rest for colleagues.
DEFAULTS: dict[str, str] = {
    Field.PHONE: Audience.NOBODY, Field.EMAIL: Audience.NOBODY,
    Field.TITLE: Audience.FEDERATION, Field.POSTS: Audience.FEDERATION,
}  # fmt: skip


def audiences(people: Iterable[int]) -> Mapping[int, dict[str, str]]:
    """By person and field the audience that holds now. One query."""
    found: dict[int, dict[str, str]] = defaultdict(lambda: dict(DEFAULTS))
    given = Consent.objects.filter(person__in=list(people)).order_by("id")
    for person, field, audience in given.values_list("person_id", "field", "audience"):
        found[person][field] = audience
    return found


def public_fields(person: Person) -> frozenset[str]:
    """What anyone may see of the person; pages without a sign-in show no more than this."""
    held = audiences([person.pk])[person.pk]
    return frozenset(field for field, audience in held.items() if audience == Audience.PUBLIC)


def mark_shown(people: Iterable[Person], account: Account) -> None:
    """Set `shown` on each person: the fields that the account may see in full.

    All of them for oneself and for those who act for an organisation that the person belongs to
    (`rules.sees_contacts`, for many people at once), else what the person agreed to. Three queries, one more where somebody belongs nowhere.
    """
    listed = list(people)
    held = audiences(person.pk for person in listed)
    needed = _needed(listed, account)
    every = frozenset(Field.values)
    for person in listed:
        agreed = (f for f, audience in held[person.pk].items() if audience != Audience.NOBODY)
        person.shown = every if person.pk in needed else frozenset(agreed)  # type: ignore[attr-defined]


def _needed(people: list[Person], account: Account) -> set[int]:
    """Those whose contacts the account needs for its work; of people who belong nowhere, all for an
    administrator of a root.
    """
    mine = tuple(acting_paths(account))
    today = timezone.localdate()
    held = Tenure.objects.filter(person__in=[person.pk for person in people])
    current = list(
        held.exclude(until__lt=today).values_list(
            "person_id", "organisation__path", "shows_contacts"
        )
    )
    needed = {person for person, path, shows in current if shows and path.startswith(mine)} | {
        account.person_id or 0
    }
    nowhere = {person.pk for person in people} - {person for person, *_rest in current}
    if nowhere and account.has_perm("directory.administer", None):
        needed |= nowhere
    return needed
