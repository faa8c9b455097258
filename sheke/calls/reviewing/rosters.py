"""A table of reviewers, read: name, employer, disciplines, topic words, phone, mail, load."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sheke.core.errors import BadInput, Problem
from sheke.core.tables import Cell, read_table
from sheke.directory.models import Organisation, Person

from ..models import Call
from .problems import split_words

# Headings in both languages, whatever the reader speaks.
HEADINGS = {
    "name": ("姓名", "Name"), "employer": ("工作单位", "Employer"),
    "disciplines": ("学科", "Disciplines"), "words": ("研究方向", "Topic words"),
    "phone": ("手机", "Phone"), "email": ("邮箱", "Mail"), "load": ("评审数量", "Load"),
}  # fmt: skip
MOST = 500


@dataclass
class Line:
    """One row. `person` is None for somebody whom the directory does not know; `note` says what to know."""

    row: int
    name: str
    phone: str = ""
    email: str = ""
    person: Person | None = None
    organisation: Organisation | None = None
    disciplines: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    load: tuple[int | None, int | None] = (None, None)
    note: str = ""

    def values(self) -> dict[str, Any]:
        """As fields of a reviewer."""
        return {
            "organisation": self.organisation, "disciplines": self.disciplines,
            "words": self.words, "load_least": self.load[0], "load_most": self.load[1],
        }  # fmt: skip


def read_lines(call: Call, file: BinaryIO, name: str) -> list[Line]:
    """The rows of a table. Raises BadInput that lists every wrong row."""
    known = [heading for pair in HEADINGS.values() for heading in pair]
    table = read_table(file, name, known=known)
    columns = {
        key: next((h for h in table.headings if h.rstrip("*") in names), "")
        for key, names in HEADINGS.items()
    }
    if not columns["name"]:
        raise BadInput(_("The table has no column “%(name)s”.") % {"name": HEADINGS["name"][0]})
    reader, lines = _Reader(call, columns), []
    for number, row in table.rows:
        line = reader.line(number, row)
        if line is not None:
            lines.append(line)
    if reader.problems:
        first = reader.problems[0]
        said = {"n": len(reader.problems), "row": first.row, "what": first.message}
        text = _("%(n)s rows cannot be used. Row %(row)s: %(what)s") % said
        raise BadInput(text, reader.problems)
    return lines


class _Reader:
    def __init__(self, call: Call, columns: dict[str, str]) -> None:
        self.columns, self.problems = columns, list[Problem]()
        discipline = call.programme.used_as("discipline")
        self.disciplines = {
            word: choice.key
            for choice in (discipline.choices if discipline else ())
            for word in (choice.key, choice.name.zh, choice.name.en or "")
        }
        self.seen: set[tuple[str, str, str]] = set()

    def line(self, number: int, row: dict[str, Cell]) -> Line | None:
        text = {key: _text(row.get(heading)) for key, heading in self.columns.items()}
        line = Line(number, text["name"], text["phone"], text["email"].lower())
        if not line.name:
            return self._wrong(number, "name", _("The name is missing."))
        mark = (line.name, line.phone, line.email)
        if mark in self.seen:
            return self._wrong(number, "name", _("Stands in the table twice."))
        self.seen.add(mark)
        if text["employer"]:
            line.organisation = _organisation(text["employer"])
            if line.organisation is None:
                line.note = _("“%(name)s” is not in the directory: colleagues cannot be told.") % {
                    "name": text["employer"]
                }
        line.words = split_words(text["words"])
        for word in split_words(text["disciplines"]):
            if word not in self.disciplines:
                return self._wrong(number, "disciplines",
                                   _("The call has no discipline “%(word)s”.") % {"word": word})  # fmt: skip
            line.disciplines.append(self.disciplines[word])
        try:
            line.load = _load(text["load"])
            line.person = _person(line)
        except BadInput as error:
            return self._wrong(number, "load", str(error))
        return line

    def _wrong(self, number: int, key: str, message: str) -> Line | None:
        self.problems.append(Problem(number, self.columns.get(key) or HEADINGS[key][0], message))
        return None


def _text(cell: Cell) -> str:
    return "" if cell is None else " ".join(str(cell).split())


def _organisation(name: str) -> Organisation | None:
    for wanted in ("name", "short_name", "code"):
        found = Organisation.objects.filter(**{wanted: name}).order_by("path").first()
        if found is not None:
            return found
    return None


def _load(text: str) -> tuple[int | None, int | None]:
    """“20” is at most 20; “5-20” at least 5 and at most 20."""
    least, _dash, most = text.replace("—", "-").replace("–", "-").partition("-")
    if not text:
        return None, None
    numbers = [part.strip() for part in ((least, most) if most else ("", least))]
    if any(part and not part.isdecimal() for part in numbers):
        raise BadInput(_("“%(text)s” is no load; write 20 or 5-20.") % {"text": text})
    low, high = (int(part) if part else None for part in numbers)
    if high is None or high > MOST or (low or 0) > high:
        raise BadInput(_("“%(text)s” is no load; write 20 or 5-20.") % {"text": text})
    return low, high


def _person(line: Line) -> Person | None:
    """By phone, by mail, then by name and employer. Raises BadInput where two people fit."""
    people = Person.objects.filter(erasure=None, name=line.name)
    for address in ({"phone": line.phone}, {"email__iexact": line.email}):
        if all(address.values()):
            found = list(people.filter(**address)[:2])
            if len(found) == 1:
                return found[0]
    if line.organisation is not None:
        people = people.filter(tenures__organisation__path__startswith=line.organisation.path)
        found = list(people.distinct()[:2])
        if len(found) > 1:
            raise BadInput(_("More than one %(name)s works there; give the phone number.")
                           % {"name": line.name})  # fmt: skip
        return found[0] if found else None
    return None


def headings() -> list[str]:
    """For an export in the reader's language."""
    return [
        pgettext("reviewer", "Name"), _("Employer"), _("Disciplines"), _("Topic words"),
        _("Phone"), _("Mail"), pgettext("reviewer", "Load"),
    ]  # fmt: skip
