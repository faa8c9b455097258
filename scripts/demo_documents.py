"""Write the demonstration's documents into packs/demo/ from their sources there.

    uv run sheke demo --no-serve --fresh && uv run python scripts/demo_documents.py

summary.marked.txt says what stands behind each figure: {623场=lectures@society}. Its figures are
only examples of how to print; the true ones of the year are taken from the demonstration's ledger.
"""

from __future__ import annotations

import os
import re
from datetime import date
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sheke.site.settings")
django.setup()

import yaml  # noqa: E402

from sheke.directory.models import Organisation  # noqa: E402
from sheke.indicators.catalogue import Catalogue  # noqa: E402
from sheke.indicators.evaluation import evaluate  # noqa: E402
from sheke.indicators.questions import Question  # noqa: E402
from sheke.reports.models import Slot  # noqa: E402
from sheke.reports.periods import slot_period  # noqa: E402
from sheke.reports.printing import print_value  # noqa: E402
from sheke.reports.proposals import printing_for  # noqa: E402
from sheke.reports.slots import find_slots  # noqa: E402
from sheke.reports.word.head import Head  # noqa: E402
from sheke.reports.word.layout import lay_out_text  # noqa: E402
from sheke.site.demo.source import folder  # noqa: E402

YEAR = 2024
MARK = re.compile(r"\{([^={}]+)=(\w+)(?:@([^{}]+))?\}")
BLANK = re.compile("^[x_]")


def main() -> None:
    write_summary()
    for year in (2025, 2026):
        write_plan(year)


def write_summary() -> None:
    marked = (folder() / "summary.marked.txt").read_text(encoding="utf-8")
    bindings: list[dict[str, Any]] = []
    catalogue = Catalogue.load()
    examples = MARK.sub(r"\1", marked)
    found = {slot.start: slot for slot in find_slots(examples)}
    shift = 0

    def one(match: re.Match[str]) -> str:
        nonlocal shift
        words, key, where = match.groups()
        slot = found.get(match.start() - shift)
        shift += len(match[0]) - len(words)
        if slot is None or slot.text != words:
            raise SystemExit(f"“{words}” ({key}) is read as {slot.text if slot else None}")
        entry = {"indicator": key, **binding(where)}
        edition = catalogue.indicator(key)
        if not BLANK.match(words):
            kept = Slot(text=words, context=slot.context, reading=slot.as_json())
            words = print_value(value(edition, entry, catalogue), printing_for(kept, edition))
        bindings.append({"text": words, **entry})
        return words

    text = MARK.sub(one, marked)
    (folder() / f"summary-{YEAR}.txt").write_text(text, encoding="utf-8")
    lay_out_text(text)[0].save(str(folder() / f"summary-{YEAR}.docx"))
    lines = "".join(
        f"- {yaml.safe_dump(b, allow_unicode=True, default_flow_style=True, sort_keys=False, width=200)}"
        for b in bindings
    )
    head = f"# What stands behind the figures of summary-{YEAR}, in their order; made by scripts/demo_documents.py.\n"
    (folder() / f"summary-{YEAR}.bindings.yaml").write_text(head + lines, encoding="utf-8")
    print(f"summary: {len(bindings)} figures, {len(text)} characters")


def binding(where: str | None) -> dict[str, Any]:
    """`until:10-31` is a period, `own` the organisation itself, anything else kinds."""
    if not where:
        return {}
    if where.startswith("until:"):
        return {"period": {"until": where.removeprefix("until:")}}
    return {"scope": {"own": True} if where == "own" else {"kinds": where.split(",")}}


def value(edition: Any, entry: dict[str, Any], catalogue: Catalogue) -> Any:
    first, last = slot_period(entry.get("period", {}), (date(YEAR, 1, 1), date(YEAR, 12, 31)))
    scope = entry.get("scope", {})
    root = Organisation.objects.get(parent=None)
    question = Question(
        edition, root, first, last, kinds=tuple(scope.get("kinds", ())), own=scope.get("own", False)
    )
    answer = evaluate(question, catalogue)
    if answer.value is None:
        raise SystemExit(f"{edition} has no value in {YEAR}")
    places = edition.indicator.places
    return answer.rounded(places) if places else answer.value


def write_plan(year: int) -> None:
    text = (folder() / f"work-points-{year}.txt").read_text(encoding="utf-8")
    issuer, number, rest = (part.strip() for part in text.split("\n\n", 2))
    document, _shift = lay_out_text(rest, head=Head(issuer, number))
    document.save(str(folder() / f"work-points-{year}.docx"))
    print(f"work points {year}: {len(text)} characters")


main()
