"""The form that uploads a table of records."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sheke.definitions.models import Edition
from sheke.directory.models import Account
from sheke.directory.queries import reachable_organisations

from .widgets import OrganisationField


class ImportForm(forms.Form):
    type = forms.ChoiceField(label=_("Type"))
    file = forms.FileField(
        label=_("Table (xlsx or csv)"), widget=forms.FileInput({"accept": ".xlsx,.xls,.ods,.csv"})
    )
    organisation = OrganisationField(
        label=_("Organisation"), required=False,
        help_text=_("For the rows that name none."),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Reason"), max_length=300, required=False,
        help_text=_("Needed where days lie in a closed period."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, account: Account, types: dict[str, Edition], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        names = [(key, str(edition.record_type.name)) for key, edition in types.items()]
        self.fields["type"].choices = [("", _("Choose…")), *names]  # type: ignore[attr-defined]
        self.fields["organisation"].queryset = reachable_organisations(account)  # type: ignore[attr-defined]
