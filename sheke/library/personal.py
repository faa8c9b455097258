"""What the library holds of a person: their profile, the works that name them, what they did here."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy, pgettext

from sheke.directory.holdings import Holding, Mention, Rows, register
from sheke.directory.models import Person

from .models import Check, Contribution, Expert, Merge, PageVersion, SavedSearch, Work
from .models.experts import ExpertQuerySet

BLANK: dict[str, Any] = {
    "employer": "", "post": "", "biography": "", "orcid": "", "email": "", "photo": None,
    "disciplines": [], "shown": [], "agreed_at": None, "agreement_note": "", "published_at": None,
    "person": None,
}  # fmt: skip


def _profiles(person: Person) -> ExpertQuerySet:
    """Theirs, and those that were merged into it: each holds what was written there."""
    return Expert.objects.filter(person=person).with_merged()


def _profile(person: Person) -> Rows:
    return [
        {
            "name": e.name, "kind": e.kind, "employer": e.employer, "post": e.post,
            "disciplines": e.disciplines, "biography": e.biography, "orcid": e.orcid,
            "email": e.email, "variants": [v.name for v in e.variants.all()],
            "careers": [[c.since, c.until, c.employer, c.post] for c in e.careers.all()],
            "shown": e.shown, "agreed_at": e.agreed_at, "published_at": e.published_at,
        }
        for e in _profiles(person).prefetch_related("variants", "careers")
    ]  # fmt: skip


def _erase_profile(person: Person) -> int:
    """The profile goes but for the name that stands on the works; nothing of it is shown any more."""
    mine = list(_profiles(person))
    Work.objects.filter(contributions__expert__in=mine).touch()
    for merge in Merge.objects.filter(dropped__in=mine):
        merge.moved = {"contributions": merge.moved["contributions"], "variants": []}
        merge.save(update_fields=["moved"])
    for expert in mine:
        expert.variants.all().delete()
        expert.careers.all().delete()
        name = expert.name if expert.contributions.exists() else expert.audit_name
        Expert.objects.filter(pk=expert.pk).update(name=name, **BLANK)
    return len(mine)


def _works(person: Person) -> Rows:
    mine = Contribution.objects.filter(expert__person=person).select_related("work")
    return [
        {"title": c.work.title, "name": c.name, "role": c.role, "organisation": c.organisation_name}
        for c in mine
    ]


def _acts(person: Person) -> Rows:
    added = Work.objects.filter(created_by__person=person).values("title", "created_at")
    checked = Check.objects.filter(started_by__person=person).values("title", "started_at")
    corrected = PageVersion.objects.filter(replaced_by__person=person).select_related("page__file")
    return [
        *({"title": w["title"], "act": pgettext("mention", "added"), "at": w["created_at"]} for w in added),
        *({"title": c["title"], "act": pgettext("mention", "checked"), "at": c["started_at"]} for c in checked),
        *(
            {"title": str(v.page), "act": pgettext("mention", "corrected"), "at": v.replaced_at}
            for v in corrected
        ),
    ]  # fmt: skip


def _mentions(person: Person) -> Iterator[Mention]:
    """What is said of works and people; the texts of files are works themselves."""
    said = Q(abstract__contains=person.name) | Q(note__contains=person.name)
    for work in Work.objects.filter(said):
        yield Mention(
            work.title,
            pgettext("mention", "description"),
            reverse("library:work_edit", args=[work.pk]),
        )
    # SQLite keeps JSON with \\u escapes, PostgreSQL without: the name is looked for in both forms.
    written = Q(authors__icontains=person.name) | Q(
        authors__icontains=json.dumps(person.name)[1:-1]
    )
    for check in Check.objects.filter(written):
        yield Mention(
            check.title,
            pgettext("mention", "checked text"),
            reverse("library:check", args=[check.pk]),
        )
    for expert in Expert.objects.filter(biography__contains=person.name).exclude(person=person):
        yield Mention(
            expert.name,
            pgettext("mention", "biography"),
            reverse("library:expert", args=[expert.pk]),
        )


def _searches(person: Person) -> Rows:
    return [
        {
            "name": s.name,
            "query": s.query,
            "filters": s.filters,
            "alerts": s.alerts,
            "at": s.made_at,
        }
        for s in SavedSearch.objects.filter(account__person=person)
    ]


def _erase_searches(person: Person) -> int:
    return SavedSearch.objects.filter(account__person=person).delete()[0]


register(
    Holding(
        "library.profile", gettext_lazy("Their profile in the library"), _profile, erase=_erase_profile,
        kept=gettext_lazy("The name, as it is printed on works."), mention=_mentions,
    ),
    Holding(
        "library.works", gettext_lazy("Works that name them as an author"), _works,
        kept=gettext_lazy("Who wrote a work is part of the work."),
    ),
    Holding(
        "library.acts", gettext_lazy("Works that they added, pages that they corrected"), _acts,
        kept=gettext_lazy("The organisation's data; they show the number instead of the name."),
    ),
    Holding(
        "library.searches", gettext_lazy("Searches that they keep"), _searches, erase=_erase_searches
    ),
)  # fmt: skip
