"""Opening a return and starting a series: form, period, due day, whom."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sheke.definitions.models import Edition
from sheke.directory.models import Account, Organisation
from sheke.ledger.confirming.queries import office_organisations
from sheke.ledger.forms.widgets import Day, OrganisationField, OrganisationsField

from .. import periods


class AudienceForm(forms.Form):
    """Who asks, and who is asked."""

    organisation = OrganisationField(label=_("Asking organisation"))
    kinds = forms.MultipleChoiceField(
        label=_("Kinds of organisations asked"), required=False,
        choices=[c for c in Organisation.Kind.choices if c[0] not in ("federation", "office")],
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    below = OrganisationField(
        label=_("Only below"), required=False,
        help_text=_("A county federation, for example, with all that belongs to it."),
    )  # fmt: skip
    organisations = OrganisationsField(label=_("Single organisations besides"), required=False)
    note = forms.CharField(
        label=_("Note to those asked"), max_length=3000, required=False,
        widget=forms.Textarea({"rows": 3}),
    )  # fmt: skip
    remind = forms.CharField(
        label=_("Reminders"), required=False, max_length=60,
        help_text=_("Days from the due day: -3 is three days before, 1 the day after."),
    )  # fmt: skip

    def __init__(self, *args: Any, account: Account, **options: Any) -> None:
        super().__init__(*args, **options)
        mine = office_organisations(account)
        for name in ("organisation", "below", "organisations"):
            self.fields[name].queryset = mine  # type: ignore[attr-defined]

    def clean_remind(self) -> list[int]:
        text = self.cleaned_data["remind"].replace("，", ",").replace("−", "-")
        parts = [part.strip() for part in text.split(",") if part.strip()]
        try:
            return [int(part) for part in parts]
        except ValueError:
            raise forms.ValidationError(_("Write days with commas between them: -3, 1")) from None

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if not (given.get("kinds") or given.get("below") or given.get("organisations")):
            self.add_error("kinds", _("Choose whom to ask."))
        return given

    def audience(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "kinds": given["kinds"],
            "below": given["below"].code if given["below"] else "",
            "codes": [organisation.code for organisation in given["organisations"]],
        }

    def chosen(self, name: str) -> list[Organisation]:
        """The organisations held by a multiple field, for printing them again."""
        codes = [str(value) for value in self[name].value() or ()]
        found = {o.code: o for o in self.fields[name].queryset.filter(code__in=codes)}  # type: ignore[attr-defined]
        return [found[code] for code in codes if code in found]


class OpeningForm(AudienceForm):
    """One return."""

    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    first_day = forms.DateField(label=_("Period from"), widget=Day())
    last_day = forms.DateField(label=_("Period to"), widget=Day())
    due_on = forms.DateField(
        label=pgettext_lazy("returns", "Due"), widget=Day(),
        help_text=_("The whole day still counts as in time; later answers are taken, marked late."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        first, last, due = (given.get(name) for name in ("first_day", "last_day", "due_on"))
        if first and last and last < first:
            self.add_error("last_day", _("The last day lies before the first."))
        if first and due and due < first:
            self.add_error("due_on", _("The due day lies before the period."))
        return given


class SeriesForm(AudienceForm):
    """A return that opens by itself."""

    since = forms.DateField(
        label=_("First period from"), widget=Day(),
        help_text=_("Each period opens a return by itself the day after it ends, from this one on."),
    )  # fmt: skip
    due_days = forms.IntegerField(
        label=_("Due, days after the end of the period"), min_value=0, max_value=366,
        help_text=_("5 for a month means: the 5th of the next month."),
    )  # fmt: skip


def opening_initial(edition: Edition, here: Organisation | None) -> dict[str, Any]:
    """The period that ended last, the form's own days and kinds."""
    form, today = edition.return_form, timezone.localdate()
    span = periods.before(form.period, periods.period_of(form.period, today))
    due = max(span[1] + timedelta(days=form.due_days), today + timedelta(days=3))
    return _common(edition, here) | {"first_day": span[0], "last_day": span[1], "due_on": due}


def series_initial(edition: Edition, here: Organisation | None) -> dict[str, Any]:
    form, today = edition.return_form, timezone.localdate()
    first: date = periods.period_of(form.period, today)[0]
    return _common(edition, here) | {"since": first, "due_days": form.due_days}


def _common(edition: Edition, here: Organisation | None) -> dict[str, Any]:
    form = edition.return_form
    return {
        "organisation": here.code if here else None,
        "kinds": list(form.kinds),
        "remind": ", ".join(map(str, form.remind)),
    }
