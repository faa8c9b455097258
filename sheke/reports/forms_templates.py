"""Forms of templates and bindings; they only validate."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sheke.definitions.queries import indicators
from sheke.directory.models import Organisation
from sheke.reports.models import Slot, Template
from sheke.reports.printing import Printing, read_printing

_DAY = re.compile(r"(?:\d{4}-)?\d{1,2}-\d{1,2}")
MAGNITUDES = [("", _("as it is")), *((word, word) for word in ("千", "万", "百万", "千万", "亿"))]
ROUNDINGS = [
    ("half-up", _("to the nearest")),
    ("truncate", _("always down")),
    ("up", _("always up")),
]
SUFFIXES = [("", "—"), ("余", "余"), ("多", "多"), ("+", "+")]
NUMERALS = [("arabic", "123"), ("chinese", "一二三"), ("full-width", "１２３")]


class UploadForm(forms.Form):
    """A document that is to become a template."""

    file = forms.FileField(label=_("Document"), help_text=_("A .docx or .txt, at most 20 MB."))
    title = forms.CharField(
        label=_("Title"), max_length=300, required=False,
        help_text=_("Left empty: the document's own first line."),
    )  # fmt: skip
    year = forms.IntegerField(
        label=_("Year the text speaks of"), min_value=1990, max_value=2100, required=False,
        help_text=_("Left empty: read from the text."),
    )  # fmt: skip
    previous = forms.ModelChoiceField(
        label=_("Carry bindings over from"), queryset=Template.objects.none(), required=False,
        empty_label=_("the latest template"),
    )  # fmt: skip

    def __init__(self, *args: Any, templates: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["previous"].queryset = templates  # type: ignore[attr-defined]


class DetailForm(forms.Form):
    """Indicator, period, scope and printing of one slot."""

    indicator = forms.ChoiceField(label=_("Indicator"))
    first = forms.CharField(
        label=_("From"), required=False, help_text=_("03-01; empty: the report's")
    )
    last = forms.CharField(
        label=_("Until"), required=False, help_text=_("10-31; empty: the report's")
    )
    years = forms.IntegerField(
        label=_("Years off"), required=False, min_value=-30, max_value=30,
        help_text=_("-1: the year before the report's"),
    )  # fmt: skip
    kinds = forms.MultipleChoiceField(
        label=_("Only these kinds"), required=False, choices=Organisation.Kind.choices,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    own = forms.BooleanField(label=_("Only the organisation itself"), required=False)
    magnitude = forms.ChoiceField(label=_("Magnitude"), required=False, choices=MAGNITUDES)
    places = forms.IntegerField(
        label=_("Decimal places"), required=False, min_value=-6, max_value=6,
        help_text=_("1: one decimal; -1: tens"),
    )  # fmt: skip
    rounding = forms.ChoiceField(label=_("Rounded"), required=False, choices=ROUNDINGS)
    suffix = forms.ChoiceField(label=_("If there is more"), required=False, choices=SUFFIXES)
    numerals = forms.ChoiceField(label=_("Numerals"), required=False, choices=NUMERALS)
    separator = forms.BooleanField(label=_("Thousands separator"), required=False)
    unit = forms.CharField(label=_("Measure word"), required=False, max_length=20)

    def __init__(self, *args: Any, slot: Slot, **options: Any) -> None:
        options["initial"] = _initial(slot)
        super().__init__(*args, **options)
        self.slot = slot
        known = sorted(indicators().items(), key=lambda pair: str(pair[1].indicator.name))
        self.fields["indicator"].choices = [  # type: ignore[attr-defined]
            (key, f"{edition.indicator.name}（{edition.indicator.unit}）") for key, edition in known
        ]

    def clean_first(self) -> str:
        return self._day("first")

    def clean_last(self) -> str:
        return self._day("last")

    def period(self) -> dict[str, Any]:
        """The declared period, only what was filled in."""
        return {k: self.cleaned_data[k] for k in ("first", "last", "years") if self.cleaned_data[k]}

    def scope(self) -> dict[str, Any]:
        scope: dict[str, Any] = {}
        if self.cleaned_data["kinds"]:
            scope["kinds"] = self.cleaned_data["kinds"]
        if self.cleaned_data["own"]:
            scope["own"] = True
        return scope

    def printing(self) -> dict[str, Any]:
        """What the form shows, over what it does not (the words in the text around)."""
        held = read_printing(self.slot.printing).model_dump()
        held |= {name: self.cleaned_data[name] for name in _PRINTED}
        held["places"] = self.cleaned_data["places"] or 0
        held["rounding"] = self.cleaned_data["rounding"] or "half-up"
        held["numerals"] = self.cleaned_data["numerals"] or "arabic"
        return held

    def _day(self, name: str) -> str:
        day = str(self.cleaned_data[name]).strip()
        if day and not _DAY.fullmatch(day):
            raise forms.ValidationError(_("Write month and day: 10-31."))
        return day


_PRINTED = ("magnitude", "places", "rounding", "suffix", "numerals", "separator", "unit")


def _initial(slot: Slot) -> dict[str, Any]:
    printing: Printing = read_printing(slot.printing)
    return {
        "indicator": slot.indicator.key if slot.indicator else "",
        "first": slot.period.get("first", ""),
        "last": slot.period.get("last") or slot.period.get("until", ""),
        "years": slot.period.get("years"),
        "kinds": slot.scope.get("kinds", []),
        "own": slot.scope.get("own", False),
        **{name: getattr(printing, name) for name in _PRINTED},
    }
