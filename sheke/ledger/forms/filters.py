"""The filters of the ledger page, read from its address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sheke.definitions.models import Edition
from sheke.directory.models import Account
from sheke.directory.queries import reachable_organisations

from ..filters import LATEST, PERIODS, STATES, RecordFilter, span
from ..queries import headings_for
from .widgets import Day, HeadingField, OrganisationField


class FilterForm(forms.Form):
    """A wrong part of an address is left out, so that an old bookmark still shows something."""

    text = forms.CharField(
        label=_("Search"), required=False, max_length=100, widget=forms.SearchInput
    )
    period = forms.ChoiceField(label=_("Period"), choices=list(PERIODS.items()), required=False)
    first = forms.DateField(label=_("Start date"), required=False, widget=Day())
    last = forms.DateField(label=_("End date"), required=False, widget=Day())
    type = forms.ChoiceField(label=_("Type"), required=False)
    organisation = OrganisationField(
        label=_("Organisation"), required=False, empty_label=_("All organisations")
    )
    heading = HeadingField(label=_("Plan item"), empty_label=_("All plan items"))
    state = forms.ChoiceField(label=_("State"), choices=list(STATES.items()), required=False)

    def __init__(
        self, data: Any, *, account: Account, types: dict[str, Edition], sort: str = ""
    ) -> None:
        data = data.copy()
        if (data.get("first") or data.get("last")) and not data.get("period"):
            data["period"] = "custom"
        super().__init__(data)
        self.account, self.types, self.sort = account, types, sort or LATEST
        names = [(key, str(edition.record_type.name)) for key, edition in types.items()]
        self.fields["type"].choices = [("", _("All types")), *names]  # type: ignore[attr-defined]
        self.fields["organisation"].queryset = reachable_organisations(account)  # type: ignore[attr-defined]
        self.fields["heading"].queryset = headings_for(account)  # type: ignore[attr-defined]

    def filter(self) -> RecordFilter:
        """What was asked for, without the parts that are wrong."""
        self.is_valid()
        given = self.cleaned_data
        first, last = span(given.get("period", ""))
        if given.get("period") == "custom":
            first, last = given.get("first"), given.get("last")
        return RecordFilter(
            first_day=first,
            last_day=last,
            organisation=given.get("organisation"),
            edition=self.types.get(given.get("type", "")),
            heading=given.get("heading"),
            text=given.get("text", ""),
            state=given.get("state", ""),
            account=self.account,
            sort=self.sort,
        )

    def chips(self) -> list[tuple[str, tuple[str, ...]]]:
        """(text, the names in the address that it takes away) of every part that narrows."""
        chosen = self.filter()
        given = self.cleaned_data
        found: list[tuple[str, tuple[str, ...]]] = []
        if chosen.text:
            found.append((f"“{chosen.text}”", ("text",)))
        if chosen.first_day or chosen.last_day:
            preset = given["period"] != "custom"
            days = f"{chosen.first_day or ''} – {chosen.last_day or ''}"
            text = str(PERIODS[given["period"]]) if preset else days
            found.append((text, ("period", "first", "last")))
        if chosen.edition:
            found.append((str(chosen.edition.record_type.name), ("type",)))
        for name in ("organisation", "heading"):
            if value := getattr(chosen, name):
                found.append((str(value), (name,)))
        if chosen.state:
            found.append((str(STATES[chosen.state]), ("state",)))
        return found
