"""Forms of reports: they validate, nothing else."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sheke.directory.models import Account, Organisation
from sheke.directory.queries import reachable_organisations
from sheke.reports.models import Template
from sheke.reports.periods import Period, parse_period
from sheke.reports.queries import usable_templates

CUSTOM = "custom"
_PARTS = (
    ("", _("%(year)s, whole year")),
    ("-H1", _("%(year)s, first half")),
    ("-H2", _("%(year)s, second half")),
    ("-Q1", _("%(year)s, first quarter")),
    ("-Q2", _("%(year)s, second quarter")),
    ("-Q3", _("%(year)s, third quarter")),
    ("-Q4", _("%(year)s, fourth quarter")),
)


class FillForm(forms.Form):
    """Which template, for which organisation and period."""

    template = forms.ModelChoiceField(
        Template.objects.none(), label=_("Template"), empty_label=None
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Organisation"), empty_label=None
    )
    span = forms.ChoiceField(label=_("Period"))
    first_day = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput({"type": "date"})
    )
    last_day = forms.DateField(
        label=_("To"), required=False, widget=forms.DateInput({"type": "date"})
    )
    title = forms.CharField(
        label=_("Title"),
        required=False,
        max_length=300,
        help_text=_("Left empty, it is the template's title with the year of the period."),
    )

    def __init__(self, *args: Any, account: Account, **options: Any) -> None:
        super().__init__(*args, **options)
        templates = usable_templates(account)
        self._field("template").queryset = templates
        self._field("organisation").queryset = reachable_organisations(account).order_by("path")
        self._field("organisation").label_from_instance = _indented
        spans = self.fields["span"]
        assert isinstance(spans, forms.ChoiceField)  # noqa: S101
        spans.choices = span_choices(timezone.localdate())

    def _field(self, name: str) -> Any:
        return self.fields[name]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("span") == CUSTOM:
            first, last = data.get("first_day"), data.get("last_day")
            if not first or not last:
                self.add_error("last_day", _("Give the first and the last day."))
            elif last < first:
                self.add_error("last_day", _("The last day lies before the first."))
            else:
                data["period"] = (first, last)
        elif data.get("span"):
            data["period"] = parse_period(data["span"])
        return data

    @property
    def period(self) -> Period:
        period: Period = self.cleaned_data["period"]
        return period


class WordingForm(forms.Form):
    """Words typed in place of a figure; empty gives the figure back its own."""

    wording = forms.CharField(label=_("Wording"), required=False, max_length=500)


class FileForm(forms.Form):
    """A Word file to verify."""

    file = forms.FileField(label=_("Word file"), widget=forms.FileInput({"accept": ".docx"}))


def span_choices(today: date) -> list[tuple[str, Any]]:
    """This year's and last year's periods, and days of one's own."""
    groups: list[tuple[str, Any]] = [
        (str(year), [(f"{year}{part}", str(label) % {"year": year}) for part, label in _PARTS])
        for year in (today.year, today.year - 1)
    ]
    return [*groups, (CUSTOM, _("Other days"))]


def _indented(organisation: Organisation) -> str:
    return "\u3000" * organisation.depth + organisation.name
