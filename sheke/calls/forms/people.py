"""Forms of the people behind a submission."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sheke.definitions.programmes import Programme
from sheke.ledger.forms.widgets import Day, OrganisationField

from ..models import Member
from ..values.texts import clean_line, clean_lines

GENDERS = (("", "—"), ("female", _("female")), ("male", _("male")))
ORDER = (
    "name", "organisation", "employer", "gender", "born_on", "title", "degree", "discipline",
    "phone", "email", "task",
)  # fmt: skip


class MemberForm(forms.Form):
    """Somebody in a role, with what the programme asks of them. Nothing but the name must be there at
    once: the check list says what is missing.
    """

    name = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=100)
    organisation = OrganisationField(label=_("Organisation"), required=False)
    employer = forms.CharField(
        label=_("Employer, if it is not in the list"), max_length=200, required=False
    )
    gender = forms.ChoiceField(label=_("gender"), choices=GENDERS, required=False)
    born_on = forms.DateField(label=_("born"), widget=Day, required=False)
    title = forms.CharField(label=_("academic title"), max_length=60, required=False)
    degree = forms.CharField(label=_("degree"), max_length=60, required=False)
    discipline = forms.CharField(label=_("discipline"), max_length=60, required=False)
    phone = forms.CharField(label=_("phone"), max_length=30, required=False)
    email = forms.EmailField(label=_("mail"), required=False)
    task = forms.CharField(label=pgettext_lazy("member", "task"), max_length=300, required=False)

    def __init__(self, *given: Any, programme: Programme, member: Member | None = None,
                 role: str = "", **options: Any) -> None:  # fmt: skip
        if member is not None:
            options["initial"] = {
                name: getattr(member, name) for name in ORDER if name != "organisation"
            } | {"organisation": member.organisation and member.organisation.code}
            if member.organisation and member.employer == member.organisation.name:
                options["initial"]["employer"] = ""
            role = member.role
        super().__init__(*given, **options)
        self._keep(programme, role)
        if member is not None and member.role == Member.LEAD and member.person_id:
            self.fields["name"].disabled = True
        self.titles = _listed(programme, "title")
        self.degrees = _listed(programme, "degree")

    def _keep(self, programme: Programme, role: str) -> None:
        found = programme.people.role(role)
        kept = {"name", "organisation", "employer", *programme.people.asks}
        if found is not None and found.consents:
            kept |= {"phone", "email"}
        if found is not None and found.referee:
            kept = {"name", "organisation", "employer", "title", "phone", "email"}
        if found is None:
            kept -= {"task"}
        for name in set(self.fields) - kept:
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Texts as lines; the employer follows the organisation."""
        data = super().clean() or {}
        for name, value in data.items():
            if isinstance(value, str):
                data[name] = clean_line(value)
        if data.get("organisation") is not None and not data.get("employer"):
            data["employer"] = data["organisation"].name
        return data


class ApplicantForm(forms.Form):
    """The organisation in whose name is applied."""

    organisation = OrganisationField(label=_("Applying organisation"), required=False)


class ConsentForm(forms.Form):
    """The answer of somebody who was asked."""

    agreed = forms.ChoiceField(
        label=_("Your answer"), choices=(("yes", _("I agree")), ("no", _("I do not agree"))),
        widget=forms.RadioSelect,
    )  # fmt: skip
    text = forms.CharField(
        label=_("Why not"), widget=forms.Textarea(attrs={"rows": 4}), max_length=5000,
        required=False,
    )  # fmt: skip

    def __init__(self, *given: Any, referee: bool, **options: Any) -> None:
        super().__init__(*given, **options)
        if referee:
            self.fields["text"].label = _("Your opinion, or why not")
            self.fields["agreed"].choices = (  # type: ignore[attr-defined]
                ("yes", _("I recommend it")), ("no", _("I do not recommend it"))
            )  # fmt: skip

    def clean_text(self) -> str:
        return clean_lines(self.cleaned_data["text"])


def _listed(programme: Programme, rule: str) -> list[str]:
    """The words that the conditions of a kind know, offered while somebody types."""
    conditions: Iterable[Any] = programme.eligibility.conditions()
    found = [value for one in conditions if one.rule == rule for value in one.values]
    return list(dict.fromkeys(found))
