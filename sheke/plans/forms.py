"""Forms of plans: they only validate."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from sheke.core.documents import MAX_BYTES, Document, read_document
from sheke.core.errors import BadInput
from sheke.core.tables import Table, read_table
from sheke.definitions.models import Definition
from sheke.directory.models import Organisation, Person
from sheke.directory.queries import people_within
from sheke.indicators.models import Goal
from sheke.ledger.models import Record, RecordQuerySet

from .breakdown import KNOWN
from .duties import Standing
from .models import Duty, DutyReport, Item, Plan
from .reading import PlanText, read_plan

_DATE = forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class DocumentForm(forms.Form):
    """A document to be read as a plan."""

    file = forms.FileField(label=_("Document"), widget=forms.FileInput({"accept": ".docx,.txt"}))
    year = forms.IntegerField(
        label=_("Year"), required=False, min_value=2000, max_value=2100,
        help_text=_("Empty: the year that the document names."),
    )  # fmt: skip
    next_steps = forms.BooleanField(
        label=_("Of a summary, take only what is still to be done"), required=False
    )

    document: Document
    content: bytes
    read: PlanText

    def clean(self) -> dict[str, Any]:
        """Read the document; what is wrong with it stands beside the file field."""
        cleaned: dict[str, Any] = super().clean() or {}
        file: UploadedFile | None = cleaned.get("file")
        if file is None:
            return cleaned
        if (file.size or 0) > MAX_BYTES:
            self.add_error("file", _("The file is larger than 20 MB."))
            return cleaned
        try:
            self.content = file.read()
            self.document = read_document(self.content, file.name or "")
            self.read = read_plan(
                self.document.text, year=cleaned.get("year"), name=self.document.stem
            )
        except BadInput as error:
            self.add_error("file", str(error))
            return cleaned
        if not self.read.items:
            self.add_error("file", _("The document holds no items."))
        return cleaned


class PlanForm(forms.ModelForm):
    class Meta:
        model = Plan
        fields = ["title", "year", "escalate_after"]

    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    escalate_after = forms.IntegerField(
        label=_("Days until leaders are told"), min_value=1, max_value=30, required=False,
        help_text=_("Of a duty that stays overdue: first those who lead the item, after twice as many "
                    "days the leaders of the plan's organisation."),
    )  # fmt: skip

    def clean_escalate_after(self) -> int:
        """What stands where nothing was entered."""
        return self.cleaned_data["escalate_after"] or self.instance.escalate_after


class ItemForm(forms.Form):
    number = forms.CharField(label=_("Number"), max_length=40, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=Item.Kind.choices)
    title = forms.CharField(label=_("Title"), max_length=500, widget=forms.Textarea({"rows": 2}))
    text = forms.CharField(label=_("Text"), required=False, widget=forms.Textarea({"rows": 10}))

    def clean_text(self) -> str:
        """Line ends as they are kept."""
        text: str = self.cleaned_data["text"]
        return text.replace("\r\n", "\n")

    def clean_title(self) -> str:
        return " ".join(self.cleaned_data["title"].split())


class PlaceForm(forms.Form):
    """Where an item goes: below `parent`, in front of `before`. Both are items of the same plan."""

    parent = forms.ModelChoiceField(Item.objects.none(), required=False)
    before = forms.ModelChoiceField(Item.objects.none(), required=False)

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.queryset = plan.items.all()  # type: ignore[attr-defined]


class OrganisationField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Organisation) -> str:
        return obj.name


class DutyForm(forms.Form):
    """A duty: an organisation, or a person and by them their organisation."""

    organisation = OrganisationField(
        Organisation.objects.none(), label=_("Organisation"), required=False
    )
    person = forms.ModelChoiceField(
        Person.objects.none(), label=_("Person"), required=False,
        help_text=_("Somebody of that organisation, who is then reminded too."),
    )  # fmt: skip
    role = forms.ChoiceField(label=_("Role"), choices=Duty.Role.choices)
    due = forms.DateField(label=_("Due"), required=False, widget=_DATE)

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        below = Organisation.objects.below(plan.organisation)
        self.fields["organisation"].queryset = below  # type: ignore[attr-defined]
        self.fields["person"].queryset = people_within(plan.organisation)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The person's organisation where none was chosen."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("organisation") is None and "organisation" not in self.errors:
            cleaned["organisation"] = self._organisation_of(cleaned.get("person"))
            if cleaned["organisation"] is None:
                self.add_error("organisation", _("Choose an organisation."))
        return cleaned

    def _organisation_of(self, person: Person | None) -> Organisation | None:
        field: Any = self.fields["organisation"]
        theirs = field.queryset.filter(tenures__person=person).distinct()[:2] if person else []
        return theirs[0] if len(theirs) == 1 else None


class RecordsField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Record) -> str:
        return f"{obj.happened_on:%Y-%m-%d} {obj.title}"


class ReportForm(forms.Form):
    """How a duty stands."""

    state = forms.ChoiceField(
        label=_("State"), choices=DutyReport.State.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("Note"), max_length=2000, required=False, widget=forms.Textarea({"rows": 3})
    )
    blocked_by = forms.CharField(
        label=_("By whom or what"), max_length=200, required=False,
        help_text=_("If blocked: who has to act before it can go on."),
    )  # fmt: skip
    records = RecordsField(
        Record.objects.none(), label=_("Evidence from the ledger"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, records: RecordQuerySet, **kwargs: Any) -> None:
        """`records`: those of the item that the account sees."""
        super().__init__(*args, **kwargs)
        self.fields["records"].queryset = records  # type: ignore[attr-defined]


class MineForm(forms.Form):
    """What “my duties” are narrowed to."""

    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("Not done")), *Standing.choices]
    )
    plan = forms.ModelChoiceField(
        Plan.objects.none(), label=_("Plan"), required=False, empty_label=_("All plans")
    )
    chapter = forms.ModelChoiceField(
        Item.objects.none(), label=_("Chapter"), required=False, empty_label=_("All chapters")
    )
    below = forms.BooleanField(label=_("With organisations below"), required=False)

    def __init__(self, data: Any, *, plans: Any, chapters: Any) -> None:
        super().__init__(data)
        self.fields["plan"].queryset = plans  # type: ignore[attr-defined]
        self.fields["chapter"].queryset = chapters  # type: ignore[attr-defined]


class IndicatorField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Definition) -> str:
        unit = getattr(obj.current.schema, "unit", "") if obj.current else ""
        return f"{obj}（{unit}）" if str(unit) else str(obj)


class TargetForm(forms.Form):
    indicator = IndicatorField(Definition.objects.none(), label=_("Indicator"))
    comparison = forms.ChoiceField(
        label=_("Requirement"), choices=Goal.Comparison.choices, initial="at_least"
    )
    value = forms.DecimalField(
        label=_("Value"), max_digits=18, decimal_places=4, min_value=0,
        widget=forms.NumberInput({"step": "any", "inputmode": "decimal"}),
    )  # fmt: skip
    first_day = forms.DateField(label=_("From"), required=False, widget=_DATE)
    last_day = forms.DateField(label=_("To"), required=False, widget=_DATE)
    phrase = forms.CharField(required=False, max_length=300, widget=forms.HiddenInput)

    def __init__(self, *args: Any, ranked: list[Definition], **kwargs: Any) -> None:
        """`ranked`: the indicators in the order in which they are offered."""
        super().__init__(*args, **kwargs)
        field: Any = self.fields["indicator"]
        field.queryset = Definition.objects.indicators().in_use()
        field.choices = [("", "")] + [(d.pk, field.label_from_instance(d)) for d in ranked]


class CompletionForm(forms.Form):
    note = forms.CharField(label=_("Note"), max_length=300, required=False)


class BreakdownForm(forms.Form):
    """A task breakdown."""

    file = forms.FileField(label=_("Table"), widget=forms.FileInput({"accept": ".xlsx,.csv"}))

    table: Table

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        try:
            self.table = read_table(file.file, file.name or "", known=KNOWN)  # type: ignore[arg-type]
        except BadInput as error:
            raise forms.ValidationError(str(error)) from error
        return file
