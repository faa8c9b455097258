"""A filled-in import table of many rows."""

from __future__ import annotations

from io import BytesIO

from openpyxl import Workbook

from sheke.ledger.imports.layout import layout_of

from .world import World


def workbook(world: World, rows: int) -> BytesIO:
    """`rows` records of the first record type, by every organisation in turn."""
    columns = layout_of(world.types[0]).columns
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append([column.heading for column in columns])
    for n in range(rows):
        values = {
            "title": f"Imported {n}",
            "happened_on": f"2025-{n % 12 + 1:02}-{n % 28 + 1:02}",
            "organisation": world.organisations[n % len(world.organisations)].code,
            "people": n % 300,
            "level": f"v{n % 5}",
        }
        sheet.append([values.get(column.key) for column in columns])
    file = BytesIO()
    book.save(file)
    file.seek(0)
    return file
