"""Forms of meetings: they only validate."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sheke.directory.models import Organisation, Person
from sheke.directory.queries import people_within
from sheke.plans.models import Item, Plan

from .models import Attendance, Meeting

_MOMENT = forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
_DAY = forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class OrganisationField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Organisation) -> str:
        return obj.name


class MeetingForm(forms.Form):
    """When, where and what kind of meeting."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Meeting.Kind.choices)
    number = forms.IntegerField(
        label=_("Number"), min_value=1, max_value=9999, required=False,
        help_text=_("Of this kind in this term."),
    )  # fmt: skip
    title = forms.CharField(
        label=_("Title"), max_length=200, required=False,
        help_text=_("Empty: made of kind and number."),
    )  # fmt: skip
    starts_at = forms.DateTimeField(label=_("Begins"), widget=_MOMENT)
    ends_at = forms.DateTimeField(label=_("Ends"), required=False, widget=_MOMENT)
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    quorum = forms.ChoiceField(
        label=_("Quorum"), choices=[("", _("As usual for the kind")), *Meeting.Quorum.choices],
        required=False,
    )  # fmt: skip
    note = forms.CharField(
        label=_("Note"), max_length=2000, required=False, widget=forms.Textarea({"rows": 2})
    )

    def clean(self) -> dict[str, Any]:
        """The end lies behind the beginning; without a quorum that of the kind."""
        cleaned: dict[str, Any] = super().clean() or {}
        begins, ends = cleaned.get("starts_at"), cleaned.get("ends_at")
        if begins and ends and ends <= begins:
            self.add_error("ends_at", _("The end lies before the beginning."))
        if not cleaned.get("quorum") and cleaned.get("kind"):
            kind = Meeting.Kind(cleaned["kind"])
            cleaned["quorum"] = Meeting.QUORUMS.get(kind, Meeting.Quorum.NONE)
        return cleaned


class FilterForm(forms.Form):
    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    year = forms.TypedChoiceField(label=_("Year"), required=False, coerce=int, empty_value=None)
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("All kinds")), *Meeting.Kind.choices]
    )

    def __init__(self, data: Any, *, years: list[int]) -> None:
        super().__init__(data)
        field: Any = self.fields["year"]
        field.choices = [("", _("All years")), *((year, year) for year in years)]


class DecisionFilterForm(forms.Form):
    state = forms.ChoiceField(
        label=_("State"), required=False,
        choices=[
            ("", _("Not done")), ("late", _("Overdue")), ("free", _("Without a duty")),
            ("done", _("Done")), ("all", _("All decisions")),
        ],
    )  # fmt: skip
    q = forms.CharField(label=_("Search"), required=False, max_length=100)


class InviteForm(forms.Form):
    """A person of the organisation, or a guest by name."""

    person = forms.ModelChoiceField(Person.objects.none(), label=_("Person"), required=False)
    name = forms.CharField(label=_("or a guest's name"), max_length=100, required=False)
    post = forms.CharField(label=_("Post"), max_length=160, required=False)
    part = forms.ChoiceField(
        label=pgettext_lazy("meeting", "Part"),
        choices=Attendance.Part.choices,
        initial=Attendance.Part.MEMBER,
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = people_within(meeting.organisation)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]


class AgendaForm(forms.Form):
    title = forms.CharField(label=_("Point"), max_length=300)
    presenter = forms.CharField(label=_("Presenter"), max_length=100, required=False)
    item = forms.ModelChoiceField(
        Item.objects.none(), label=_("Item of a plan"), required=False, empty_label=_("None")
    )
    link = forms.CharField(
        label=_("Page"), max_length=200, required=False,
        help_text=_("The path of a report or another page here, such as /reports/3/."),
    )  # fmt: skip

    def __init__(self, *args: Any, items: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = items  # type: ignore[attr-defined]


class DutyForm(forms.Form):
    """What a decision becomes: an item of a plan, who leads and supports it, by when."""

    as_new = forms.TypedChoiceField(
        label=_("As"), choices=[("1", _("a new item below this place")), ("", _("this very item"))],
        coerce=bool, empty_value="", required=False, initial="1",
    )  # fmt: skip
    place = forms.ModelChoiceField(
        Item.objects.none(), label=_("Place in the plan"), required=False,
        empty_label=_("At the end of the plan"),
    )  # fmt: skip
    title = forms.CharField(
        label=_("Words of the item"), max_length=2000, widget=forms.Textarea({"rows": 2}),
        required=False,
    )  # fmt: skip
    lead = OrganisationField(Organisation.objects.none(), label=_("Lead"))
    person = forms.ModelChoiceField(
        Person.objects.none(), label=_("Person in charge"), required=False
    )
    supporters = forms.ModelMultipleChoiceField(
        Organisation.objects.none(), label=_("Supporters"), required=False,
        widget=forms.SelectMultiple({"size": 6}),
    )  # fmt: skip
    due = forms.DateField(label=_("Due"), required=False, widget=_DAY)

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        below = Organisation.objects.below(plan.organisation)
        fields["place"].queryset = plan.items.exclude(kind=Item.Kind.PROBLEM)
        fields["place"].label_from_instance = _indented
        fields["lead"].queryset = fields["supporters"].queryset = below
        fields["person"].queryset = people_within(plan.organisation)


def _indented(item: Item) -> str:
    return "\u3000" * (item.level - 1) + str(item)
