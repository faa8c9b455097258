"""What plans hold of a person: duties, what they declared done, texts that name them."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sheke.directory.holdings import Holding, Mention, Rows, register
from sheke.directory.models import Person

from .models import Completion, Duty, DutyReport, Item


def _duties(person: Person) -> Rows:
    mine = Duty.objects.filter(person=person).select_related("item__plan", "organisation")
    return [
        {"plan": d.item.plan.title, "item": str(d.item), "organisation": d.organisation.name,
         "role": d.role, "due": d.due}
        for d in mine
    ]  # fmt: skip


def _reports(person: Person) -> Rows:
    made = DutyReport.objects.filter(by__person=person).select_related("duty__item")
    return [
        {"item": str(r.duty.item), "state": r.get_state_display(), "note": r.note, "at": r.at}
        for r in made
    ]


def _completions(person: Person) -> Rows:
    made = Completion.objects.filter(by__person=person).select_related("item")
    return [{"item": str(c.item), "note": c.note, "at": c.at} for c in made]


def _mentions(person: Person) -> Iterator[Mention]:
    name = person.name
    said = Q(title__contains=name) | Q(text__contains=name) | Q(completion__note__contains=name)
    for item in Item.objects.filter(said).select_related("plan"):
        yield Mention(str(item)[:120], _("plan item"), reverse("plans:item", args=[item.pk]))


KEPT = gettext_lazy("The plan's history; it shows the number instead of the name.")
register(
    Holding(
        "plans.duties", gettext_lazy("Duties"), _duties, kept=KEPT, mention=_mentions,
    ),
    Holding("plans.reports", gettext_lazy("Reports on duties"), _reports, kept=KEPT),
    Holding("plans.completions", gettext_lazy("Items declared done"), _completions, kept=KEPT),
)  # fmt: skip
