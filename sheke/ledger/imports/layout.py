"""The columns that a table of records of one type has, for the template, the import and the export."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from django.utils.translation import gettext, gettext_lazy, gettext_noop, override
from django.utils.translation import gettext as _

from sheke.core.errors import Problem
from sheke.definitions.models import Edition
from sheke.definitions.schemas import Attribute, Measure

LANGUAGES = ("zh-hans", "en")


@dataclass(frozen=True)
class Column:
    """One column. `part` is own, amount or attribute; `names` are the headings it is known by."""

    part: str
    key: str
    heading: str
    names: frozenset[str]
    explanation: str
    required: bool = False
    width: float = 14
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Layout:
    edition: Edition
    columns: tuple[Column, ...]

    def matched(self, headings: Sequence[str]) -> tuple[dict[str, Column], list[Problem]]:
        """The columns by the headings of a table, and what is wrong with its first row."""
        found: dict[str, Column] = {}
        problems = []
        for heading in filter(None, headings):
            column = next((c for c in self.columns if heading in c.names), None)
            if column is None:
                if heading not in only_exported():
                    problems.append(Problem(1, heading, self._unknown(heading)))
            elif column in found.values():
                problems.append(Problem(1, heading, _("This column stands there twice.")))
            else:
                found[heading] = column
        for column in self.columns:
            if column.required and column not in found.values() and column.key != "organisation":
                problems.append(Problem(1, column.heading, _("This column is missing.")))
        return found, problems

    def _unknown(self, heading: str) -> str:
        close = get_close_matches(heading, [c.heading for c in self.columns], n=1, cutoff=0.5)
        hint = _(" Is “%(name)s” meant?") % {"name": close[0]} if close else ""
        return _("The record type has no such column; correct the heading or delete it.") + hint


def layout_of(edition: Edition) -> Layout:
    """The columns of a record type, with headings in the language of the moment."""
    type_ = edition.record_type
    columns = [_own(key) for key in ("title", "happened_on", "ended_on", "organisation")]
    columns += [_amount(measure) for measure in type_.measures]
    columns += [_attribute(attribute) for attribute in type_.fields]
    columns += [_own(key) for key in ("cohosts", "supporters", "heading", "note")]
    return Layout(edition, tuple(_told_apart(columns)))


OWN = {
    "title": (gettext_noop("Title"), gettext_lazy("What was done, as one line."), 44),
    "happened_on": (gettext_noop("Date"), gettext_lazy("The day, or the first of several: 2025-03-31."), 12),
    "ended_on": (gettext_noop("Until"), gettext_lazy("The last day, where there are several."), 12),
    "organisation": (gettext_noop("Organisation"), gettext_lazy("The reporting organisation, by its name, short name or code. Empty: the one chosen when importing."), 24),
    "cohosts": (gettext_noop("Co-hosts"), gettext_lazy("Organisations that held it together; it counts for each of them. Separated by 、"), 24),
    "supporters": (gettext_noop("Supporters"), gettext_lazy("Organisations that helped; they are named, not counted. Separated by 、"), 24),
    "heading": (gettext_noop("Plan item"), gettext_lazy("The item of the year's plan, by its number or title."), 16),
    "note": (gettext_noop("Note"), gettext_lazy("Anything else."), 24),
}  # fmt: skip


def only_exported() -> set[str]:
    """Headings that an exported list has and an import passes over."""
    return _everywhere(
        *(gettext_noop("No."), gettext_noop("Evidence"), gettext_noop("Version")),
        *(gettext_noop("State"), gettext_noop("Posted")),
    )


def _everywhere(*messages: str) -> set[str]:
    """Messages in every language of the interface."""
    found = set()
    for language in LANGUAGES:
        with override(language):
            found |= {gettext(message) for message in messages}
    return found


def _own(key: str) -> Column:
    message, explanation, width = OWN[key]
    return Column(
        "own", key, gettext(message), frozenset(_everywhere(message)), str(explanation),
        required=key in ("title", "happened_on", "organisation"), width=width,
    )  # fmt: skip


def _amount(measure: Measure) -> Column:
    words = [str(measure.help or ""), _("A number")]
    words.append(_("with at most %(n)s places") % {"n": measure.places} if measure.places else "")
    names = {
        name
        for title in (measure.name.zh, measure.name.en)
        for unit in (measure.unit.zh, measure.unit.en)
        for name in (title, f"{title}（{unit}）", f"{title}({unit})")
        if title
    }
    return Column(
        "amount", measure.key, f"{measure.name}（{measure.unit}）", frozenset(names | {measure.key}),
        "; ".join(filter(None, words)), measure.required, 16,
    )  # fmt: skip


def _attribute(attribute: Attribute) -> Column:
    kinds = {
        "choice": _("One of the list"),
        "choices": _("Of the list; several separated by 、"),
        "boolean": _("Yes or no"),
        "number": _("A number"),
        "date": _("A day: 2025-03-31"),
        "text": _("A text of at most 200 characters"),
    }
    choices = tuple(str(choice.name) for choice in attribute.choices)
    explanation = "; ".join(filter(None, (str(attribute.help or ""), kinds[attribute.kind])))
    if choices:
        explanation += ": " + "、".join(choices)
    # Several values cannot be chosen from a drop-down, so those columns have none.
    listed = {"choice": choices, "boolean": (_("Yes"), _("No"))}.get(attribute.kind, ())
    names = {attribute.name.zh, attribute.name.en, attribute.key} - {""}
    return Column(
        "attribute", attribute.key, str(attribute.name), frozenset(names), explanation,
        attribute.required, 16, listed,
    )  # fmt: skip


def _told_apart(columns: list[Column]) -> list[Column]:
    """Columns of the same name get their key behind it; own columns keep theirs."""
    taken = {name for column in columns if column.part == "own" for name in column.names}
    apart = []
    for column in columns:
        if column.part != "own":
            names = column.names - taken
            if column.heading in taken:
                heading = f"{column.heading} [{column.key}]"
                column = Column(
                    column.part, column.key, heading, names | {heading}, column.explanation,
                    column.required, column.width, column.choices,
                )  # fmt: skip
            else:
                column = Column(**{**column.__dict__, "names": names})
            taken |= names
        apart.append(column)
    return apart
