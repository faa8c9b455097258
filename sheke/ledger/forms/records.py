"""The form of one record: its type decides which amounts and filter fields it asks for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sheke.core.errors import BadInput
from sheke.definitions.models import Edition
from sheke.definitions.schemas import Attribute, Measure
from sheke.directory.models import Account, Organisation
from sheke.directory.queries import reachable_organisations

from ..content import ContentError, Draft, happened
from ..evidence.actions import checked_link
from ..evidence.kinds import ENDINGS
from ..models import Closing
from ..queries import closings_over, headings_for
from .widgets import Day, FilesField, HeadingField, OrganisationField, OrganisationsField

PART = "part-"  # stands before the key of a measure or filter field, which may be “title”, too


class RecordForm(forms.Form):
    """Cleans to `draft`; `closing` is the closed period that the date lies in."""

    title = forms.CharField(
        label=_("Title"), max_length=300, widget=forms.TextInput({"autocomplete": "off"})
    )
    happened_on = forms.DateField(label=_("Date"), widget=Day())
    ended_on = forms.DateField(label=_("End date"), widget=Day(), required=False)
    organisation = OrganisationField(label=_("Organisation"))
    cohosts = OrganisationsField(label=_("Co-hosts"), required=False)
    supporters = OrganisationsField(label=_("Supporters"), required=False)
    heading = HeadingField(label=_("Plan item"))
    note = forms.CharField(
        label=_("Remarks"), max_length=5000, required=False, widget=forms.Textarea({"rows": 2})
    )
    evidence = FilesField(label=_("Evidence"), required=False)
    link = forms.CharField(
        label=_("Link"), max_length=500, required=False,
        widget=forms.URLInput({"placeholder": "https://", "autocomplete": "off"}),
    )  # fmt: skip
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)

    def __init__(
        self, *args: Any, edition: Edition, account: Account, revising: bool = False, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.edition, self.revising = edition, revising
        self.draft: Draft | None = None
        self.closing: Closing | None = None
        self.fields["organisation"].queryset = reachable_organisations(account)  # type: ignore[attr-defined]
        self.fields["heading"].queryset = headings_for(account)  # type: ignore[attr-defined]
        self.fields["heading"].empty_label = _("None")  # type: ignore[attr-defined]
        self.fields["evidence"].widget.attrs["accept"] = ",".join(ENDINGS)
        self.fields["reason"].required = revising
        for measure in edition.record_type.measures:
            self.fields[PART + measure.key] = _amount_field(measure)
        for attribute in edition.record_type.fields:
            self.fields[PART + attribute.key] = _attribute_field(attribute)

    def measure_fields(self) -> Iterator[tuple[BoundField, Measure]]:
        for measure in self.edition.record_type.measures:
            yield self[PART + measure.key], measure

    def attribute_fields(self) -> Iterator[BoundField]:
        for attribute in self.edition.record_type.fields:
            yield self[PART + attribute.key]

    def chosen(self, name: str) -> list[Organisation]:
        """The organisations held by one of the multiple fields, for printing them again."""
        field = self.fields[name]
        codes = [str(value) for value in self[name].value() or ()]
        found = {o.code: o for o in field.queryset.filter(code__in=codes)} if codes else {}  # type: ignore[attr-defined]
        return [found[code] for code in codes if code in found]

    def clean_link(self) -> str:
        link: str = self.cleaned_data["link"]
        if not link:
            return ""
        try:
            return checked_link(link)
        except BadInput as error:
            raise ValidationError(str(error)) from None

    def clean_happened_on(self) -> date:
        try:
            return happened(self.cleaned_data["happened_on"])
        except ValueError as error:
            raise ValidationError(str(error)) from None

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if {"title", "happened_on", "organisation"} <= given.keys():
            self._check_draft(self._draft(given))
        return given

    def _check_draft(self, draft: Draft) -> None:
        try:
            self.draft = draft.checked()
        except ContentError as error:
            for key, message in error.errors.items():
                self.add_error(key if key in OWN else PART + key, message)
            return
        (self.closing,) = closings_over([self.draft])
        if self.closing and not self.revising and not self.cleaned_data.get("reason"):
            self.add_error(
                "reason", _("This date lies in a closed period. Say why it is entered late.")
            )

    def _draft(self, given: dict[str, Any]) -> Draft:
        type_ = self.edition.record_type
        return Draft(
            edition=self.edition,
            organisation=given["organisation"],
            happened_on=given["happened_on"],
            ended_on=given.get("ended_on"),
            title=given["title"],
            amounts={m.key: given.get(PART + m.key) for m in type_.measures},
            attributes={f.key: given.get(PART + f.key) for f in type_.fields},
            note=given.get("note", ""),
            heading=given.get("heading"),
            cohosts=tuple(given.get("cohosts", ())),
            supporters=tuple(given.get("supporters", ())),
        )


OWN = frozenset(RecordForm.base_fields)


def initial_of(draft: Draft) -> dict[str, Any]:
    """What the form shows of a draft, for revising or copying it."""
    return {
        "title": draft.title,
        "happened_on": draft.happened_on,
        "ended_on": draft.ended_on,
        "organisation": draft.organisation.code,
        "cohosts": [o.code for o in draft.cohosts],
        "supporters": [o.code for o in draft.supporters],
        "heading": draft.heading.pk if draft.heading else None,
        "note": draft.note,
        **{PART + key: value for key, value in draft.amounts.items()},
        **{PART + key: _shown(value) for key, value in draft.attributes.items()},
    }


def new_initial(organisation: Organisation | None) -> dict[str, Any]:
    """Today, for the organisation one acts for."""
    return {
        "happened_on": timezone.localdate(),
        "organisation": organisation.code if organisation else None,
    }


def _shown(value: Any) -> Any:
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else value


def _amount_field(measure: Measure) -> forms.Field:
    """Text, not a number field: those swallow 1,200 without a word. The content checks it."""
    attrs = {"inputmode": "decimal" if measure.places else "numeric", "autocomplete": "off"}
    return forms.CharField(
        label=str(measure.name), required=measure.required, max_length=30,
        help_text=str(measure.help or ""), widget=forms.TextInput(attrs | {"class": "input--num"}),
    )  # fmt: skip


def _attribute_field(attribute: Attribute) -> forms.Field:
    label, required = str(attribute.name), attribute.required
    help_text = str(attribute.help or "")
    choices = [(choice.key, str(choice.name)) for choice in attribute.choices]
    match attribute.kind:
        case "choice":
            return forms.ChoiceField(
                label=label, required=required, help_text=help_text, choices=[("", "—"), *choices]
            )
        case "choices":
            return forms.MultipleChoiceField(
                label=label, required=required, help_text=help_text, choices=choices,
                widget=forms.CheckboxSelectMultiple,
            )  # fmt: skip
        case "boolean":
            yes_no = [("", "—"), ("true", _("Yes")), ("false", _("No"))]
            return forms.ChoiceField(
                label=label, required=required, help_text=help_text, choices=yes_no
            )
        case "date":
            return forms.DateField(
                label=label, required=required, help_text=help_text, widget=Day()
            )
        case "number":
            return forms.CharField(
                label=label, required=required, help_text=help_text, max_length=30,
                widget=forms.TextInput({"inputmode": "decimal", "class": "input--num"}),
            )  # fmt: skip
    return forms.CharField(label=label, required=required, help_text=help_text, max_length=200)
