"""The form of a work: its plain fields, and tables for what comes in rows. Forms only validate."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sheke.directory.models import Organisation
from sheke.ledger.forms.widgets import Day

from ..describing import Author, Description
from ..disciplines import DISCIPLINES
from ..models import Adoption, Contribution, File, Work
from .tables import Tables

SEPARATORS = re.compile(r"[,，;；、\n]+")


class WorkForm(forms.Form):
    """What is said of a work, but for the tables."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Work.Kind.choices)
    title = forms.CharField(label=pgettext_lazy("work", "Title"), max_length=500)
    language = forms.ChoiceField(label=_("Language"), choices=Work.Language.choices)
    issued = forms.CharField(
        label=pgettext_lazy("work", "Date"), max_length=10, required=False,
        help_text=_("As far as known: 2024, 2024-05 or 2024-05-12."),
    )  # fmt: skip
    level = forms.ChoiceField(
        label=pgettext_lazy("work", "Level"), choices=[("", "—"), *Work.Level.choices], required=False,
        help_text=_("Of the periodical, the publisher or the awarding office."),
    )  # fmt: skip
    discipline = forms.ChoiceField(
        label=_("Discipline"), required=False,
        choices=[("", "—"), *((code, name) for code, name in DISCIPLINES.items())],
    )  # fmt: skip
    keywords = forms.CharField(
        label=_("Keywords"), max_length=1000, required=False,
        help_text=_("Separated by commas."),
    )  # fmt: skip
    abstract = forms.CharField(
        label=_("Abstract"), max_length=20_000, required=False,
        widget=forms.Textarea({"rows": 6}),
    )  # fmt: skip
    container = forms.CharField(
        label=_("Appeared in"), max_length=300, required=False,
        help_text=_("The periodical, newspaper, volume or proceedings."),
    )  # fmt: skip
    volume = forms.CharField(label=_("Volume"), max_length=30, required=False)
    issue = forms.CharField(
        label=pgettext_lazy("periodical", "Issue"), max_length=30, required=False
    )
    pages = forms.CharField(label=pgettext_lazy("work", "Pages"), max_length=60, required=False)
    edition = forms.CharField(label=pgettext_lazy("book", "Edition"), max_length=60, required=False)
    publisher = forms.CharField(
        label=pgettext_lazy("work", "Publisher"), max_length=200, required=False
    )
    place = forms.CharField(label=pgettext_lazy("work", "Place"), max_length=100, required=False)
    url = forms.URLField(
        label=_("Address on the web"), max_length=500, required=False, assume_scheme="https"
    )
    accessed_on = forms.DateField(label=_("Accessed"), required=False, widget=Day)
    note = forms.CharField(
        label=_("Note"), max_length=5000, required=False, widget=forms.Textarea({"rows": 2}),
        help_text=_("For the office alone; never shown to readers."),
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        code = str(self.initial.get("discipline") or self.data.get("discipline") or "")
        field: Any = self.fields["discipline"]
        if code and code not in dict(field.choices):  # a deeper code stays what it is
            field.choices = [*field.choices, (code, code)]

    def clean_keywords(self) -> tuple[str, ...]:
        return tuple(word.strip() for word in SEPARATORS.split(self.cleaned_data["keywords"]))

    def description(self, tables: Tables) -> Description:
        """What was written, with the rows of the tables. Only after is_valid()."""
        return Description(
            **self.cleaned_data,
            authors=tuple(
                Author(row["name"], row["role"] or Contribution.Role.AUTHOR, row["organisation"])
                for row in tables["authors"]
            ),
            other_titles=tuple((row["kind"], row["text"]) for row in tables["titles"]),
            identifiers=tuple((row["scheme"], row["value"]) for row in tables["identifiers"]),
            relations=tuple((row["kind"], *_end(row["reference"])) for row in tables["relations"]),
        )


def _end(reference: str) -> tuple[int | None, str]:
    """A work of the library is written as #12, all else as it is."""
    found = re.fullmatch(r"#(\d{1,12})", reference.strip())
    return (int(found[1]), "") if found else (None, reference.strip()[:300])


class KeeperForm(forms.Form):
    """For whom a new work is kept."""

    organisation = forms.ModelChoiceField(label=_("Kept by"), queryset=Organisation.objects.none())

    def __init__(self, *args: Any, kept: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["organisation"].queryset = kept  # type: ignore[attr-defined]


class FileForm(forms.Form):
    """Who may read a file of a work."""

    access = forms.ChoiceField(label=_("Who may read it"), choices=File.Access.choices)
    rights = forms.CharField(
        label=_("Rights"), max_length=200, required=False,
        help_text=_("For example: with the author's consent of 12 May; CC BY 4.0."),
    )  # fmt: skip
    embargo_until = forms.DateField(
        label=_("Not before"), required=False, widget=Day,
        help_text=_("Readers see the file from this day on."),
    )  # fmt: skip


class AdoptionForm(forms.Form):
    """That a work was taken up."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Adoption.Kind.choices)
    adopter = forms.CharField(label=_("By whom"), max_length=200)
    level = forms.ChoiceField(label=pgettext_lazy("work", "Level"), choices=Work.Level.choices[:4])
    adopted_on = forms.DateField(label=_("On"), widget=Day)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)
    file = forms.FileField(
        label=_("Evidence"), help_text=_("The instruction or the letter, as a picture or PDF.")
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=300, required=False,
        help_text=_("Needed where the period is closed already."),
    )  # fmt: skip
