"""The form of a change of term: the term itself, and a row for each seat of the new board."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sheke.core.errors import BadInput

from ..boards import Entry, People, standing_board
from ..models import Organisation, Person, Tenure
from .organisations import Day

SPARE = 3  # empty rows under the standing board
MOST = 300
ROLES = [(role.value, role.label) for role in Tenure.BOARD]


class TermForm(forms.Form):
    since = forms.DateField(
        label=_("The new term begins on"), widget=Day, initial=timezone.localdate,
        help_text=_("The old tenures end the day before."),
    )  # fmt: skip
    label = forms.CharField(
        label=_("Term"), max_length=60, required=False, help_text=_("For example: third term.")
    )
    resolution = forms.CharField(
        label=_("Resolution or document number"), max_length=200, required=False
    )


class TableForm(forms.Form):
    """A whole new board as a table, to fill the rows with."""

    file = forms.FileField(label=_("File"), required=False)
    pasted = forms.CharField(
        label=_("Or paste rows"), required=False, max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("With or without a row of headings: name, post, role, person number."),
    )  # fmt: skip


class SeatForm(forms.Form):
    """One row: who of the standing board stays or leaves, or who is new."""

    standing = forms.IntegerField(required=False, widget=forms.HiddenInput)  # number of a tenure
    person = forms.ModelChoiceField(
        label=_("Person"), queryset=Person.objects.none(), required=False
    )
    name = forms.CharField(label=_("New person"), max_length=100, required=False)
    post = forms.CharField(label=pgettext_lazy("directory", "Post"), max_length=100, required=False)
    role = forms.ChoiceField(
        label=pgettext_lazy("directory", "Role"), choices=ROLES, initial=Tenure.Role.MEMBER
    )
    leaves = forms.BooleanField(label=pgettext_lazy("board", "Leaves"), required=False)

    def __init__(
        self, *args: Any, tenures: Mapping[str, Tenure], people: People, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["person"].queryset = people.among  # type: ignore[attr-defined]
        # The standing tenure that the row is about, also when the form comes back wrong.
        self.tenure = tenures.get(str(self["standing"].value() or ""))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["post"] = " ".join((data.get("post") or "").split())
        if not self.tenure and data.get("person") and data.get("name"):
            self.add_error("person", _("Choose a person, or write a new one's name; not both."))
        if data.get("role") == Tenure.Role.MEMBER and not data["post"] and self._somebody(data):
            self.add_error(
                "post", _("A member of the board has a post, for example council member.")
            )
        return data

    def _somebody(self, data: dict[str, Any]) -> bool:
        return bool(
            not data.get("leaves") and (self.tenure or data.get("person") or data.get("name"))
        )

    def entry(self) -> Entry | None:
        """The seat that the row asks for; None for who leaves and for an empty row."""
        data = self.cleaned_data
        if not self._somebody(data):
            return None
        person = self.tenure.person if self.tenure else data["person"]
        name = person.name if person else " ".join(data["name"].split())
        return Entry(name, data["role"], data["post"], person)


SeatForms: Any = forms.formset_factory(SeatForm, extra=0, max_num=MOST, absolute_max=MOST)


def seat_options(organisation: Organisation, people: People) -> dict[str, Any]:
    """What every row of the form is made with. One query."""
    board = organisation.tenures.board().select_related("person")
    return {"tenures": {str(tenure.pk): tenure for tenure in board}, "people": people}


def rows_of(organisation: Organisation, spare: int = SPARE) -> list[dict[str, Any]]:
    """What the form begins with: the board of today, all staying, and empty rows."""
    board = standing_board(organisation, timezone.localdate())
    rows: list[dict[str, Any]] = [{"standing": t.pk, "post": t.post, "role": t.role} for t in board]
    return rows + [{} for _row in range(spare)]


def rows_for(organisation: Organisation, entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """The rows for a board read from a table: who is not in it leaves."""
    wanted = list(entries)
    rows: list[dict[str, Any]] = []
    for tenure in standing_board(organisation, timezone.localdate()):
        same = [e for e in wanted if e.person == tenure.person]
        kept = next((e for e in same if (e.role, e.post) == (tenure.role, tenure.post)), None)
        if kept or same:
            entry = kept or same[0]
            wanted.remove(entry)
            rows.append({"standing": tenure.pk, "post": entry.post, "role": entry.role})
        else:
            row = {"standing": tenure.pk, "post": tenure.post, "role": tenure.role, "leaves": True}
            rows.append(row)
    rows += [
        {"person": e.person.pk if e.person else None, "name": "" if e.person else e.name,
         "post": e.post, "role": e.role}
        for e in wanted
    ]  # fmt: skip
    return [*rows, {}]


def entries_of(seats: Any) -> list[Entry]:
    """The new board that valid rows ask for. Raises BadInput when a row has lost its tenure."""
    lost = [form for form in seats if form["standing"].value() and not form.tenure]
    if lost:
        raise BadInput(_("Somebody of the standing board is gone; begin the change anew."))
    return [entry for form in seats if (entry := form.entry())]
