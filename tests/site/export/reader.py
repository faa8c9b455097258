"""Another system: reads an export with the standard library alone and computes from what it says."""

from __future__ import annotations

import base64
import csv
import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any


def table(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def lines(folder: Path, name: str) -> list[dict[str, Any]]:
    path = folder / "data" / f"{name}.ndjson"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def indicator_value(folder: Path, key: str, code: str, first: str, last: str) -> int:
    """A count or sum without filters, for an organisation and all below it, by the README's rule."""
    definitions = {(d["kind"], d["key"]): d for d in table(folder, "definitions.definition")}
    editions = {e["id"]: json.loads(e["data"]) for e in table(folder, "definitions.edition")}
    said = editions[definitions["indicator", key]["current_id"]]
    types = {definitions["record_type", one]["id"] for one in said["types"]}
    organisations = table(folder, "directory.organisation")
    top = next(o["path"] for o in organisations if o["code"] == code)
    scope = {o["id"] for o in organisations if o["path"].startswith(top)}
    seats: dict[str, tuple[int, int]] = {}
    for line in table(folder, "ledger.line"):
        if (
            line["type_id"] in types
            and line["measure"] == said.get("measure", "")
            and first <= line["happened_on"] <= last
            and line["organisation_id"] in scope
        ):
            found = (int(line["seat"]), int(line["value"]))
            seats[line["record_id"]] = min(found, seats.get(line["record_id"], found))
    return sum(value for _seat, value in seats.values()) // 10_000


def broken_seals(folder: Path) -> list[str]:
    """Codes of the frozen reports whose seal is not what the README's rule gives."""
    snapshots = {one["id"]: one for one in lines(folder, "reports.snapshot")}
    broken = []
    for one in snapshots.values():
        before = snapshots.get(one["previous_id"])
        told = {
            "body": one["body"], "code": one["code"],
            "at": datetime.fromisoformat(one["at"]).astimezone(UTC).isoformat(),
            "previous": before["seal"] if before else "",
        }  # fmt: skip
        text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        digest = hashlib.sha256(text.encode())
        digest.update(hashlib.sha256(base64.b64decode(one["lineage"])).digest())
        if digest.hexdigest() != one["seal"]:
            broken.append(one["code"])
    return broken
