"""What is searched of the directory: everyone who is signed in may look up units and people."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sheke.core.search.sources import Document, Row, Source, register, same

from .consents import Audience, Field, audiences
from .models import Account, Organisation, OrganisationChange, Person, Tenure


def _organisations(numbers: Collection[int]) -> Iterable[Document]:
    former = Prefetch("changes", queryset=OrganisationChange.objects.only("name", "organisation"))
    for one in Organisation.objects.filter(pk__in=numbers).prefetch_related(former):
        names = {change.name for change in one.changes.all()} | {one.short_name, one.code}
        yield Document(one.pk, one.name, " ".join(sorted(names)))


def _organisation_row(organisation: Organisation) -> Row:
    url = reverse("directory:organisation", args=[organisation.code])
    return Row(organisation.name, url, str(organisation.get_kind_display()))


def _people(numbers: Collection[int]) -> Iterable[Document]:
    """What a person shows to no colleague is not found either."""
    held = audiences(numbers)
    people = Person.objects.filter(pk__in=numbers, erasure=None)
    for person in people.prefetch_related("tenures__organisation"):
        shown = {field for field, whom in held[person.pk].items() if whom != Audience.NOBODY}
        words = [person.title] if Field.TITLE in shown else []
        for tenure in person.tenures.all():
            words += [tenure.organisation.name, tenure.post if Field.POSTS in shown else ""]
        yield Document(person.pk, person.name, " ".join(words))


def _visible_people(_account: Account) -> QuerySet[Person]:
    current = Tenure.objects.at(timezone.localdate()).select_related("organisation")
    return Person.objects.prefetch_related(Prefetch("tenures", current, to_attr="current_tenures"))


def _person_row(person: Person) -> Row:
    held = "、".join(tenure.organisation.label for tenure in person.current_tenures)  # type: ignore[attr-defined]
    return Row(person.name, reverse("directory:person", args=[person.pk]), held)


def _of_tenures(numbers: Collection[int]) -> Iterable[int]:
    return Tenure.objects.filter(pk__in=numbers).values_list("person_id", flat=True)


def _of_organisations(numbers: Collection[int]) -> Iterable[int]:
    return Tenure.objects.filter(organisation__in=numbers).values_list("person_id", flat=True)


register(
    Source(
        kind="organisation", label=_("Organisations"), icon="network",
        documents=_organisations,
        ids=lambda: Organisation.objects.order_by("-path").values_list("pk", flat=True),
        visible=lambda account: Organisation.objects.all(),
        row=_organisation_row,
        follows={"directory.organisation": same},
    )
)  # fmt: skip
register(
    Source(
        kind="person", label=_("People"), icon="users-round",
        documents=_people,
        ids=lambda: Person.objects.order_by("pk").values_list("pk", flat=True).iterator(),
        visible=_visible_people,
        row=_person_row,
        follows={
            "directory.person": same, "directory.tenure": _of_tenures,
            "directory.organisation": _of_organisations,
        },
    )
)  # fmt: skip
