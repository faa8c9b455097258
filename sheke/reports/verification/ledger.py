"""Frozen figures against the ledger of today."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sheke.core.errors import BadInput
from sheke.definitions.models import Edition
from sheke.directory.models import Organisation
from sheke.indicators.catalogue import Catalogue
from sheke.indicators.evaluation import evaluate_all, record_refs
from sheke.indicators.questions import Figure as Answer
from sheke.indicators.questions import Question
from sheke.ledger.models import Record
from sheke.reports.lineage import RowChanges, row_changes, unpack_refs
from sheke.reports.models import Snapshot
from sheke.reports.printing import is_true
from sheke.reports.trees import Trees
from sheke.reports.verification.states import FigureCheck, RecordChange, State
from sheke.reports.wordings import BLANK

_NAMED = 20  # records named per figure; all are counted
_PLACES = Decimal("0.000001")
Frozen = dict[str, Any]


def check_figures(snapshot: Snapshot, only: str = "") -> list[FigureCheck]:
    """Ask every frozen question again and say what differs; nothing about a Word file yet.

    `only` is the key of the one figure to ask about.
    """
    catalogue, trees = Catalogue.load(), Trees()
    frozen: list[Frozen] = [f for f in snapshot.body["figures"] if only in ("", f["key"])]
    questions = _questions(frozen)
    answers = dict(zip(questions, evaluate_all(questions.values(), catalogue), strict=True))
    checks = []
    for figure in frozen:
        question = questions.get(figure["key"])
        if question is None:
            checks.append(_uncounted(figure))
            continue
        check = _check(figure, question, answers[figure["key"]], catalogue, trees)
        if State.VALUE in check.states or State.ROWS in check.states:
            check.changes = _row_changes(figure, question, catalogue, bytes(snapshot.lineage))
        checks.append(check)
    _name_records(checks)
    return checks


def frozen_rows(figure: Frozen, lineage: bytes) -> dict[int, int]:
    """Revision by record number behind a frozen figure."""
    start, length = figure["lineage"]
    return unpack_refs(lineage[start : start + length])


def _questions(frozen: Iterable[Frozen]) -> dict[str, Question]:
    """Questions by key of figure, with two queries for all of them."""
    counted = [figure for figure in frozen if "indicator" in figure]
    editions = Edition.objects.select_related("definition").in_bulk(
        {figure["indicator"]["edition"] for figure in counted}
    )
    organisations = Organisation.objects.in_bulk({f["scope"]["organisation"] for f in counted})
    return {
        figure["key"]: Question(
            edition=editions[figure["indicator"]["edition"]],
            organisation=organisations[figure["scope"]["organisation"]],
            first_day=date.fromisoformat(figure["first_day"]),
            last_day=date.fromisoformat(figure["last_day"]),
            kinds=tuple(figure["scope"]["kinds"]),
            own=figure["scope"]["own"],
        )
        for figure in counted
    }


def _uncounted(figure: Frozen) -> FigureCheck:
    return FigureCheck(
        key=figure["key"],
        printed=figure["printed"],
        name=figure["before"],
        binding=figure["binding"],
        states=[State.HOLDS],
    )


def _check(
    figure: Frozen, question: Question, answer: Answer, catalogue: Catalogue, trees: Trees
) -> FigureCheck:
    value = None if figure["value"] is None else Decimal(figure["value"])
    check = FigureCheck(
        key=figure["key"],
        printed=figure["printed"],
        name=figure["indicator"]["name"],
        binding=figure["binding"],
        value_before=_shown(value),
        value_now=_shown(answer.value),
        rows_before=figure["rows"],
        rows_now=answer.rows,
    )
    if _shown(value) != _shown(answer.value):
        check.states.append(State.VALUE)
    elif (figure["rows"], figure["digest"]) != (answer.rows, answer.digest):
        check.states.append(State.ROWS)
    if _definition_digest(figure, catalogue) != figure["indicator"]["digest"]:
        check.states.append(State.DEFINITION)
    if trees.hash_of(question) != figure["scope"]["tree"]:
        check.states.append(State.TREE)
    if not _still_true(figure, answer.value):
        check.states.append(State.WORDING)
    check.states = check.states or [State.HOLDS]
    return check


def _still_true(figure: Frozen, value: Decimal | None) -> bool:
    if value is None or figure["printed"] == BLANK:
        return value is None and figure["printed"] == BLANK
    return is_true(figure["printed"], value, figure["printing"])


def _definition_digest(figure: Frozen, catalogue: Catalogue) -> str:
    """Of the definition as it is now; empty when it is gone, which is a change too."""
    try:
        return catalogue.digest(catalogue.indicator(figure["indicator"]["key"]))
    except BadInput:
        return ""


def _row_changes(
    figure: Frozen, question: Question, catalogue: Catalogue, lineage: bytes
) -> RowChanges:
    return row_changes(frozen_rows(figure, lineage), dict(record_refs(question, catalogue)))


def _name_records(checks: Sequence[FigureCheck]) -> None:
    """Look up the records to name, for all figures in one query."""
    wanted = {number for check in checks for _, number in _first_changes(check.changes)}
    if not wanted:
        return
    records = Record.objects.select_related("organisation").in_bulk(wanted)
    for check in checks:
        check.records = [
            RecordChange(
                kind,
                number,
                record.title,
                record.happened_on.isoformat(),
                record.organisation.label,
            )
            for kind, number in _first_changes(check.changes)
            if (record := records.get(number))
        ]


def _first_changes(changes: RowChanges) -> list[tuple[str, int]]:
    told = [("revised", n) for n in changes.revised]
    told += [("removed", n) for n in changes.removed]
    told += [("added", n) for n in changes.added]
    return told[:_NAMED]


def _shown(value: Decimal | None) -> str | None:
    if value is None:
        return None
    text = f"{value.quantize(_PLACES):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
