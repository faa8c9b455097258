"""sheke report freeze REPORT, list, verify FILE"""

from __future__ import annotations

from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _
from rich.console import Console
from rich.table import Table

from sheke.core.errors import BadInput
from sheke.reports.actions.reports import freeze_report, refill_report
from sheke.reports.commands.finding import find_report, write_file
from sheke.reports.commands.output import print_json
from sheke.reports.disclosing import in_report
from sheke.reports.documents import Layout, show_code
from sheke.reports.downloads import word_report
from sheke.reports.filling import report_text
from sheke.reports.models import Report, Snapshot
from sheke.reports.queries import report_figures
from sheke.reports.sealing import broken_seals, read_code
from sheke.reports.verification.files import ReadFile, read_file, snapshot_of, verify_snapshot
from sheke.reports.verification.states import FigureCheck, Verification
from sheke.reports.word.reading import to_bytes


@transaction.atomic
def freeze(
    number: int, *, out: Path | None, layout: Layout, refill: bool, as_json: bool,
    confirm_personal: bool = False,
) -> None:  # fmt: skip
    """Seal a report; `refill` takes the ledger's values of this moment first.

    Raises BadInput for personal data in it unless `confirm_personal` says that all of it may stay.
    """
    report = find_report(number)
    if refill:
        refill_report(report=report, by=None)
    confirmed: list[str] = []
    if confirm_personal:
        confirmed = [
            one.key for one in in_report(report, report_text(report, report_figures(report)))
        ]
    snapshot = freeze_report(report=report, by=None, confirmed=confirmed)
    if out:
        write_file(out, to_bytes(word_report(report, layout).document))
    if as_json:
        told = {"report": report.pk, "code": snapshot.code, "seal": snapshot.seal}
        print_json(told | {"file": str(out) if out else None})
    else:
        print(
            _("Frozen “%(title)s”: code %(code)s, seal %(seal)s")
            % {"title": report.title, "code": show_code(snapshot.code), "seal": snapshot.seal}
        )


def show_reports(*, as_json: bool) -> None:
    """All reports, latest first."""
    reports = Report.objects.select_related("organisation", "template", "snapshot").defer(
        "snapshot__body", "snapshot__lineage"
    )
    rows = [
        {
            "report": report.pk,
            "title": report.title,
            "organisation": report.organisation.code,
            "template": report.template.key,
            "first_day": report.first_day.isoformat(),
            "last_day": report.last_day.isoformat(),
            "code": report.snapshot.code if hasattr(report, "snapshot") else None,
        }
        for report in reports
    ]
    if as_json:
        print_json({"reports": rows})
        return
    table = Table(
        *(_("Report"), _("Title"), _("Organisation"), _("Template"), _("Period"), _("Code"))
    )
    for row in rows:
        days = f"{row['first_day']} – {row['last_day']}"
        cells = (row["report"], row["title"], row["organisation"], row["template"], days)
        table.add_row(*map(str, cells), str(row["code"] or ""))
    Console().print(table)


def verify(path: Path | None, *, code: str, as_json: bool) -> None:
    """Verify a Word file, or a frozen report by its code."""
    if path is None and not code:
        raise BadInput(_("Give a Word file, or --code with a report's code."))
    file = _read(path) if path else None
    snapshot = _by_code(code) if code or file is None else snapshot_of(file)
    result = verify_snapshot(snapshot, file)
    if as_json:
        print_json(result.as_json())
    else:
        _print(result)


def check_seals(*, as_json: bool) -> None:
    """Check every seal and the chain they make, oldest first."""
    snapshots = list(Snapshot.objects.select_related("previous", "report").order_by("id"))
    broken = broken_seals(snapshots)
    if as_json:
        print_json({"seals": len(snapshots), "broken": [snapshot.code for snapshot in broken]})
        return
    for snapshot in broken:
        print(f"{show_code(snapshot.code)}  {snapshot.report.title}")
    print(
        _("%(broken)s of %(all)s seals are broken.")
        % {"broken": len(broken), "all": len(snapshots)}
    )


def _read(path: Path) -> ReadFile:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadInput(
            _("%(name)s: the file cannot be read: %(why)s")
            % {"name": path, "why": error.strerror or error}
        ) from error
    return read_file(data, path.name)


def _by_code(code: str) -> Snapshot:
    found = Snapshot.objects.select_related("report", "previous").filter(code=read_code(code))
    if snapshot := found.first():
        return snapshot
    raise BadInput(_("No report with the code %(code)s was frozen here.") % {"code": code})


def _print(result: Verification) -> None:
    console = Console(highlight=False)
    console.print(f"{result.title}  {show_code(result.code)}", style="bold", markup=False)
    console.print(_("The seal holds.") if result.seal_holds else _("The seal is broken."))
    for check in result.changed:
        _print_figure(console, check)
    for change in result.text:
        console.print(f"{change.kind}: {change.before} → {change.after}", markup=False)
    told = _("%(holding)s of %(all)s figures hold; %(text)s other changes of the text.")
    holding = sum(check.holds for check in result.figures)
    console.print(told % {"holding": holding, "all": len(result.figures), "text": len(result.text)})


def _print_figure(console: Console, check: FigureCheck) -> None:
    states = "、".join(str(state.label) for state in check.states)
    console.print(f"{check.printed}  {check.name}: {states}", markup=False)
    if check.value_before != check.value_now:
        console.print(f"    {check.value_before} → {check.value_now}")
    if check.found is not None and check.found != check.printed:
        console.print(f"    {check.printed} → {check.found or '—'}", markup=False)
    for record in check.records:
        console.print(
            f"    {record.kind} #{record.record} {record.happened_on} {record.title}", markup=False
        )
