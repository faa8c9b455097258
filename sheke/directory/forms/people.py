"""Forms of people, tenures, accounts and tables."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..models import Account, Organisation, Person, Tenure
from ..queries import administered_organisations
from .organisations import Day


class FilterForm(forms.Form):
    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    role = forms.ChoiceField(
        label=pgettext_lazy("directory", "Role"),
        required=False,
        choices=[("", _("All roles")), *Tenure.Role.choices],
    )
    accounts = forms.BooleanField(label=_("With an account only"), required=False)


class PersonForm(forms.ModelForm):
    class Meta:
        model = Person
        fields = ("name", "code", "title", "phone", "email")
        labels = {"code": _("Person number")}
        help_texts = {"code": _("Optional; tells people of one name apart in imports.")}

    def clean_code(self) -> str | None:
        return self.cleaned_data["code"] or None

    def _post_clean(self) -> None:
        """The action writes and checks; the instance stays as it is."""


class TenureForm(forms.Form):
    organisation = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organisation.objects.none(), to_field_name="code"
    )
    role = forms.ChoiceField(
        label=pgettext_lazy("directory", "Role"), choices=Tenure.Role.choices, initial=Tenure.Role.STAFF,
        help_text=_("All but reviewers and members may act for the organisation and what lies below it."),
    )  # fmt: skip
    post = forms.CharField(label=pgettext_lazy("directory", "Post"), max_length=100, required=False)
    since = forms.DateField(label=_("From"), widget=Day, required=False)
    until = forms.DateField(
        label=_("To"), widget=Day, required=False, help_text=_("Empty: until further notice.")
    )

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = administered_organisations(account)  # type: ignore[attr-defined]


class MemberForm(TenureForm):
    """A tenure given on the organisation's page: the person is found or made."""

    person = forms.ModelChoiceField(
        label=_("Person"), queryset=Person.objects.all(), required=False,
        help_text=_("Not there yet? Leave this empty and write the name below."),
    )  # fmt: skip
    name = forms.CharField(label=_("New person"), max_length=100, required=False)

    field_order = ("person", "name", "role", "post", "since", "until")

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, account=account, **kwargs)
        del self.fields["organisation"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if bool(data.get("person")) == bool(data.get("name")):
            self.add_error("person", _("Choose a person, or write a new one's name; not both."))
        return data


class EndTenureForm(forms.Form):
    last_day = forms.DateField(label=_("Last day"), widget=Day, initial=timezone.localdate)


class AccountForm(forms.Form):
    username = forms.CharField(
        label=_("User name"), max_length=150, validators=[UnicodeUsernameValidator()]
    )


class TableForm(forms.Form):
    file = forms.FileField(label=_("File"))
    since = forms.DateField(
        label=_("Renamed and moved since"), widget=Day, required=False,
        initial=timezone.localdate,
    )  # fmt: skip
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)
