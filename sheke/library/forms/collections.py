"""Forms of collections. They only validate."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sheke.directory.models import Organisation


class CollectionForm(forms.Form):
    """What a collection says of itself."""

    title = forms.CharField(label=_("Title"), max_length=200)
    introduction = forms.CharField(
        label=_("Introduction"), max_length=20_000, required=False,
        widget=forms.Textarea({"rows": 8}),
    )  # fmt: skip
    query = forms.CharField(
        label=pgettext_lazy("collection", "Query"), max_length=500, required=False,
        help_text=_("With a query the collection holds what it finds, also later; without one you place works by hand."),
    )  # fmt: skip
    cover = forms.ImageField(label=pgettext_lazy("collection", "Cover"), required=False)


class NewCollectionForm(CollectionForm):
    """A collection that the office begins."""

    slug = forms.SlugField(
        label=_("Short name in addresses"), max_length=60,
        help_text=_("Small Latin letters, digits and hyphens, such as local-history."),
    )  # fmt: skip
    organisation = forms.ModelChoiceField(label=_("Kept by"), queryset=Organisation.objects.none())
    field_order = ("organisation", "title", "slug")

    def __init__(self, *args: Any, kept: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["organisation"].queryset = kept  # type: ignore[attr-defined]


class PlacementForm(forms.Form):
    """A work's caption and place."""

    note = forms.CharField(label=_("Caption"), max_length=300, required=False)
    longitude = forms.FloatField(label=_("Longitude"), required=False)
    latitude = forms.FloatField(label=_("Latitude"), required=False)
