"""What reports hold of a person: those that they made, and texts that name them."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy, pgettext

from sheke.directory.holdings import Holding, Mention, Rows, register
from sheke.directory.models import Person

from .models import Figure, Report, Template


def _reports(person: Person) -> Rows:
    made = Report.objects.filter(created_by__person=person).select_related("organisation")
    return [
        {"title": r.title, "organisation": r.organisation.name, "at": r.created_at} for r in made
    ]


def _mentions(person: Person) -> Iterator[Mention]:
    """Templates and reports. What a frozen report said stays sealed; it is named here all the same."""
    name = person.name
    for template in Template.objects.filter(Q(text__contains=name) | Q(title__contains=name)):
        url = reverse("reports:template", args=[template.pk])
        yield Mention(template.title, pgettext("mention", "text of the template"), url)
    worded = Figure.objects.filter(Q(wording__contains=name) | Q(printed__contains=name))
    said = Q(title__contains=name) | Q(template__text__contains=name)
    said |= Q(pk__in=worded.values("report_id"))
    for report in Report.objects.filter(said):
        yield Mention(
            report.title, pgettext("mention", "report"), reverse("reports:report", args=[report.pk])
        )


register(
    Holding(
        "reports.reports", gettext_lazy("Reports that they filled"), _reports, mention=_mentions,
        kept=gettext_lazy("The organisation's reports and their seals stay."),
    ),
)  # fmt: skip
