"""Forms of consents and of erasing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..consents import audiences
from ..models import Consent, Person

HELP = {
    Consent.Field.PHONE: _("Who works with you in an organisation sees it in any case."),
    Consent.Field.EMAIL: _("Who works with you in an organisation sees it in any case."),
    Consent.Field.TITLE: _("For example in lists of experts."),
    Consent.Field.POSTS: _("The names of your posts; your role in an organisation is always seen."),
}


class ConsentForm(forms.Form):
    """One choice for each field."""

    def __init__(self, *args: Any, person: Person, **options: Any) -> None:
        super().__init__(*args, **options)
        held = audiences([person.pk])[person.pk]
        for field in Consent.Field:
            self.fields[field.value] = forms.ChoiceField(
                label=field.label, choices=Consent.Audience.choices, initial=held[field],
                help_text=HELP[field],
            )  # fmt: skip


class AskErasureForm(forms.Form):
    note = forms.CharField(label=_("Note"), max_length=300, required=False)


class ErasureForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), max_length=300,
        help_text=_("It stays for good: write it without the name."),
    )  # fmt: skip
    confirmation = forms.CharField(
        label=_("Type the person’s name to confirm"), max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
