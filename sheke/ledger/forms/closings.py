"""The form that closes a period."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sheke.directory.models import Account
from sheke.directory.queries import reachable_organisations

from .widgets import Day, OrganisationField


class ClosingForm(forms.Form):
    organisation = OrganisationField(label=_("Organisation, with all below it"))
    first_day = forms.DateField(label=_("Start date"), widget=Day())
    last_day = forms.DateField(
        label=_("End date"), widget=Day(),
        help_text=_("Close what has been reported; entries of these days need a reason afterwards."),
    )  # fmt: skip
    note = forms.CharField(label=_("Remarks"), max_length=300, required=False)

    def __init__(self, *args: Any, account: Account, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["organisation"].queryset = reachable_organisations(account)  # type: ignore[attr-defined]
