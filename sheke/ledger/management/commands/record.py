"""sheke record list|show|export|post|reverse|template|import"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_typer.management import TyperCommand, command
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from sheke.core.errors import BadInput
from sheke.core.tables import read_table
from sheke.definitions.queries import current_edition
from sheke.directory.models import Account, Organisation
from sheke.ledger import exports, listing, plain, words
from sheke.ledger.actions import post_records, reverse_record
from sheke.ledger.filters import STATES, RecordFilter
from sheke.ledger.imports import cells
from sheke.ledger.imports.checking import Outcome, check
from sheke.ledger.imports.lookups import Lookups
from sheke.ledger.imports.posting import post_table
from sheke.ledger.imports.template import template
from sheke.ledger.models import Heading, Record, RecordQuerySet

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Type = Annotated[str, typer.Option("--type", help="Key of a record type, such as lecture.")]
Unit = Annotated[str, typer.Option("--organisation", help="Code or name, with all below it.")]
From = Annotated[str, typer.Option("--from", help="First day: 2025-01-01.")]
To = Annotated[str, typer.Option("--to", help="Last day.")]
Text = Annotated[str, typer.Option("--text", help="Words of the title or note.")]
State = Annotated[str, typer.Option("--state", help=f"One of: {', '.join(s for s in STATES if s and s != 'mine')}.")]  # fmt: skip
Item = Annotated[int, typer.Option("--plan-item", help="Number of a plan item in the ledger.")]
By = Annotated[str, typer.Option("--by", help="User name in whose name it is done.")]
Output = Annotated[Path, typer.Option("-o", "--output", help="The file to write.")]
Reason = Annotated[str, typer.Option("--reason", help="For closed periods.")]
SHOWN = 40  # problems printed for people; --json has more


class Command(TyperCommand):
    help = gettext_lazy("The ledger's records: list, export, post, reverse; tables in and out.")

    @command(name="list", help="List records, latest first.")
    def list_(
        self, type: Type = "", organisation: Unit = "", from_: From = "", to: To = "",
        text: Text = "", state: State = "", plan_item: Item = 0,
        limit: Annotated[int, typer.Option(min=1, max=100_000)] = 50, as_json: Json = False,
    ) -> None:  # fmt: skip
        chosen = record_filter(type, organisation, from_, to, text, state, plan_item)
        records = chosen.apply(Record.objects.all())
        numbers = list(records.values_list("pk", flat=True)[:limit])
        rows = listing.in_order(numbers)
        if as_json:
            return print_json({
                "count": records.count(),
                "totals": {t.measure.key: str(t.value) for t in listing.totals(records, chosen.edition, days=chosen.days_only())},
                "records": [plain.as_dict(row) for row in rows],
            })  # fmt: skip
        print_rows(rows, records.count())

    @command(help="Show one record with its evidence and versions.")
    def show(self, number: int, as_json: Json = False) -> None:
        record = find(number)
        if as_json:
            return print_json(plain.in_full(record))
        type_ = record.edition.record_type
        table = Table(show_header=False, box=None)
        for name, value in plain.as_dict(record).items():
            if name not in ("amounts", "fields"):
                table.add_row(name, "" if value is None else str(value))
        for amount in words.amounts(type_, record.amounts):
            table.add_row(amount.name, f"{amount.value} {amount.unit}")
        for name, value in words.attributes(type_, record.attributes):
            table.add_row(name, value)
        for version in plain.in_full(record)["versions"]:
            table.add_row(
                f"#{version['number']} {version['act']}", f"{version['at']}  {version['reason']}"
            )
        Console().print(table)

    @command(help="Write the filtered list to an xlsx or csv file.")
    def export(
        self, output: Output, type: Type = "", organisation: Unit = "", from_: From = "",
        to: To = "", text: Text = "", state: State = "", plan_item: Item = 0, as_json: Json = False,
    ) -> None:  # fmt: skip
        chosen = record_filter(type, organisation, from_, to, text, state, plan_item)
        records = chosen.apply(Record.objects.all())
        write(output, records, chosen)
        say(as_json, {"file": str(output), "records": records.count()},
            f"{output}: {records.count()} records")  # fmt: skip

    @command(help="Post records from JSON (a file, or - for standard input): one object or a list.")
    def post(
        self, file: str, reason: Reason = "", by: By = "",
        dry_run: Annotated[bool, typer.Option(help="Check only.")] = False, as_json: Json = False,
    ) -> None:  # fmt: skip
        given = read_json(file)
        items = given if isinstance(given, list) else [given]
        checked = plain.drafts(items, Lookups.load(None))
        posted = [] if dry_run else post_records(drafts=checked, by=account(by), reason=reason)
        numbers = [record.pk for record in posted]
        done = f"{len(checked)} records are right" if dry_run else f"posted: {numbers}"
        say(as_json, {"checked": len(checked), "posted": numbers}, done)

    @command(help="Take a record out of every count; it stays in the ledger with the reason.")
    def reverse(
        self, number: int, reason: Annotated[str, typer.Option(help="Why.")], by: By = "",
        as_json: Json = False,
    ) -> None:  # fmt: skip
        record = find(number)
        reverse_record(record=record, reason=reason, by=account(by))
        say(as_json, {"reversed": number}, f"reversed: #{number} {record.title}")

    @command(name="template", help="Write the table to fill in for a record type.")
    def template_(self, key: str, output: Output) -> None:
        output.write_bytes(template(current_edition("record_type", key)))
        self.stdout.write(str(output))

    @command(name="import", help="Check a table and post its rows: all of them, or none.")
    def import_(
        self, file: Path, type: Type,
        organisation: Annotated[str, typer.Option(help="For the rows that name none.")] = "",
        reason: Reason = "", by: By = "",
        sheet: Annotated[str, typer.Option(help="Name of the sheet; the first if not given.")] = "",
        skip_duplicates: Annotated[bool, typer.Option(help="Leave out rows that look entered already.")] = False,
        dry_run: Annotated[bool, typer.Option(help="Check only.")] = False, as_json: Json = False,
    ) -> None:  # fmt: skip
        edition = current_edition("record_type", type)
        table = read_table(file, sheet=sheet or None)
        lookups = Lookups.load(None)
        unit = unit_of(organisation)
        with bar(_("Checking")) as progress:
            outcome = check(
                table, edition, lookups, organisation=unit, reason=reason, progress=progress
            )
        posted = 0
        if not outcome.problem_count and not dry_run:
            without = {d.row for d in outcome.duplicates} if skip_duplicates else frozenset()
            with bar(_("Posting"), outcome.rows - len(without)) as progress:
                posted = post_table(
                    table=table, edition=edition, lookups=lookups, by=account(by),
                    organisation=unit, reason=reason, without=without, progress=progress,
                )  # fmt: skip
        tell(outcome, posted, as_json)
        if outcome.problem_count:
            first = outcome.problems[0]
            raise BadInput(
                _("%(file)s: %(count)s problems; nothing was posted. First: row %(row)s, %(column)s: %(message)s")
                % {"file": file, "count": outcome.problem_count, **vars(first)}
            )  # fmt: skip


def record_filter(
    type: str, organisation: str, first: str, last: str, text: str, state: str, item: int
) -> RecordFilter:
    """The filter that the options describe. Raises BadInput for what does not exist."""
    if state not in STATES or state == "mine":
        raise BadInput(_("There is no state “%(state)s”.") % {"state": state})
    heading = Heading.objects.filter(pk=item).first() if item else None
    if item and heading is None:
        raise BadInput(_("There is no plan item %(number)s.") % {"number": item})
    try:
        days = [cells.day(day) if day else None for day in (first, last)]
    except ValueError as error:
        raise BadInput(str(error)) from None
    return RecordFilter(
        first_day=days[0], last_day=days[1], organisation=unit_of(organisation),
        edition=current_edition("record_type", type) if type else None,
        heading=heading, text=text, state=state,
    )  # fmt: skip


def unit_of(name: str) -> Organisation | None:
    if not name:
        return None
    try:
        return Lookups.load(None).organisation(name)
    except ValueError as error:
        raise BadInput(str(error)) from None


def account(username: str) -> Account | None:
    """The account in whose name something is done; None stands for the system."""
    if not username:
        return None
    found = Account.objects.filter(username=username).first()
    if found is None:
        raise BadInput(_("There is no account “%(name)s”.") % {"name": username})
    return found


def find(number: int) -> Record:
    found = listing.in_order([number])
    if not found:
        raise BadInput(_("There is no record %(number)s.") % {"number": number})
    return found[0]


def read_json(file: str) -> Any:
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text("utf-8-sig")
        return json.loads(text)
    except OSError as error:
        raise BadInput(f"{file}: {error.strerror}") from None
    except ValueError as error:
        raise BadInput(f"{file}: {error}") from None


def write(output: Path, records: RecordQuerySet, chosen: RecordFilter) -> None:
    kind = output.suffix.lower()
    if kind == ".csv":
        with output.open("wb") as file:
            file.writelines(exports.csv_lines(records, chosen.edition))
    elif kind == ".xlsx":
        output.write_bytes(exports.workbook(records, chosen.edition))
    else:
        raise BadInput(
            _("%(file)s: write to a file that ends in .xlsx or .csv.") % {"file": output}
        )


def tell(outcome: Outcome, posted: int, as_json: bool) -> None:
    if as_json:
        return print_json({
            "rows": outcome.rows, "posted": posted, "problem_count": outcome.problem_count,
            "problems": [vars(problem) for problem in outcome.problems],
            "duplicates": [vars(duplicate) for duplicate in outcome.duplicates],
        })  # fmt: skip
    for problem in outcome.problems[:SHOWN]:
        sys.stdout.write(f"{problem.row}\t{problem.column}\t{problem.message}\n")
    if outcome.duplicates:
        sys.stdout.write(f"{len(outcome.duplicates)} rows look like records entered already\n")
    sys.stdout.write(f"{outcome.rows} rows, {outcome.problem_count} problems, {posted} posted\n")


def print_rows(rows: list[Record], count: int) -> None:
    table = Table("#", "date", "type", "organisation", "title", "amounts", box=None)
    for row in rows:
        amounts = words.amounts(row.edition.record_type, row.amounts)
        table.add_row(
            str(row.pk), row.happened_on.isoformat(), str(row.edition.record_type.name),
            row.organisation.label, row.title, "  ".join(f"{a.value} {a.unit}" for a in amounts),
        )  # fmt: skip
    Console().print(table)
    Console().print(f"{len(rows)} / {count}")


def say(as_json: bool, data: dict[str, Any], text: str) -> None:
    if as_json:
        print_json(data)
    else:
        sys.stdout.write(f"{text}\n")


def print_json(data: Any) -> None:
    sys.stdout.write(json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n")


@contextmanager
def bar(title: str, total: int | None = None) -> Iterator[Any]:
    """A progress bar on standard error: call what it yields with the number done."""
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task(title, total=total)
        yield lambda done: progress.update(task, completed=done)
