"""Forms of the editors. They print and keep what was typed; the schemas say what is wrong with it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from . import labels
from .references import Known
from .schemas import NEEDS
from .validation import Fault

LINES = {"rows": 3}


class DefinitionForm(forms.Form):
    """What record types and indicators have in common."""

    name_zh = forms.CharField(label=_("Name in Chinese"))
    name_en = forms.CharField(label=_("Name in English"), required=False)
    unit_zh = forms.CharField(label=_("Measure word"), help_text=_("Such as 场, 人次, 篇, %"))
    unit_en = forms.CharField(label=_("Measure word in English"), required=False)
    group = forms.ChoiceField(label=_("Group"))
    key = forms.CharField(
        label=_("Key"),
        required=False,
        help_text=_(
            "Small letters, digits and _; other definitions, commands and reports name it. "
            "Made from the English name if left empty; it cannot change later."
        ),
    )
    synonyms = forms.CharField(
        label=_("Other words for it"),
        required=False,
        help_text=_("Nouns by which texts name it, separated by 、: 讲座、报告会"),
    )
    note = forms.CharField(
        label=_("What changed and why"),
        required=False,
        help_text=_("Stands in the list of editions."),
    )

    def __init__(self, data: dict[str, Any], *, known: Known, fixed: bool = False) -> None:
        """`data` is a draft's data; `fixed` where the key exists already."""
        super().__init__(initial=flat(data))
        self.errors_of: dict[str, list[str]] = {}
        groups = [(key, str(group.name)) for key, group in known.groups.items()]
        self.fields["group"].choices = [("", "—"), *groups]  # type: ignore[attr-defined]
        self.fields["key"].disabled = fixed

    def blame(self, faults: list[Fault]) -> list[Fault]:
        """Put each fault beside its field; those that belong to no field here are returned."""
        self._errors = forms.utils.ErrorDict()
        rest = []
        for fault in faults:
            name = fault.field.replace(".", "_")
            name = name if name in self.fields else f"{name}_zh"
            if name in self.fields:
                self._errors.setdefault(name, self.error_class()).append(fault.message)
            else:
                rest.append(fault)
        return rest


class IndicatorForm(DefinitionForm):
    definition_zh = forms.CharField(
        label=_("Definition in words (Chinese)"),
        widget=forms.Textarea(LINES),
        help_text=_("What counts, what does not, how co-hosted work counts, which date."),
    )
    definition_en = forms.CharField(
        label=_("Definition in words (English)"), widget=forms.Textarea(LINES), required=False
    )
    measure = forms.ChoiceField(label=_("Which amount"))
    distinct = forms.ChoiceField(label=_("Different values of"))
    numerator = forms.ChoiceField(label=_("Indicator above the line"))
    denominator = forms.ChoiceField(label=_("Indicator below the line"))
    factor = forms.CharField(label=_("Times"), help_text=_("100 for a percentage"), required=False)
    date = forms.ChoiceField(label=_("Counted by"), choices=[*labels.DATES.items()])
    places = forms.IntegerField(label=_("Decimal places"), min_value=0, max_value=4, required=False)
    verbs = forms.CharField(
        label=_("Verbs"), required=False, help_text=_("Verbs before the figure: 举办、开展")
    )

    def __init__(
        self, data: dict[str, Any], *, known: Known, options: Any, fixed: bool = False
    ) -> None:
        super().__init__(data, known=known, fixed=fixed)
        lists = {
            "measure": options.measures, "distinct": options.distincts,
            "numerator": options.indicators, "denominator": options.indicators,
        }  # fmt: skip
        for name, choices in lists.items():
            self.fields[name].choices = [("", "—"), *choices]  # type: ignore[attr-defined]
        self.needs = NEEDS.get(data.get("aggregate", ""), set())


class RecordTypeForm(DefinitionForm):
    about_zh = forms.CharField(
        label=_("What is recorded (Chinese)"),
        widget=forms.Textarea(LINES),
        help_text=_("One sentence for those who enter records: what makes one record."),
    )
    about_en = forms.CharField(
        label=_("What is recorded (English)"), widget=forms.Textarea(LINES), required=False
    )
    evidence = forms.ChoiceField(label=_("Evidence"), choices=[*labels.EVIDENCE.items()])


class YamlForm(forms.Form):
    text = forms.CharField(
        label=_("YAML"),
        max_length=50_000,
        widget=forms.Textarea({"rows": 26, "spellcheck": "false", "class": "yaml"}),
    )
    note = forms.CharField(label=_("What changed and why"), required=False)


def flat(data: dict[str, Any]) -> dict[str, Any]:
    """A draft's data as the initial values of the form's fields."""
    initial: dict[str, Any] = {}
    for name, value in data.items():
        if isinstance(value, dict):
            initial |= {f"{name}_{language}": text for language, text in value.items()}
        elif name in ("synonyms", "verbs"):
            initial[name] = "、".join(value)
        else:
            initial[name] = value
    return initial
