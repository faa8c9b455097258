"""Topic guides and quotas as people write them: pasted lines, sheets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sheke.core.errors import BadInput, Problem
from sheke.core.numerals import whole_number
from sheke.core.tables import read_table, write_xlsx
from sheke.directory.models import Organisation

from .actions.calls import TopicLine
from .models import Call

# “A-03 文旅融合研究”, “12、县域治理”, “（3）……”
NUMBERED = re.compile(r"[（(]?([A-Za-z]{0,3}-?\d{1,4}(?:[-.]\d{1,4})*)[)）、.．:：\s]+(\S.*)")
MOST_TOPICS = 2000


def topics_in_text(text: str) -> list[TopicLine]:
    """The entries of a pasted guide, one a line; a number at its beginning is taken as such. Between
    tabs stand number, title and note. Raises BadInput for a line that is too long.
    """
    found: dict[tuple[str, str], TopicLine] = {}
    for place, line in enumerate(text.splitlines(), start=1):
        if one := _topic(line, place):
            found.setdefault((one.number, one.title), one)
    if len(found) > MOST_TOPICS:
        raise BadInput(_("A guide has at most %(n)s topics.") % {"n": MOST_TOPICS})
    return list(found.values())


def topics_in_table(file: BinaryIO, name: str) -> list[TopicLine]:
    """The entries of a sheet with the columns number, topic and note. Raises BadInput."""
    number, title, note = _("Number"), _("Topic"), _("Note")
    table = read_table(file, name, known=(number, title, note))
    table.require(title)
    lines = []
    for _row, cells in table.rows:
        words = ["" if cells.get(key) is None else str(cells[key]) for key in (number, title, note)]
        lines.append("\t".join(" ".join(word.split()) for word in words))
    return topics_in_text("\n".join(lines))


def topics_as_text(call: Call) -> str:
    """The guide as it is pasted."""
    return "\n".join(
        f"{t.number}\t{t.title}\t{t.note}".rstrip("\t") if t.note else f"{t.number} {t.title}".strip()
        for t in call.topics.all()
    )  # fmt: skip


def quotas_table(places: Mapping[Organisation, tuple[int, int]], title: str) -> bytes:
    """The quotas as a sheet to change and read back: {organisation: (places, taken)}."""
    rows = [[o.code, o.name, n, taken] for o, (n, taken) in places.items()]
    heads = [
        _("Code"),
        _("Organisation"),
        pgettext("quota", "Places"),
        pgettext("submission", "Recommended"),
    ]
    return write_xlsx(heads, rows, title=title, widths={_("Organisation"): 36})


def quotas_in_table(
    file: BinaryIO, name: str, organisations: Mapping[str, Organisation]
) -> dict[Organisation, int]:
    """The places of a sheet, by organisation. `organisations`: those that may be there, by code.

    An organisation may also be named instead. Raises BadInput naming each row that is wrong.
    """
    code, unit, places = _("Code"), _("Organisation"), pgettext("quota", "Places")
    table = read_table(file, name, known=(code, unit, places))
    table.require(places)
    by_name = {o.name: o for o in organisations.values()}
    by_name |= {o.short_name: o for o in organisations.values() if o.short_name}
    found: dict[Organisation, int] = {}
    problems = []
    for number, cells in table.rows:
        key, label = str(cells.get(code) or "").strip(), str(cells.get(unit) or "").strip()
        organisation = organisations.get(key) if key else by_name.get(label)
        if organisation is None:
            problems.append(Problem(number, code if key else unit, _(
                "There is no organisation “%(name)s” here.") % {"name": key or label}))  # fmt: skip
            continue
        if organisation in found:
            problems.append(Problem(number, code, _("It stands in the table twice.")))
        written = cells.get(places)
        count = whole_number("" if written is None else str(written), digits=5)
        if count is None:
            problems.append(Problem(number, places, _("Write a whole number of places.")))
            continue
        found[organisation] = count
    if problems:
        raise BadInput(first_problem(problems), problems)
    return found


def first_problem(problems: list[Problem]) -> str:
    """The first of them, with its place, and how many there are."""
    first = problems[0]
    text = _("Row %(row)s, “%(column)s”: %(message)s") % {
        "row": first.row, "column": first.column, "message": first.message,
    }  # fmt: skip
    if len(problems) > 1:
        text += " " + _("(%(n)s faults in all)") % {"n": len(problems)}
    return text


def _topic(line: str, place: int) -> TopicLine | None:
    if "\t" in line:
        number, title, note = (*(part.strip() for part in line.split("\t")), "", "")[:3]
        if not title:
            number, title = "", number
    else:
        match = NUMBERED.fullmatch(line.strip())
        number, title = match.groups() if match else ("", line.strip())
        note = ""
    if not title:
        return None
    if len(title) > 300 or len(number) > 20:
        raise BadInput(
            _("Line %(n)s: a topic has at most 300 characters, its number 20.") % {"n": place}
        )
    return TopicLine(number, title, note)
