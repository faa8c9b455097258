"""What the directory's commands share: printing, and tables in and out."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from django.core.serializers.json import DjangoJSONEncoder
from rich.console import Console
from rich.progress import Progress
from rich.table import Table as Grid

from sheke.core.errors import BadInput
from sheke.core.tables import read_table

from .models import Organisation, Person, Tenure
from .tables import (
    CHECKS,
    Checked,
    export_organisations,
    export_people,
    export_tenures,
    written,
)

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def print_json(data: object) -> None:
    sys.stdout.write(
        json.dumps(data, ensure_ascii=False, separators=(",", ":"), cls=DjangoJSONEncoder) + "\n"
    )


def print_table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    grid = Grid(*headings, box=None)
    for row in rows:
        grid.add_row(*row)
    Console().print(grid)


def import_table(what: str, file: Path, *, dry_run: bool, as_json: bool, **options: Any) -> None:
    """Check and take a table; problems are listed and end with BadInput."""
    table = read_table(file)
    checked = CHECKS[what](table, by=None, **options)
    if dry_run:
        checked.rehearse(by=None)
    if checked.problems:
        _show_problems(checked, as_json)
        raise BadInput(f"{file}: {len(checked.problems)} problems; nothing was taken")
    if not dry_run:
        with Progress(console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task(what, total=len(checked.steps))
            checked.apply(by=None, say=lambda done, _all: bar.update(task, completed=done))
    if as_json:
        print_json({"dry_run": dry_run, "counts": checked.counts, "problems": []})
    else:
        print("  ".join(f"{word} {count}" for word, count in checked.in_words) or "no rows")


def export_table(what: str, file: Path, *, as_json: bool) -> None:
    """Write the whole table to `file`, as its ending says."""
    kind = file.suffix.lower().lstrip(".")
    if kind not in ("xlsx", "csv"):
        raise BadInput(f"{file}: give the file the ending .xlsx or .csv")
    rows = ROWS[what]()
    try:
        file.write_bytes(written(what, rows, kind))
    except OSError as error:
        raise BadInput(f"{file}: cannot be written: {error.strerror}") from None
    if as_json:
        print_json({"file": str(file), "rows": len(rows)})
    else:
        print(f"{file}: {len(rows)} rows")


ROWS = {
    "organisations": lambda: export_organisations(
        Organisation.objects.select_related("parent").order_by("path")
    ),
    "people": lambda: export_people(Person.objects.all()),
    "tenures": lambda: export_tenures(Tenure.objects.select_related("person", "organisation")),
}


def _show_problems(checked: Checked, as_json: bool) -> None:
    if as_json:
        problems = [vars(problem) for problem in checked.problems]
        print_json({"dry_run": True, "counts": {}, "problems": problems})
        return
    for problem in checked.problems:
        print(f"row {problem.row}  {problem.column or '—'}: {problem.message}")
