"""The filters of the confirmation page."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from ..confirming.queries import confirmable_organisations
from .filters import FilterForm

STATES = [("", _("Waiting for confirmation")), ("questioned", _("With an open question")),
          ("confirmed", _("Confirmed"))]  # fmt: skip


class ConfirmingForm(FilterForm):
    """As for the ledger, over the organisations below the account's office."""

    def __init__(self, data: Any, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["state"].choices = STATES  # type: ignore[attr-defined]
        self.fields["organisation"].queryset = confirmable_organisations(self.account)  # type: ignore[attr-defined]
        del self.fields["heading"]
