"""Opening and changing a call. Forms only validate."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sheke.core.errors import BadInput
from sheke.definitions.models import Edition
from sheke.directory.models import Account, Organisation, Tenure
from sheke.ledger.confirming.queries import OFFICERS, office_organisations
from sheke.ledger.forms.widgets import FilesField, OrganisationField

from ..models import Call
from ..tables import topics_in_text

MOMENT = {"type": "datetime-local"}
NOT_ASKED = ("federation", "office")


class PeopleField(forms.ModelMultipleChoiceField):
    """Accounts of the office."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.person or obj)


class CallForm(forms.Form):
    """What is said of a call, before and after it was announced."""

    title = forms.CharField(label=_("Title"), max_length=200)
    year = forms.IntegerField(label=_("Year"), min_value=1990, max_value=2200)
    opens_at = forms.DateTimeField(
        label=_("Opens"), widget=forms.DateTimeInput(MOMENT, format="%Y-%m-%dT%H:%M")
    )
    closes_at = forms.DateTimeField(
        label=_("Closes"), widget=forms.DateTimeInput(MOMENT, format="%Y-%m-%dT%H:%M"),
        help_text=_("To the minute, by the clock of the server."),
    )  # fmt: skip
    budget = forms.DecimalField(
        label=_("Budget"), max_digits=14, decimal_places=4, min_value=0, required=False
    )
    about = forms.CharField(
        label=_("Announcement"), max_length=20_000, required=False,
        widget=forms.Textarea({"rows": 10}),
    )  # fmt: skip
    people = PeopleField(label=_("In charge"), queryset=Account.objects.none(), required=False)
    reason = forms.CharField(
        label=_("Reason"), max_length=500, required=False,
        help_text=_("The call is announced: say why something changes. Applicants and the log read it."),
    )  # fmt: skip

    def __init__(self, *args: Any, account: Account, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["people"].queryset = officers(account)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        opens, closes = given.get("opens_at"), given.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("The call closes before it opens."))
        return given


class OpeningForm(CallForm):
    """A new call: also who calls, the guide, files, the usual quota."""

    organisation = OrganisationField(label=_("Calling organisation"))
    topics = forms.CharField(
        label=_("Topic guide"), max_length=200_000, required=False,
        widget=forms.Textarea({"rows": 8}),
        help_text=_("One topic a line, with its number before it. Leave empty where anything may be applied for."),
    )  # fmt: skip
    attachments = FilesField(label=_("Files of the announcement"), required=False)
    kinds = forms.MultipleChoiceField(
        label=_("Organisations that recommend"), required=False,
        choices=[c for c in Organisation.Kind.choices if c[0] not in NOT_ASKED],
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    places = forms.IntegerField(
        label=pgettext_lazy("quota", "Places of each"), min_value=0, max_value=1000, required=False
    )

    def __init__(self, *args: Any, account: Account, edition: Edition, **options: Any) -> None:
        super().__init__(*args, account=account, **options)
        mine = office_organisations(account)
        self.fields["organisation"].queryset = mine  # type: ignore[attr-defined]
        del self.fields["reason"]
        if not edition.programme.stages_of("recommend"):
            del self.fields["kinds"], self.fields["places"]

    def clean_topics(self) -> list[Any]:
        try:
            return topics_in_text(self.cleaned_data["topics"])
        except BadInput as error:
            raise forms.ValidationError(str(error)) from None


def officers(account: Account) -> Any:
    """The accounts that work for the offices of the account, and below them."""
    there = Tenure.objects.at(timezone.localdate()).filter(
        role__in=OFFICERS, organisation__in=office_organisations(account).order_by().values("pk")
    )
    found = Account.objects.filter(is_active=True, person__in=there.order_by().values("person_id"))
    return found.select_related("person").order_by("person__name", "pk")


def opening_initial(edition: Edition, here: Organisation | None, by: Account) -> dict[str, Any]:
    """A call that opens tomorrow for as long as the programme says."""
    programme, today = edition.programme, timezone.localdate()
    first = today + timedelta(days=1)
    days = programme.stages[0].days or 30
    return {
        "organisation": here.code if here else None,
        "title": _("%(year)s %(programme)s") % {"year": today.year, "programme": programme.name},
        "year": today.year,
        "opens_at": _moment(first, time(9)),
        "closes_at": _moment(first + timedelta(days=days), time(17)),
        "people": [by.pk],
        "places": programme.quota,
        "kinds": ["county_federation", "university_federation", "society", "research_base"],
    }


def call_initial(call: Call) -> dict[str, Any]:
    """What stands there now."""
    names = ("title", "year", "about", "budget", "opens_at", "closes_at")
    held = {name: getattr(call, name) for name in names}
    return held | {"people": list(call.charges.values_list("account_id", flat=True))}


def _moment(day: Any, at: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, at))
