"""The task breakdown of a plan as a table: who leads and supports each item, by when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from sheke.core.errors import Problem
from sheke.core.tables import Cell, Table, write_xlsx
from sheke.directory.models import Organisation

from .actions.duties import Assignment
from .models import Duty, Item, Plan
from .reading.deadlines import due_date, find_deadlines

NUMBER, TASK, LEAD, SUPPORT, DUE = "事项编号", "任务", "牵头单位", "配合单位", "完成时限"
COLUMNS = [NUMBER, TASK, LEAD, SUPPORT, DUE]
_OTHER_NAMES = {
    "编号": NUMBER, "序号": NUMBER, "事项": TASK, "工作任务": TASK, "重点任务": TASK, "任务内容": TASK,
    "责任单位": LEAD, "牵头部门": LEAD, "责任部门": LEAD, "协办单位": SUPPORT, "配合部门": SUPPORT,
    "时限": DUE, "完成时间": DUE, "时间节点": DUE,
}  # fmt: skip
KNOWN = {*COLUMNS, *_OTHER_NAMES}
_SIMILAR = 70
_OTHER_TASK = 45  # below this a task's words are not those of the item with its number
_SEPARATORS = re.compile(r"[、，,;；\n/]+")


@dataclass
class Breakdown:
    """A table that was read: what it would assign, and everything wrong with it."""

    assignments: list[Assignment] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    rows: int = 0


def read_breakdown(plan: Plan, table: Table) -> Breakdown:
    """Check every row. Items are found by number, else by the words of the task; organisations by
    code, name or short name. BadInput when a column is missing.
    """
    names = {heading: _OTHER_NAMES.get(heading, heading) for heading in table.headings}
    lacking = [c for c in (LEAD,) if c not in names.values()]
    table.require(*lacking)
    out = Breakdown()
    finder = _Finder(plan)
    for number, values in table.rows:
        out.rows += 1
        _read_row(number, {names[k]: v for k, v in values.items()}, finder, plan, out)
    return out


def template(plan: Plan) -> bytes:
    """The table for this plan with what is assigned so far, to be filled in."""
    rows = []
    duties: dict[int, list[Duty]] = {}
    for duty in Duty.objects.filter(item__plan=plan).select_related("organisation"):
        duties.setdefault(duty.item_id, []).append(duty)
    items = plan.items.exclude(kind=Item.Kind.PROBLEM)
    for item in items:
        held = duties.get(item.pk, [])
        due = max((d.due for d in held if d.due), default=None) or item.proposals.get("date")
        rows.append([item.number, item.title, _named(held, "lead"), _named(held, "support"), due])
    widths = {NUMBER: 12, TASK: 60, LEAD: 28, SUPPORT: 36, DUE: 14}
    return write_xlsx(COLUMNS, rows, title=_("Task breakdown"), widths=widths)


def _named(duties: list[Duty], role: str) -> str:
    return "、".join(duty.organisation.label for duty in duties if duty.role == role)


def _read_row(
    number: int, row: dict[str, Cell], finder: _Finder, plan: Plan, out: Breakdown
) -> None:
    if not any(row.get(column) for column in (LEAD, SUPPORT, DUE)):
        return  # an item that nothing is said of yet
    problems: list[Problem] = []
    item = finder.row_item(_text(row.get(NUMBER)), _text(row.get(TASK)))
    if item is None:
        column = NUMBER if row.get(NUMBER) else TASK
        message = _("No item of the plan has this number or task.")
        problems.append(Problem(number, column, message))
    due, wrong = _due(row.get(DUE), plan.year)
    if wrong:
        problems.append(Problem(number, DUE, wrong))
    found = []
    for column, role in ((LEAD, Duty.Role.LEAD), (SUPPORT, Duty.Role.SUPPORT)):
        for name in _names(row.get(column)):
            organisation = finder.organisation(name)
            if organisation is None:
                problems.append(Problem(number, column, finder.unknown(name)))
            else:
                found.append((organisation, role))
    if not found and not problems:
        if item and due and due.isoformat() == item.proposals.get("date"):
            return  # the day that the template prints; nobody is named yet
        problems.append(Problem(number, LEAD, _("Name who leads or supports.")))
    out.problems += problems
    if item and not problems:
        out.assignments += [Assignment(item, org, role, due) for org, role in found]


class _Finder:
    """Items and organisations by what people call them."""

    def __init__(self, plan: Plan) -> None:
        self.items = list(plan.items.exclude(kind=Item.Kind.PROBLEM))
        self.last: Item | None = None
        self.organisations: dict[str, Organisation | None] = {}
        for one in Organisation.objects.below(plan.organisation):
            for name in {one.code, one.name, one.short_name} - {""}:
                self.organisations[name] = None if name in self.organisations else one

    def row_item(self, number: str, task: str) -> Item | None:
        """The item of a row; one without number and task goes on with the row above (merged cells)."""
        if number or task:
            self.last = self.item(number, task)
        return self.last

    def item(self, number: str, task: str) -> Item | None:
        """By number where only one item has it and the task agrees, else by the task's words.

        Numbers of a table are often its own, not the plan's.
        """
        same = [i for i in self.items if number and _bare(i.number) == _bare(number)]
        if len(same) == 1 and (not task or _alike(task, same[0]) >= _OTHER_TASK):
            return same[0]
        if len(same) == 1:
            same = []
        among = same or self.items
        titles = {index: item.title for index, item in enumerate(among)}
        best = process.extractOne(task, titles, scorer=fuzz.partial_ratio) if task else None
        return among[best[2]] if best and best[1] >= _SIMILAR else None

    def organisation(self, name: str) -> Organisation | None:
        return self.organisations.get(name)

    def unknown(self, name: str) -> str:
        if name in self.organisations:
            return _("“%(name)s” is the name of several organisations; use the code.") % {
                "name": name
            }
        close = process.extractOne(name, list(self.organisations), score_cutoff=60)
        hint = _(" Is “%(name)s” meant?") % {"name": close[0]} if close else ""
        return _("There is no organisation “%(name)s” here.") % {"name": name} + hint


def _alike(task: str, item: Item) -> float:
    return max(fuzz.partial_ratio(task, item.title), fuzz.partial_ratio(task, item.text))


def _bare(number: str) -> str:
    return re.sub(r"[\s.．、()（）]", "", number)


def _text(cell: Cell) -> str:
    return "" if cell is None else str(cell).strip()


def _names(cell: Cell) -> Iterator[str]:
    return (name.strip() for name in _SEPARATORS.split(_text(cell)) if name.strip())


def _due(cell: Cell, year: int) -> tuple[date | None, str]:
    """A date, or words such as “6月底前”; what is wrong with it if it is neither."""
    if cell is None or isinstance(cell, date):
        return cell, ""
    text = _text(cell).replace("/", "-").replace(".", "-")
    try:
        return date.fromisoformat(text), ""
    except ValueError:
        times = find_deadlines(_text(cell), year)
    if due := due_date(times):
        return due, ""
    if any(time.every for time in times) or re.search("长期|持续|常年", text):
        return date(year, 12, 31), ""
    return None, _("“%(text)s” is no date; write 2025-06-30 or 6月底前.") % {"text": _text(cell)}
