"""The form of a new token."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sheke.directory.models import Account, Tenure
from sheke.directory.queries import acting_tenures


class TokenForm(forms.Form):
    name = forms.CharField(label=_("What it is for"), max_length=80)
    tenure = forms.ModelChoiceField(
        label=pgettext_lazy("token", "Acts by"), queryset=Tenure.objects.none(), empty_label=None
    )
    expires_on = forms.DateField(
        label=pgettext_lazy("token", "Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Empty: until it is withdrawn or the office ends."),
    )  # fmt: skip
    writes = forms.BooleanField(label=_("May post and correct records"), required=False)

    def __init__(self, *args: Any, account: Account, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["tenure"].queryset = acting_tenures(account)  # type: ignore[attr-defined]
