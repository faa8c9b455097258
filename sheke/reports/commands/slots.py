"""sheke report slots FILE"""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.table import Table

from sheke.reports.slots import Slot, Warning, find_slots, warnings_for
from sheke.reports.sources import read_source_file

from .output import print_json


def show_slots(path: Path, *, as_json: bool) -> None:
    """Print the figures and blanks of a document, and warnings about its wording."""
    source = read_source_file(path, raw=True)
    text = source.text
    found = find_slots(text, source.rows)
    warnings = warnings_for(text, found)
    if as_json:
        print_json(
            {
                "slots": [slot.as_json() for slot in found],
                "warnings": [warning.as_json() for warning in warnings],
            }
        )
    else:
        _print_table(found, warnings)


def _print_table(found: list[Slot], warnings: list[Warning]) -> None:
    table = Table("start", "end", "text", "value", "unit", "verb", "object", "context", box=None)
    for slot in found:
        value = "–" if slot.value is None else f"{slot.value:,}"
        table.add_row(
            str(slot.start), str(slot.end), slot.text, value, slot.unit or "", slot.verb,
            slot.object, slot.context,
        )  # fmt: skip
    console = Console()
    console.print(table)
    for warning in warnings:
        console.print(f"{warning.start}: {warning.text}: {warning.message}", markup=False)
    blanks = sum(slot.blank for slot in found)
    console.print(f"{len(found)} slots, {blanks} of them blank; {len(warnings)} warnings")
