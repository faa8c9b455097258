"""The filter above values: organisation and period."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sheke.directory.models import Account, Organisation
from sheke.directory.queries import reachable_organisations
from sheke.ledger.filters import span

from .scopes import Scope

PERIODS = [
    ("this_year", _("This year")),
    ("last_year", _("Last year")),
    ("this_quarter", _("This quarter")),
    ("last_quarter", _("Last quarter")),
    ("this_month", _("This month")),
    ("last_month", _("Last month")),
    ("custom", _("From–to…")),
]
DAY = forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class OrganisationField(forms.ModelChoiceField):
    """By its code, named by its short name."""

    def label_from_instance(self, organisation: Organisation) -> str:
        return organisation.label


class ScopeForm(forms.Form):
    organisation = OrganisationField(
        queryset=Organisation.objects.none(), to_field_name="code", label=_("Organisation"),
        required=False,
    )  # fmt: skip
    period = forms.ChoiceField(label=_("Period"), choices=PERIODS, required=False)
    first = forms.DateField(label=_("From"), widget=DAY, required=False)
    last = forms.DateField(label=_("To"), widget=DAY, required=False)

    def __init__(self, data: Any, *, account: Account, organisation: Organisation) -> None:
        filled = data.copy()
        filled.setdefault("organisation", organisation.code)
        filled.setdefault("period", "this_year")
        super().__init__(filled)
        field = self.fields["organisation"]
        field.queryset = reachable_organisations(account)  # type: ignore[attr-defined]
        self.default = organisation

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if found.get("period") == "custom":
            first, last = found.get("first"), found.get("last")
            if first and last and last < first:
                self.add_error("last", _("The end lies before the beginning."))
        return found

    def scope(self) -> Scope:
        """The scope asked for; what is wrong or missing falls back to the year and one's own office."""
        self.is_valid()
        data = self.cleaned_data
        organisation = data.get("organisation") or self.default
        first, last = self._days(data)
        return Scope(organisation, first, last, period=data.get("period") or "this_year")

    def _days(self, data: dict[str, Any]) -> tuple[date, date]:
        year = span("this_year")
        if data.get("period") != "custom":
            year = span(data.get("period") or "this_year")
        today = timezone.localdate()
        default = (year[0] or today, year[1] or today)
        if data.get("period") != "custom" or self.errors:
            return default
        first, last = data.get("first"), data.get("last")
        return first or min(default[0], last or default[0]), last or max(default[1], first or today)
