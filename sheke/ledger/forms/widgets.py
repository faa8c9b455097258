"""Fields that several forms of the ledger share."""

from __future__ import annotations

from typing import Any

from django import forms

from sheke.directory.models import Organisation

from ..models import Heading


class Day(forms.DateInput):
    """The browser's own date field."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class OrganisationField(forms.ModelChoiceField):
    """An organisation by its code."""

    def __init__(self, **options: Any) -> None:
        options = {"queryset": Organisation.objects.all(), "to_field_name": "code"} | options
        super().__init__(**options)


class OrganisationsField(forms.ModelMultipleChoiceField):
    """Several organisations by their codes."""

    def __init__(self, **options: Any) -> None:
        options = {"queryset": Organisation.objects.all(), "to_field_name": "code"} | options
        super().__init__(**options)


class HeadingField(forms.ModelChoiceField):
    """A plan item; its year tells plans apart."""

    def __init__(self, **options: Any) -> None:
        defaults: dict[str, Any] = {"queryset": Heading.objects.none(), "required": False}
        super().__init__(**(defaults | options))

    def label_from_instance(self, heading: Any) -> str:
        return f"{heading.year} · {heading}"


class Files(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files; cleans to a list."""

    widget = Files

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(file, initial) for file in files if file]
