"""Last year's summary as a template with its bindings, and the reports made from it."""

from __future__ import annotations

from datetime import date

from sheke.definitions.queries import indicators
from sheke.directory.models import Account
from sheke.reports.actions.reports import fill_report, freeze_report
from sheke.reports.actions.slots import bind_slot, word_slot
from sheke.reports.actions.templates import create_template
from sheke.reports.models import Slot, Template
from sheke.reports.proposals import printing_for
from sheke.reports.sources import read_source_file

from .clock import clock
from .organisations import Tree
from .source import folder, read

YEAR = 2024  # the summary speaks of it
DAYS = {2024: date(2025, 2, 8), 2025: date(2026, 1, 15)}  # a report of the year is made on the day
FROZEN = (2024,)


def make_reports(tree: Tree, by: Account, today: date) -> None:
    """Template, a frozen report of its own year, and one of the year after, to be worked on."""
    if DAYS[YEAR] > today:
        return
    with clock(DAYS[YEAR]):
        template = _make_template(tree, by)
    for year, day in DAYS.items():
        if day > today:
            continue
        with clock(day):
            period = (date(year, 1, 1), date(year, 12, 31))
            report = fill_report(template=template, organisation=tree.root, period=period, by=by)
            if year in FROZEN:
                freeze_report(report=report, by=by)


def _make_template(tree: Tree, by: Account) -> Template:
    source = read_source_file(folder() / f"summary-{YEAR}.docx")
    template = create_template(
        organisation=tree.root, source=source, by=by, title=f"云川市社科联{YEAR}年工作总结",
        year=YEAR, key="yunchuan-summary",
    )  # fmt: skip
    _bind(template, by)
    return template


def _bind(template: Template, by: Account) -> None:
    """Bind what the source names, in its order; any other figure is a constant of the text."""
    known = indicators()
    bindings = list(read(f"summary-{YEAR}.bindings"))
    for slot in template.slots.select_related("template").order_by("start"):
        if not bindings or bindings[0]["text"] != slot.text:
            word_slot(slot=slot, binding=Slot.Binding.CONSTANT, wording="", by=by)
            continue
        entry = bindings.pop(0)
        edition = known[entry["indicator"]]
        bind_slot(
            slot=slot, indicator=edition.definition, by=by, period=entry.get("period"),
            scope=entry.get("scope"),
            printing=printing_for(slot, edition).model_dump(exclude_defaults=True),
        )  # fmt: skip
    if bindings:
        raise LookupError(f"{template}: no slot reads “{bindings[0]['text']}”")
