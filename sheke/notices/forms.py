"""Forms of notices; they only validate."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sheke.core.errors import BadInput
from sheke.directory.models import Account, Organisation

from .channels import CHANNELS
from .kinds import KINDS
from .models import Choice, Hook, Preference
from .models.choices import Pace
from .routing import default_pace, preference_of, ready_channels

CLOCK = forms.TimeInput(format="%H:%M", attrs={"type": "time"})


class PreferenceForm(forms.ModelForm[Preference]):
    """When one may be reached, and for each kind and channel how soon."""

    class Meta:
        model = Preference
        fields = ("language", "digest_at", "digest_on", "quiet_from", "quiet_until")
        widgets = dict.fromkeys(("digest_at", "quiet_from", "quiet_until"), CLOCK)

    def __init__(self, data: Any = None, *, account: Account) -> None:
        super().__init__(data, instance=preference_of(account))
        self.channels = ready_channels()
        held = {
            (choice.kind, choice.channel): choice.pace
            for choice in Choice.objects.filter(account=account)
        }
        for kind in KINDS:
            for channel in self.channels:
                self.fields[_name(kind, channel)] = forms.ChoiceField(
                    choices=Pace.choices, required=False,
                    initial=held.get((kind, channel)) or default_pace(channel),
                    widget=forms.Select(attrs={"class": "select pace"}),
                )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        begin, end = data.get("quiet_from"), data.get("quiet_until")
        if (begin is None) != (end is None) and not self.errors:
            self.add_error("quiet_until", _("Give both ends of the quiet hours, or neither."))
        return data

    def chosen(self) -> dict[tuple[str, str], str]:
        """Pace by kind and channel, of those that were sent."""
        return {
            (kind, channel): pace
            for kind in KINDS
            for channel in self.channels
            if (pace := self.cleaned_data.get(_name(kind, channel)))
        }

    def times(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def table(self) -> list[tuple[str, list[tuple[Any, list[Any]]]]]:
        """By part of the site: each kind with its cells, one a channel."""
        parts: dict[str, list[tuple[Any, list[Any]]]] = defaultdict(list)
        for kind in KINDS.values():
            cells = [self[_name(kind.key, channel)] for channel in self.channels]
            parts[_part(kind.key)].append((kind, cells))
        return sorted(parts.items())


def _name(kind: str, channel: str) -> str:
    return f"{kind}-{channel}"


def _part(key: str) -> str:
    """The kinds of one app stand together; “plan.…” and “plans.…” are one app's words."""
    return key.partition(".")[0]


class HookForm(forms.ModelForm[Hook]):
    """Where a group is told, and of what."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=gettext_lazy("Organisation")
    )
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Tell the group of"), widget=forms.CheckboxSelectMultiple
    )
    secret = forms.CharField(
        label=gettext_lazy("Signing secret"), required=False, max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    address = forms.CharField(
        label=gettext_lazy("Address"), max_length=500, required=False,
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip

    class Meta:
        model = Hook
        fields = ("organisation", "channel", "name", "address", "secret", "kinds")

    def __init__(self, *args: Any, organisations: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]
        self.fields["kinds"].choices = group_kinds()  # type: ignore[attr-defined]
        if self.instance.pk:
            self.initial["address"] = ""
            kept = _("Empty: as it is (%(host)s)") % {"host": self.instance.host}
            self.fields["address"].help_text = kept
            self.fields["secret"].help_text = _("Empty: as it is")

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"].strip()
        if not address:
            if self.instance.pk:
                return self.instance.address
            raise forms.ValidationError(_("Give the robot's or service's address."))
        try:
            return CHANNELS["webhook"].checked_address(address)
        except BadInput as error:
            raise forms.ValidationError(str(error)) from None

    def clean_secret(self) -> str:
        return self.cleaned_data["secret"] or (self.instance.secret if self.instance.pk else "")


def group_kinds() -> list[tuple[str, str | Promise]]:
    """The kinds that a group may be told of."""
    return [(kind.key, kind.label) for kind in KINDS.values() if not kind.personal]
