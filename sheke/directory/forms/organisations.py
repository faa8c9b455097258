"""Forms of organisations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..models import Account, Organisation
from ..queries import administered_organisations


class Day(forms.DateInput):
    """The browser's own day picker; the value goes over the wire as 2025-03-01."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class FilterForm(forms.Form):
    """What the list of organisations may be narrowed by."""

    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("All kinds")), *Organisation.Kind.choices]
    )
    ended = forms.BooleanField(label=_("With those that ended"), required=False)


class CreateForm(forms.ModelForm):
    parent = forms.ModelChoiceField(
        label=_("Belongs to"), queryset=Organisation.objects.none(), to_field_name="code",
        required=False,
    )  # fmt: skip

    class Meta:
        model = Organisation
        fields = ("parent", "kind", "code", "name", "short_name", "valid_from")
        widgets = {"valid_from": Day}
        labels = {"valid_from": _("Founded")}
        help_texts = {
            "code": _("Letters and digits; imports and exports know the organisation by it."),
            "short_name": _("As lists and reports call it; empty: the full name."),
        }

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = administered_organisations(account)  # type: ignore[attr-defined]
        # Only the machine's administrator makes another root.
        self.fields["parent"].required = not account.is_superuser


class CorrectForm(forms.ModelForm):
    """Facts that were wrong from the beginning."""

    class Meta:
        model = Organisation
        fields = ("kind", "code", "valid_from")
        widgets = {"valid_from": Day}
        labels = {"valid_from": _("Founded")}


class RenameForm(forms.Form):
    name = forms.CharField(label=_("New name"), max_length=200)
    short_name = forms.CharField(label=_("New short name"), max_length=60, required=False)
    since = forms.DateField(
        label=_("Since"), widget=Day, initial=timezone.localdate,
        help_text=_("What happened before keeps the former name."),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Reason"), max_length=300, help_text=_("For example the document that says so.")
    )


class MoveForm(forms.Form):
    parent = forms.ModelChoiceField(
        label=_("New place"), queryset=Organisation.objects.none(), to_field_name="code",
        help_text=_("All that lies below it moves along."),
    )  # fmt: skip
    since = forms.DateField(label=_("Since"), widget=Day, initial=timezone.localdate)
    reason = forms.CharField(label=_("Reason"), max_length=300)

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = administered_organisations(account)  # type: ignore[attr-defined]


class EndForm(forms.Form):
    last_day = forms.DateField(
        label=_("Last day"), widget=Day, initial=timezone.localdate,
        help_text=_("Its records and its history stay."),
    )  # fmt: skip
    reason = forms.CharField(label=_("Reason"), max_length=300)


class ReopenForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300)
