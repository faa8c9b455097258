"""Submissions from a sheet: the template of a call's programme, and what a filled one says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from sheke.core.errors import BadInput, Problem
from sheke.core.tables import read_table, write_xlsx
from sheke.definitions.programmes import Field, PeopleRole, Programme
from sheke.directory.models import Organisation

from .applying.writing import guide
from .models import Call, Member
from .values import Topics, check_values
from .values.kinds import date_text

MOST = 20_000
TEXTS = {"title": 60, "degree": 60, "discipline": 60, "gender": 10, "phone": 30, "email": 254,
         "task": 300}  # fmt: skip


@dataclass
class Entry:
    """One row: clean values and the people behind them, ready to be written."""

    row: int
    values: dict[str, Any]
    organisation: Organisation | None
    people: list[dict[str, Any]] = field(default_factory=list)  # fields of Member, the lead first

    @property
    def lead(self) -> dict[str, Any]:
        return self.people[0]


@dataclass
class Columns:
    """The headings of a call's template, by what stands below them."""

    programme: Programme
    fields: dict[str, Field] = field(default_factory=dict)
    roles: dict[str, PeopleRole] = field(default_factory=dict)
    asked: dict[str, str] = field(default_factory=dict)  # heading: field of the lead

    def __post_init__(self) -> None:
        taken = {self.code, self.lead, self.employer}
        labels = {f.name: f for f in Member._meta.concrete_fields}
        for key in self.programme.people.asks:
            if key != "task":
                self.asked[_free(str(labels[key].verbose_name), key, taken)] = key
        for each in self.programme.fields:
            if each.kind != "files":
                self.fields[_free(str(each.name), each.key, taken)] = each
        for role in self.programme.people.roles:
            self.roles[_free(str(role.name), role.key, taken)] = role

    @property
    def code(self) -> str:
        return _("Code of the organisation")

    @property
    def lead(self) -> str:
        return str(self.programme.applicant)

    @property
    def employer(self) -> str:
        return _("Employer")

    @property
    def headings(self) -> list[str]:
        return [self.code, self.lead, self.employer, *self.asked, *self.fields, *self.roles]

    def heading(self, key: str) -> str:
        """Of a field of the form."""
        return next(h for h, each in self.fields.items() if each.key == key)


def template(call: Call) -> bytes:
    """The empty sheet: a column for each field, remarks on how to fill them in."""
    columns = Columns(call.programme)
    required = {columns.lead} | {h for h, f in columns.fields.items() if f.required}
    if not guide(call):
        required -= {h for h, f in columns.fields.items() if f.kind == "topic"}
    dropdowns = {
        h: [str(c.name) for c in f.choices]
        for h, f in columns.fields.items() if f.kind == "choice"
    }  # fmt: skip
    dropdowns |= {h: [_("Yes"), _("No")] for h, f in columns.fields.items() if f.kind == "boolean"}
    return write_xlsx(
        columns.headings, [], title=_("Submissions"), dropdowns=dropdowns, required=required,
        remarks=_remarks(columns), widths=dict.fromkeys(columns.headings, 18.0),
    )  # fmt: skip


def read_entries(call: Call, file: BinaryIO, name: str) -> list[Entry]:
    """The rows of a filled template, all of them right. Raises BadInput with each fault's place."""
    columns, topics = Columns(call.programme), guide(call)
    table = read_table(file, name, known=columns.headings)
    table.require(columns.lead, columns.heading(_title_key(call.programme)))
    if unknown := [h for h in table.headings if h and h not in columns.headings]:
        raise BadInput(
            _("“%(name)s” has columns that the template has not: %(columns)s")
            % {"name": name, "columns": "、".join(unknown)}
        )
    organisations = {o.code: o for o in Organisation.objects.all()}
    reader = _Reader(columns, topics, organisations, _there(call))
    entries = [reader.entry(number, cells) for number, cells in table.rows]
    if not entries and not reader.problems:
        raise BadInput(_("“%(name)s” has no rows.") % {"name": name})
    if len(entries) > MOST:
        raise BadInput(_("At most %(n)s rows at once.") % {"n": MOST})
    if reader.problems:
        raise BadInput(_summary(name, reader.problems), reader.problems)
    return [entry for entry in entries if entry is not None]


