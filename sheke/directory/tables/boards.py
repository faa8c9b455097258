"""A new board as a table: name or person number, post, role."""

from __future__ import annotations

import io
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override, pgettext_lazy

from sheke.core.errors import BadInput
from sheke.core.tables import Table, read_table, write_csv

from ..boards import Entry, People
from ..models import Person, Tenure
from .columns import Column, choice_of, text_of
from .importing import Reader, Row, summary

COLUMNS = (
    Column("person", pgettext_lazy("directory", "person"), text_of(100)),
    Column("post", pgettext_lazy("directory", "post"), text_of(100), width=24),
    Column("role", pgettext_lazy("directory", "role"), choice_of(Tenure.Role)),
    Column("person_code", gettext_lazy("person number"), text_of(40)),
)
# What a post is called tells the role where the table does not.
LEADING = ("主席", "会长", "理事长", "president", "chair")
KEEPING = ("秘书", "secretary")


def read_board(table: Table, people: People) -> list[Entry]:
    """The seats of the table. Raises BadInput with the problems by row and column."""
    reader = Reader(table, COLUMNS)
    entries = []
    for row in reader.rows():
        if not (row["person"] or row["person_code"]):
            reader.wrong(row, "person", _("give the number or the name"))
            continue
        role = row["role"] or role_of(row["post"] or "")
        if role not in Tenure.BOARD:
            reader.wrong(row, "role", _("is no role of a board"))
        if role == Tenure.Role.MEMBER and not row["post"]:
            reader.wrong(row, "post", _("must not be empty"))
        try:
            person = _person(row, people)
        except BadInput as error:
            reader.wrong(row, "person_code" if row["person_code"] else "person", str(error))
            continue
        name = person.name if person else row["person"]
        entries.append(Entry(name, role, row["post"] or "", person))
    if reader.problems:
        raise BadInput(summary(reader.problems), reader.problems)
    return entries


def _person(row: Row, people: People) -> Person | None:
    if not row["person_code"]:
        return people.named(row["person"])
    person = people.by_number(row["person_code"])
    if row["person"] and row["person"] != person.name:
        raise BadInput(_("the number belongs to %(name)s") % {"name": person.name})
    return person


def role_of(post: str) -> str:
    """The role that a post's name speaks of: 副会长 leads, 秘书长 is the secretary, 理事 a member."""
    said = post.casefold()
    if any(word in said for word in KEEPING):
        return Tenure.Role.SECRETARY
    if any(word in said for word in LEADING) and "荣誉" not in said and "名誉" not in said:
        return Tenure.Role.LEADER
    return Tenure.Role.MEMBER


def read_pasted(text: str) -> Table:
    """Rows pasted from a table or typed: columns apart by tabs, commas or spaces.

    Headings may be left out; then the columns are name, post, role, person number.
    """
    lines = [_cells(line) for line in text.splitlines() if line.strip()]
    if not lines:
        raise BadInput(_("Choose a file or paste rows."))
    headings = {name for column in COLUMNS for name in column.headings()}
    if not any(cell.casefold() in headings for cell in lines[0]):
        with override("zh-hans"):
            lines.insert(0, [str(column.heading) for column in COLUMNS])
    width = len(lines[0])
    if over := [line for line in lines[1:] if len(line) > width]:
        raise BadInput(_("Too many columns in the row “%(row)s”.") % {"row": " ".join(over[0])})
    rows: list[list[Any]] = [[*line, *[None] * (width - len(line))] for line in lines[1:]]
    return read_table(io.BytesIO(write_csv(lines[0], rows)), "pasted.csv")


def _cells(line: str) -> list[str]:
    for sign in ("\t", "，", ",", "、"):
        if sign in line:
            return [cell.strip() for cell in line.split(sign)]
    return line.split()
