"""What is asked when files are brought in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sheke.directory.models import Organisation

from ..intake.storing import Brought


class IntakeForm(forms.Form):
    """The files themselves are read from the request: there may be many."""

    organisation = forms.ModelChoiceField(
        label=_("Kept by"), queryset=Organisation.objects.none(), empty_label=None
    )
    title = forms.CharField(
        label=_("Name of the batch"), required=False, max_length=200,
        help_text=_("So that you find it again, such as “Reading rooms, 1998”. Left out, the time stands there."),
    )  # fmt: skip
    table = forms.FileField(
        label=_("List of the files (xlsx)"), required=False,
        help_text=_("One row a file: file name, title, authors, organisation, date, kind, keywords … It goes before what is found in the files."),
    )  # fmt: skip

    def __init__(self, *args: Any, kept: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["organisation"]
        field.queryset = kept  # type: ignore[attr-defined]
        if len(kept[:2]) == 1:
            field.initial, field.widget = kept[0].pk, forms.HiddenInput()


def brought(files: Iterable[Any], given: dict[str, dict[str, Any]]) -> Iterator[Brought]:
    """Uploaded files as the intake takes them."""
    for file in files:
        name = file.name or "?"
        yield name, file, given.get(name, {})