class _Reader:
    """Reads row after row and gathers what is wrong."""

    def __init__(
        self, columns: Columns, topics: Topics, organisations: dict[str, Organisation],
        there: set[tuple[str, str]],
    ) -> None:  # fmt: skip
        self.columns, self.topics, self.there = columns, topics, there
        self.by_code = organisations
        self.by_name = {o.name: o for o in organisations.values()}
        self.problems: list[Problem] = []

    def entry(self, row: int, cells: dict[str, Any]) -> Entry | None:
        """The row's entry, or None where something is wrong with it."""
        texts = {heading: _text(cell) for heading, cell in cells.items()}
        before = len(self.problems)
        values = self._values(row, texts)
        organisation = self._organisation(row, texts.get(self.columns.code, ""))
        people = [self._lead(row, texts, organisation), *self._others(row, texts)]
        title = str(values.get(_title_key(self.columns.programme), ""))
        self._once(row, title, people[0]["name"])
        if len(self.problems) > before:
            return None
        return Entry(row, values, organisation, people)

    def _values(self, row: int, texts: dict[str, str]) -> dict[str, Any]:
        given: dict[str, Any] = {}
        for heading, asked in self.columns.fields.items():
            text = texts.get(heading, "")
            given[asked.key] = _table_rows(asked, text) if asked.kind == "table" else text
        clean, faults = check_values(self.columns.programme, given, topics=self.topics)
        kinds = {f.key: f.kind for f in self.columns.programme.fields}
        for fault in faults:
            if kinds[fault.field] == "files":  # a sheet carries none; they are asked for afterwards
                continue
            self._wrong(row, self.columns.heading(fault.field), fault.message)
        return clean

    def _organisation(self, row: int, text: str) -> Organisation | None:
        if not text:
            if self.columns.programme.stages_of("recommend"):
                self._wrong(row, self.columns.code, _("Fill this in."))
            return None
        found = self.by_code.get(text) or self.by_name.get(text)
        if found is None:
            message = _("There is no organisation “%(name)s”.") % {"name": text[:40]}
            self._wrong(row, self.columns.code, message)
        return found

    def _lead(
        self, row: int, texts: dict[str, str], organisation: Organisation | None
    ) -> dict[str, Any]:
        name = texts.get(self.columns.lead, "")
        if not name:
            self._wrong(row, self.columns.lead, _("Fill this in."))
        employer = texts.get(self.columns.employer, "")
        lead: dict[str, Any] = {
            "role": Member.LEAD, "name": name[:100], "organisation": organisation,
            "employer": employer[:200] or (organisation.name if organisation else ""),
        }  # fmt: skip
        for heading, key in self.columns.asked.items():
            text = texts.get(heading, "")
            if key == "born_on":
                lead[key] = self._day(row, heading, text)
            elif len(text) > TEXTS[key]:
                self._wrong(row, heading, _("At most %(n)s characters.") % {"n": TEXTS[key]})
            else:
                lead[key] = text
        return lead

    def _others(self, row: int, texts: dict[str, str]) -> Iterator[dict[str, Any]]:
        place = 0
        for heading, role in self.columns.roles.items():
            lines = [line for line in texts.get(heading, "").splitlines() if line.strip()]
            if not role.least <= len(lines) <= role.most:
                message = _("%(least)s to %(most)s people, one a line; there are %(n)s.")
                said = {"least": role.least, "most": role.most, "n": len(lines)}
                self._wrong(row, heading, message % said)
            for line in lines:
                place += 1
                name, employer, title = (*_parts(line), "", "")[:3]
                yield {"role": role.key, "position": place, "name": name[:100],
                       "employer": employer[:200], "title": title[:60]}  # fmt: skip

    def _day(self, row: int, heading: str, text: str) -> date | None:
        try:
            return date.fromisoformat(date_text(text)) if text else None
        except ValueError as error:
            self._wrong(row, heading, str(error))
            return None

    def _once(self, row: int, title: str, lead: str) -> None:
        key = (title, lead)
        if title and lead and key in self.there:
            heading = self.columns.heading(_title_key(self.columns.programme))
            self._wrong(row, heading, _("This title of this person stands in the call already."))
        self.there.add(key)

    def _wrong(self, row: int, column: str, message: str) -> None:
        self.problems.append(Problem(row, column, message))


def _there(call: Call) -> set[tuple[str, str]]:
    sent = call.submissions.filter(sent__isnull=False)
    return set(sent.values_list("title", "lead_name"))


def _title_key(programme: Programme) -> str:
    used = programme.used_as("title")
    if used is None:  # every programme has one
        raise LookupError("title")
    return used.key


def _table_rows(asked: Field, text: str) -> list[dict[str, str]]:
    keys = [column.key for column in asked.columns]
    return [
        dict(zip(keys, _parts(line), strict=False)) for line in text.splitlines() if line.strip()
    ]


def _parts(line: str) -> list[str]:
    return [part.strip() for part in line.replace("｜", "|").split("|")]


def _text(cell: Any) -> str:
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    return "" if cell is None else str(cell).strip()


def _free(name: str, key: str, taken: set[str]) -> str:
    """A heading that stands once."""
    name = " ".join(name.split())
    heading = name if name not in taken else f"{name} ({key})"
    taken.add(heading)
    return heading


def _remarks(columns: Columns) -> dict[str, str]:
    remarks = {columns.code: _("As in the directory; the full name will do.")}
    for heading in columns.roles:
        remarks[heading] = _("One person a line: name | employer | academic title")
    for heading, asked in columns.fields.items():
        if asked.kind == "table":
            names = " | ".join(str(column.name) for column in asked.columns)
            remarks[heading] = _("One row a line: %(columns)s") % {"columns": names}
        elif asked.kind == "choices":
            remarks[heading] = _("Several with “、” between: %(names)s") % {
                "names": "、".join(str(c.name) for c in asked.choices)
            }
        elif asked.help:
            remarks[heading] = str(asked.help)
    return remarks


def _summary(name: str, problems: list[Problem]) -> str:
    first = problems[0]
    return _("“%(name)s”, row %(row)s, “%(column)s”: %(message)s (%(n)s faults in all; nothing was taken)") % {
        "name": name, "row": first.row, "column": first.column, "message": first.message,
        "n": len(problems),
    }  # fmt: skip
