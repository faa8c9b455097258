"""The form of a sitting."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

_MOMENT = forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class PanelForm(forms.Form):
    """Title, time, place, whether members see the reviewers' scores."""

    title = forms.CharField(
        label=_("Title"), max_length=200, required=False,
        help_text=_("Empty: as the stage is called."),
    )  # fmt: skip
    held_at = forms.DateTimeField(label=_("Time"), widget=_MOMENT)
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    shows_scores = forms.BooleanField(
        label=_("Members see the reviewers' scores and comments"), required=False, initial=True,
        help_text=_("Without names, and only when the reviewing is over."),
    )  # fmt: skip
