"""The sealed body of a frozen report, and the chain of seals."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sheke.indicators.catalogue import Catalogue
from sheke.indicators.evaluation import record_refs
from sheke.indicators.questions import Figure as Answer
from sheke.indicators.questions import Question
from sheke.reports.documents import margin_lines
from sheke.reports.filling import FilledSlot, report_fillings
from sheke.reports.lineage import pack_refs
from sheke.reports.models import Report, Snapshot
from sheke.reports.tracing import Flag
from sheke.reports.trees import Trees
from sheke.reports.wordings import FilledText

FORMAT = 1
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that is read as another character
_LENGTH = 12


def new_code() -> str:
    """A code that nobody can guess and everybody can read out."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))


def read_code(text: str) -> str:
    """A code as people type it: any case, with or without its hyphens."""
    return "".join(c for c in text.upper() if c.isalnum())[:20]


def build_body(
    report: Report,
    filled: Sequence[FilledSlot],
    text: FilledText,
    flags: Sequence[Flag],
    catalogue: Catalogue,
) -> tuple[dict[str, Any], bytes]:
    """Everything needed to verify the report later, and the packed rows of its figures."""
    trees, lineage, figures = Trees(), bytearray(), []
    placed = {p.key: p for p in text.placed}
    for one in filled:
        spot = placed[one.slot.key]
        figure = _plain(one) | {"start": spot.start, "end": spot.end}
        if one.question and one.answer:
            packed = pack_refs(record_refs(one.question, catalogue))
            figure |= _counted(one, one.question, one.answer, catalogue, trees)
            figure["lineage"] = [len(lineage), len(packed)]
            lineage += packed
        figures.append(figure)
    body = {
        "format": FORMAT,
        "report": _report(report),
        "text": text.text,
        "margins": margin_lines(report.template),
        "years": [
            [f.start, f.end, f.printed] for f in report_fillings(report, filled) if not f.key
        ],
        "text_sha256": hashlib.sha256(text.text.encode()).hexdigest(),
        "figures": figures,
        "flags": [flag.as_json() for flag in flags],
    }
    return body, bytes(lineage)


def seal_of(body: dict[str, Any], lineage: bytes, code: str, at: datetime, previous: str) -> str:
    """SHA-256 over everything a snapshot says and over the seal before it."""
    told = {"body": body, "code": code, "at": at.astimezone(UTC).isoformat(), "previous": previous}
    canonical = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    digest = hashlib.sha256(canonical.encode())
    digest.update(hashlib.sha256(lineage).digest())
    return digest.hexdigest()


def seal_holds(snapshot: Snapshot) -> bool:
    """Whether the snapshot still says what was sealed."""
    previous = snapshot.previous.seal if snapshot.previous else ""
    lineage = bytes(snapshot.lineage)
    return snapshot.seal == seal_of(snapshot.body, lineage, snapshot.code, snapshot.at, previous)


def broken_seals(snapshots: Sequence[Snapshot]) -> list[Snapshot]:
    """Those of a chain, oldest first, whose seal is broken or that do not follow the one before."""
    broken = []
    previous: Snapshot | None = None
    for snapshot in snapshots:
        follows = snapshot.previous_id == (previous.pk if previous else None)
        if not (follows and seal_holds(snapshot)):
            broken.append(snapshot)
        previous = snapshot
    return broken


def _report(report: Report) -> dict[str, Any]:
    return {
        "title": report.title,
        "organisation": report.organisation.code,
        "organisation_name": report.organisation.name,
        "template": report.template.key,
        "first_day": report.first_day.isoformat(),
        "last_day": report.last_day.isoformat(),
    }


def _plain(one: FilledSlot) -> dict[str, Any]:
    return {
        "key": one.slot.key,
        "printed": one.printed,
        "binding": one.slot.binding,
        "typed": bool(one.wording),
        "before": one.slot.text,
    }


def _counted(
    one: FilledSlot, question: Question, answer: Answer, catalogue: Catalogue, trees: Trees
) -> dict[str, Any]:
    indicator = question.edition.indicator
    return {
        "printing": one.slot.printing,
        "indicator": {
            "key": indicator.key,
            "edition": question.edition.pk,
            "number": question.edition.number,
            "digest": catalogue.digest(question.edition),
            "name": indicator.name.zh,
            "unit": indicator.unit.zh,
            "definition": indicator.definition.zh,
        },
        "scope": {
            "organisation": question.organisation.pk,
            "code": question.organisation.code,
            "name": question.organisation.name,
            "kinds": list(question.kinds),
            "own": question.own,
            "tree": trees.hash_of(question),
        },
        "first_day": question.first_day.isoformat(),
        "last_day": question.last_day.isoformat(),
        "value": None if answer.value is None else str(answer.value),
        "rows": answer.rows,
        "digest": answer.digest,
    }
