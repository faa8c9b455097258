"""The columns that a table of records of one type has, for the template, the import and the export."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from django.utils.translation import gettext, gettext_lazy

from sheke.core.errors import Problem
from sheke.definitions.models import Edition
from sheke.definitions.schemas import Attribute, Measure, Words


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
                if heading not in PASSED_OVER:
                    problems.append(Problem(1, heading, self._unknown(heading)))
            elif column in found.values():
                problems.append(Problem(1, heading, gettext("This column stands there twice.")))
            else:
                found[heading] = column
        for column in self.columns:
            if column.required and column not in found.values() and column.key != "organisation":
                problems.append(Problem(1, column.heading, gettext("This column is missing.")))
        return found, problems

    def _unknown(self, heading: str) -> str:
        close = get_close_matches(heading, [c.heading for c in self.columns], n=1, cutoff=0.5)
        hint = gettext(" Is “%(name)s” meant?") % {"name": close[0]} if close else ""
        return (
            gettext("The record type has no such column; correct the heading or delete it.") + hint
        )


def layout_of(edition: Edition) -> Layout:
    """The columns of a record type, with headings in the language of the moment."""
    type_ = edition.record_type
    columns = [_own(key) for key in ("title", "happened_on", "ended_on", "organisation")]
    columns += [_amount(measure) for measure in type_.measures]
    columns += [_attribute(attribute) for attribute in type_.fields]
    columns += [_own(key) for key in ("cohosts", "supporters", "heading", "note")]
    return Layout(edition, tuple(_told_apart(columns)))


# Headings are part of a file's format: fixed in both languages, whatever the catalogue says.
OWN = {
    "title": (Words(zh="标题", en="Title"), gettext_lazy("What was done, as one line."), 44),
    "happened_on": (Words(zh="日期", en="Date"), gettext_lazy("The day, or the first of several: 2025-03-31."), 12),
    "ended_on": (Words(zh="结束日期", en="Until"), gettext_lazy("The last day, where there are several."), 12),
    "organisation": (Words(zh="单位", en="Organisation"), gettext_lazy("The reporting organisation, by its name, short name or code. Empty: the one chosen when importing."), 24),
    "cohosts": (Words(zh="联办单位", en="Co-hosts"), gettext_lazy("Organisations that held it together; it counts for each of them. Separated by 、"), 24),
    "supporters": (Words(zh="支持单位", en="Supporters"), gettext_lazy("Organisations that helped; they are named, not counted. Separated by 、"), 24),
    "heading": (Words(zh="要点事项", en="Plan item"), gettext_lazy("The item of the year's plan, by its number or title."), 16),
    "note": (Words(zh="备注", en="Note"), gettext_lazy("Anything else."), 24),
}  # fmt: skip
# What an exported list has beside them; an import passes these over.
EXPORTED = {
    "number": Words(zh="编号", en="No."),
    "evidence": Words(zh="佐证", en="Evidence"),
    "revision": Words(zh="版本", en="Version"),
    "state": Words(zh="状态", en="State"),
    "posted": Words(zh="入账时间", en="Posted"),
}
PASSED_OVER = frozenset(name for words in EXPORTED.values() for name in (words.zh, words.en))


def _own(key: str) -> Column:
    words, explanation, width = OWN[key]
    return Column(
        "own", key, str(words), frozenset({words.zh, words.en}), str(explanation),
        required=key in ("title", "happened_on", "organisation"), width=width,
    )  # fmt: skip


def _amount(measure: Measure) -> Column:
    words = [str(measure.help or ""), gettext("A number")]
    words.append(
        gettext("with at most %(n)s places") % {"n": measure.places} if measure.places else ""
    )
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
        "choice": gettext("One of the list"),
        "choices": gettext("Of the list; several separated by 、"),
        "boolean": gettext("Yes or no"),
        "number": gettext("A number"),
        "date": gettext("A day: 2025-03-31"),
        "text": gettext("A text of at most 200 characters"),
    }
    choices = tuple(str(choice.name) for choice in attribute.choices)
    explanation = "; ".join(filter(None, (str(attribute.help or ""), kinds[attribute.kind])))
    if choices:
        explanation += ": " + "、".join(choices)
    # Several values cannot be chosen from a drop-down, so those columns have none.
    listed = {"choice": choices, "boolean": (gettext("Yes"), gettext("No"))}.get(attribute.kind, ())
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
