"""Forms of projects: contract, payment, ruling, report, change, work."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sheke.ledger.forms.widgets import Day, FilesField

from ..models import Change, Closing, Output
from ..projects.money import Money

_TEXT = forms.Textarea(attrs={"rows": 8})
# Which fields a kind of change needs beside its text.
WANTED = {
    "extension": ("until",), "lead": ("name", "employer"), "members": ("members",),
    "title": ("title",), "budget": ("amount",),
}  # fmt: skip


class ContractForm(forms.Form):
    """The day of signing and the scan."""

    signed_on = forms.DateField(label=_("Signed on"), widget=Day)
    file = forms.FileField(
        label=_("Signed contract"), required=False, help_text=_("PDF, Word or a picture.")
    )


class PaymentForm(forms.Form):
    """An instalment that was paid."""

    key = forms.ChoiceField(label=_("Instalment"), required=False)
    amount = forms.DecimalField(label=pgettext_lazy("money", "Amount"), decimal_places=4)
    paid_on = forms.DateField(label=_("Paid on"), widget=Day)
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def __init__(self, *given: Any, money: Money, **options: Any) -> None:
        super().__init__(*given, **options)
        names = [(each.key, each.name) for each in money.instalments]
        self.fields["key"].choices = [*names, ("", _("Another payment"))]  # type: ignore[attr-defined]


class DeliveryForm(forms.Form):
    """A report with its files."""

    text = forms.CharField(label=_("Report"), widget=_TEXT, max_length=20_000, required=False)
    papers = FilesField(
        label=_("Files"), required=False,
        help_text=_("PDF, Word, Excel, PowerPoint, pictures or a zip archive; several at once."),
    )  # fmt: skip


class ClosingForm(forms.Form):
    """The result of the closing review."""

    result = forms.ChoiceField(
        label=_("Result"), widget=forms.RadioSelect,
        choices=[c for c in Closing.Result.choices if c[0] != Closing.Result.TERMINATED],
    )  # fmt: skip
    likeness = forms.DecimalField(
        label=_("Copied text in percent"), min_value=0, max_value=100, decimal_places=2,
        required=False,
    )  # fmt: skip
    closed_on = forms.DateField(label=_("Closed on"), widget=Day, required=False)
    reason = forms.CharField(
        label=_("Opinion"), widget=forms.Textarea(attrs={"rows": 3}), max_length=500, required=False
    )


class ChangeForm(forms.Form):
    """A change that is asked for; what its kind needs is looked at by the action."""

    kind = forms.ChoiceField(label=_("What is to change"), choices=Change.Kind.choices)
    until = forms.DateField(label=_("New end"), widget=Day, required=False)
    title = forms.CharField(label=_("New title"), max_length=300, required=False)
    name = forms.CharField(label=_("New lead"), max_length=100, required=False)
    employer = forms.CharField(label=_("Their employer"), max_length=200, required=False)
    members = forms.CharField(
        label=_("Members from now on"), widget=forms.Textarea(attrs={"rows": 4}), required=False,
        max_length=5000, help_text=_("One name a line, all of them."),
    )  # fmt: skip
    amount = forms.DecimalField(
        label=_("New budget"), decimal_places=4, min_value=0, required=False
    )
    text = forms.CharField(
        label=_("What and why"), widget=forms.Textarea(attrs={"rows": 5}), max_length=5000
    )

    def clean_members(self) -> list[str]:
        return [line for line in self.cleaned_data["members"].splitlines() if line.strip()]


class OutputForm(forms.Form):
    """A work that came out."""

    kind = forms.ChoiceField(label=_("Kind of work"), choices=Output.Kind.choices)
    title = forms.CharField(label=_("Title of the work"), max_length=300)
    author = forms.CharField(label=_("Authors"), max_length=200, required=False)
    venue = forms.CharField(
        label=_("Journal, publisher or who took it up"), max_length=200, required=False
    )
    level = forms.ChoiceField(
        label=pgettext_lazy("output", "Level"),
        choices=[("", "—"), *Output.Level.choices],
        required=False,
    )
    out_on = forms.DateField(label=_("Published or taken up"), widget=Day, required=False)
