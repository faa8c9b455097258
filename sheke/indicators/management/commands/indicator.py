"""sheke indicator value|rows|list"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from django.utils.translation import gettext as _
from django_typer.management import TyperCommand, command
from rich.console import Console
from rich.table import Table

from sheke.core.errors import BadInput
from sheke.definitions.models import Edition
from sheke.definitions.validation import near
from sheke.directory.models import Organisation
from sheke.indicators.catalogue import Catalogue
from sheke.indicators.evaluation import evaluate, record_page, records_behind
from sheke.indicators.plain import answer, as_data, summary
from sheke.indicators.questions import Question
from sheke.indicators.rows import Rows
from sheke.ledger.exports import csv_lines, workbook
from sheke.ledger.models import Record, RecordQuerySet

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Key = Annotated[str, typer.Argument(help="The indicator's key, as “indicator list” prints it.")]
Code = Annotated[str, typer.Option(help="The organisation's code; the only root if not given.")]
From = Annotated[str, typer.Option("--from", help="First day, as 2025-01-01; this year's first.")]
To = Annotated[
    str, typer.Option("--to", help="Last day, as 2025-12-31; the last of the first's year.")
]
Own = Annotated[bool, typer.Option("--own", help="The organisation alone, without those below it.")]


class Command(TyperCommand):
    help = _("Indicators: their values, and the records behind them.")

    @command(help="The value of an indicator for an organisation and a span of days.")
    def value(
        self, key: Key, organisation: Code = "", first: From = "", last: To = "", own: Own = False,
        as_json: Json = False,
    ) -> None:  # fmt: skip
        question, catalogue = ask(key, organisation, first, last, own)
        data = answer(question, catalogue)
        if as_json:
            return print_json(data)
        value = "—" if data["value"] is None else f"{data['value']:,}"
        self.stdout.write(f"{data['name']}: {value} {data['unit']}")
        self.stdout.write(
            f"{question.organisation.name} · {data['from']} – {data['to']} · {data['rows']} records"
        )

    @command(help="The records behind a value: on the screen, as JSON or csv, or as a file.")
    def rows(
        self, key: Key, organisation: Code = "", first: From = "", last: To = "", own: Own = False,
        limit: Annotated[int, typer.Option(min=0, help="At most so many; 0 for all.")] = 50,
        offset: Annotated[int, typer.Option(min=0, help="Leave out so many before.")] = 0,
        as_json: Json = False,
        as_csv: Annotated[bool, typer.Option("--csv", help="Print csv with all records.")] = False,
        output: Annotated[
            Path | None, typer.Option("-o", "--output", help="An .xlsx or .csv file with all records.")
        ] = None,
    ) -> None:  # fmt: skip
        question, catalogue = ask(key, organisation, first, last, own)
        if output or as_csv:
            return export(question, catalogue, output)
        total = len(Rows(question, evaluate(question, catalogue), catalogue))
        records = record_page(question, offset, limit or total, catalogue)
        if as_json:
            data = answer(question, catalogue) | {"total": total, "offset": offset}
            return print_json(data | {"records": [as_data(record) for record in records]})
        table = Table("date", "title", "organisation", "type", box=None)
        for record in records:
            table.add_row(*line(record))
        Console().print(table)
        self.stdout.write(f"{len(records)} of {total}")

    @command("list", help="The indicators in use.")
    def list_(self, as_json: Json = False) -> None:
        editions = Catalogue.load().indicators.values()
        data = [summary(edition) for edition in editions if not edition.definition.retired_at]
        if as_json:
            return print_json(data)
        table = Table("key", "name", "unit", "group", "aggregate", box=None)
        for row in data:
            table.add_row(
                *(str(row[name]) for name in ("key", "name", "unit", "group", "aggregate"))
            )
        Console().print(table)


def ask(key: str, code: str, first: str, last: str, own: bool) -> tuple[Question, Catalogue]:
    """The question that the arguments put. Raises BadInput with close matches."""
    catalogue = Catalogue.load()
    edition = catalogue.indicator(key)
    today = date.today()
    first_day = day(first, "--from") if first else today.replace(month=1, day=1)
    last_day = day(last, "--to") if last else first_day.replace(month=12, day=31)
    if last_day < first_day:
        raise BadInput(_("--to lies before --from."))
    return Question(edition, find_organisation(code), first_day, last_day, own=own), catalogue


def day(text: str, option: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = _("%(option)s: “%(text)s” is not a day like 2025-03-31.")
        raise BadInput(message % {"option": option, "text": text}) from None


def find_organisation(code: str) -> Organisation:
    """By its code; without one the only root. Raises BadInput with close codes."""
    if code:
        found = Organisation.objects.filter(code=code).first()
        if found:
            return found
        codes = Organisation.objects.values_list("code", flat=True)
        message = _("There is no organisation “%(code)s”") % {"code": code}
        raise BadInput(message + near(code, codes))
    roots = list(Organisation.objects.filter(parent=None)[:2])
    if len(roots) != 1:
        raise BadInput(_("Say which organisation: --organisation CODE"))
    return roots[0]


def line(record: Record) -> Iterator[str]:
    type_name = str(record.edition.record_type.name)
    yield from (record.happened_on.isoformat(), record.title, record.organisation.label, type_name)


def export(question: Question, catalogue: Catalogue, output: Path | None) -> None:
    """All records behind the figure, with the columns of their type if it is one."""
    ordered = records_behind(question, catalogue).order_by("-happened_on", "-id")
    records: RecordQuerySet = ordered  # type: ignore[assignment]
    types = question.edition.indicator.types
    edition: Edition | None = catalogue.types[types[0]] if len(types) == 1 else None
    if output is None:
        for part in csv_lines(records, edition):
            sys.stdout.write(part.decode("utf-8-sig"))
    elif output.suffix == ".xlsx":
        output.write_bytes(workbook(records, edition))
    elif output.suffix == ".csv":
        output.write_bytes(b"".join(csv_lines(records, edition)))
    else:
        raise BadInput(_("%(name)s: write to an .xlsx or .csv file.") % {"name": output.name})


def print_json(data: Any) -> None:
    json.dump(data, sys.stdout, ensure_ascii=False, separators=(",", ":"))
    sys.stdout.write("\n")
