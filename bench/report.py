"""The whole way on one million records: figures, Word files, freezing, verifying, drill-down, posting.

`uv run python -m bench.report --json` prints one JSON object. `figures`, `orm`, `fill_120`, `fill_300`, `freeze` and
`verify` are seconds of {"cpu", "wall"}; the others say their unit. The first run makes the records and keeps them.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Any

from .environment import ROOT, prepare, remove, switch_to_copy
from .measure import rss_mb, timed

POSTS, IMPORTED = 2_000, 100_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="print JSON only (the default)")
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, default=ROOT / "var/bench")
    options = parser.parse_args()
    database = _make_once(options.folder, options.records)
    copy = switch_to_copy(database)
    try:
        print(json.dumps(measure(options.records), indent=None if options.json else 2))
    finally:
        remove(copy)


def _make_once(folder: Path, records: int) -> Path:
    """Build the world in a process of its own, so that its memory is not counted here."""
    import subprocess

    code = (
        "import sys; from pathlib import Path; from bench.environment import prepare;"
        "folder, records = Path(sys.argv[1]), int(sys.argv[2]);"
        "prepare(folder, f'world-{records}'); from bench.world import build; build(records)"
    )
    command = [sys.executable, "-c", code, str(folder), str(records)]
    subprocess.run(command, check=True, cwd=ROOT, stdout=sys.stderr)
    return prepare(folder, f"world-{records}")


def measure(records: int) -> dict[str, Any]:
    """Every measurement; raises AssertionError when our figures and the ORM's differ."""
    from sheke.indicators.catalogue import Catalogue
    from sheke.indicators.evaluation import evaluate_all

    from .questions import ask_orm, questions
    from .world import build

    world = build(records)
    asked = questions(world)
    evaluate_all(asked[:1])  # open the connection
    results: dict[str, Any] = {"records": records, "questions": len(asked)}
    with timed(results, "figures"):
        figures = evaluate_all(asked)
    numbers = {key: edition.definition_id for key, edition in Catalogue.load().types.items()}
    with timed(results, "orm"):
        rivals = [ask_orm(question, numbers) for question in asked]
    for question, figure, rival in zip(asked, figures, rivals, strict=True):
        scale = 10_000 if question.edition.indicator.aggregate == "sum" else 1
        if (int(figure.value or 0) * scale, figure.rows, figure.digest) != rival:
            raise AssertionError(f"{question}: {figure} but the ORM says {rival}")
    _reports(results, world, asked)
    results["drilldown_ms"] = _drilldown(asked)
    results["rss_mb"] = rss_mb()  # of what a report needs; importing is measured after it
    results |= _posts(world)
    results |= _import(world)
    results["rss_mb_with_import"] = rss_mb()
    return results


def _reports(results: dict[str, Any], world: Any, asked: list[Any]) -> None:
    from datetime import date

    from sheke.reports.actions.reports import fill_report, freeze_report
    from sheke.reports.documents import write_report
    from sheke.reports.filling import report_fillings
    from sheke.reports.verification.files import read_file, verify_snapshot

    from .documents import template

    year = (date(2025, 1, 1), date(2025, 12, 31))
    for count in (120, 300):
        made = template(world, asked[:count], f"bench-{count}")
        report = fill_report(template=made, organisation=world.root, period=year, by=None)
        fillings = report_fillings(report, list(report.figures.select_related("slot")))
        with timed(results, f"fill_{count}"):
            write_report(made, fillings).document.save(BytesIO())
    with timed(results, "freeze"):
        snapshot = freeze_report(report=report, by=None)
    results["lineage_bytes"] = len(snapshot.lineage)
    file = BytesIO()
    write_report(made, fillings, code=snapshot.code).document.save(file)
    with timed(results, "verify"):
        checked = verify_snapshot(snapshot, read_file(file.getvalue(), "report.docx"))
    if not (checked.seal_holds and all(figure.holds for figure in checked.figures)):
        raise AssertionError("a report that nobody touched does not verify")


def _drilldown(asked: list[Any]) -> float:
    """Milliseconds for the page of 50 records behind a figure of the whole city, the middle of nine."""
    from sheke.indicators.catalogue import Catalogue
    from sheke.indicators.evaluation import record_page

    catalogue, times = Catalogue.load(), []
    large = (q for q in asked if q.organisation.depth == 0 and not q.edition.indicator.where)
    for question in islice(large, 9):
        start = time.perf_counter()
        rows = record_page(question, 0, 50, catalogue)
        times.append((time.perf_counter() - start) * 1000)
        if len(rows) != 50:
            raise AssertionError("the page is not full")
    return round(sorted(times)[len(times) // 2], 2)


def _posts(world: Any) -> dict[str, float]:
    """Records posted per second (and per second of CPU), one by one, each in its own transaction."""
    from datetime import date

    from sheke.ledger.actions import post_record
    from sheke.ledger.content import Draft

    drafts = [
        Draft(
            edition=world.types[n % 30], organisation=world.organisations[n % 300],
            happened_on=date(2025, 6, 1 + n % 30), title=f"Post {n}", amounts={"people": n % 90},
            attributes={"level": "v1"},
        )
        for n in range(POSTS)
    ]  # fmt: skip
    spent: dict[str, Any] = {}
    with timed(spent, "posts"):
        for draft in drafts:
            post_record(draft=draft, by=None)
    return {
        "posts_per_s": round(POSTS / spent["posts"]["wall"], 1),
        "posts_per_cpu_s": round(POSTS / spent["posts"]["cpu"], 1),
    }


def _import(world: Any) -> dict[str, float]:
    """Seconds (and seconds of CPU) to read, check and post a workbook of 100,000 rows, as the import page does."""
    from sheke.core.tables import read_table
    from sheke.ledger.imports.checking import check
    from sheke.ledger.imports.lookups import Lookups
    from sheke.ledger.imports.posting import post_table

    from .workbook import workbook

    file, edition = workbook(world, IMPORTED), world.types[0]
    spent: dict[str, Any] = {}
    with timed(spent, "import", places=1):
        outcome = check(read_table(file, "rows.xlsx"), edition, Lookups.load(None))
        table = read_table(file, "rows.xlsx")
        posted = post_table(table=table, edition=edition, lookups=Lookups.load(None), by=None)
    if outcome.problem_count or posted != IMPORTED:
        raise AssertionError(f"{posted} rows were posted; {outcome.problems[:3]}")
    return {
        "import_100k_s": spent["import"]["wall"],
        "import_100k_cpu_s": spent["import"]["cpu"],
    }


if __name__ == "__main__":
    main()
