"""Forms of profiles. They only validate."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sheke.directory.models import Organisation

from ..disciplines import DISCIPLINES
from ..models import Expert

SHOWN = {
    "employer": _("Employer"), "post": _("Post and academic title"), "disciplines": _("Disciplines"),
    "topics": _("Topics of the works"), "biography": _("Biography"), "photo": _("Photo"),
    "orcid": "ORCID", "email": _("Mail"), "works": _("Works"),
    "projects": pgettext_lazy("profile", "Projects"), "service": _("Reviews and other service"),
    "network": _("Co-authors"),
}  # fmt: skip
CAREER = re.compile(r"(?P<since>\d{4})?\s*[-–—~至]\s*(?P<until>\d{4}|今|now)?\s+(?P<rest>.+)")


class ExpertForm(forms.Form):
    """What a profile says."""

    name = forms.CharField(label=pgettext_lazy("author", "Name"), max_length=100)
    kind = forms.ChoiceField(label=_("Kind"), choices=Expert.Kind.choices)
    variants = forms.CharField(
        label=_("Other spellings of the name"), max_length=500, required=False,
        help_text=_("Traditional, pinyin, pen names; separated by commas."),
    )  # fmt: skip
    employer = forms.CharField(label=_("Employer"), max_length=200, required=False)
    post = forms.CharField(label=_("Post and academic title"), max_length=200, required=False)
    disciplines = forms.MultipleChoiceField(
        label=_("Disciplines"), choices=list(DISCIPLINES.items()), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    orcid = forms.CharField(label="ORCID", max_length=60, required=False)
    email = forms.EmailField(label=_("Mail"), required=False)
    biography = forms.CharField(
        label=_("Biography"), max_length=10_000, required=False, widget=forms.Textarea({"rows": 6})
    )
    careers = forms.CharField(
        label=_("Where they worked"), max_length=4000, required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("One line each: years, employer, post; for example 2010–2018 City University, professor."),
    )  # fmt: skip

    photo = forms.ImageField(label=_("Photo"), required=False)

    def clean_variants(self) -> list[str]:
        return [name.strip() for name in re.split(r"[,，;；、]", self.cleaned_data["variants"])]

    def clean_careers(self) -> list[tuple[str, str, int | None, int | None]]:
        """(employer, post, from, to) of each line."""
        found = []
        for number, line in enumerate(self.cleaned_data["careers"].splitlines(), 1):
            if not line.strip():
                continue
            read = CAREER.fullmatch(line.strip())
            if read is None:
                raise forms.ValidationError(
                    _gettext("Line %(n)s: begin with the years, for example 2010–2018 or 2018–.")
                    % {"n": number}
                )
            employer, _comma, post = re.sub(r"[,，]", ",", read["rest"]).partition(",")
            until = read["until"] if (read["until"] or "").isdigit() else None
            found.append((
                employer.strip()[:200], post.strip()[:200],
                int(read["since"]) if read["since"] else None, int(until) if until else None,
            ))  # fmt: skip
        return found


class NewExpertForm(ExpertForm):
    """A profile that the office begins."""

    organisation = forms.ModelChoiceField(label=_("Kept by"), queryset=Organisation.objects.none())
    field_order = ("organisation",)

    def __init__(self, *args: Any, kept: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["organisation"].queryset = kept  # type: ignore[attr-defined]


class AgreementForm(forms.Form):
    """What the person agrees to show."""

    shown = forms.MultipleChoiceField(
        label=_("Everybody may see"), choices=list(SHOWN.items()), required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Where they worked before is shown where both the employer and the post are."),
    )  # fmt: skip
    note = forms.CharField(
        label=_("How they agreed"), max_length=300, required=False,
        help_text=_("Where the office writes it down for them: by letter of …, by the form of …."),
    )  # fmt: skip


def careers_text(expert: Expert) -> str:
    """The lines of the form as they stand."""
    return "\n".join(
        f"{c.since or ''}–{c.until or ''} {c.employer}{'，' + c.post if c.post else ''}"
        for c in expert.careers.all()
    )
