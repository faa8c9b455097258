"""Tables of returns: the sheet to fill in and read back, one answer, all answers of a return."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, BinaryIO

from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core.errors import BadInput, Problem
from sheke.core.tables import Note, read_table, write_xlsx
from sheke.definitions.return_forms import Question

from . import values as reading
from .listing import Row
from .models import Answer, Asked, Return

TYPED = ("figure", "text", "choice", "choices", "records")  # what a sheet can carry


def blank(asked: Asked, draft: dict[str, Any], before: dict[str, Any]) -> bytes:
    """The return as a sheet: a row for each question, what is filled in already, last year's beside."""
    questions = [q for q in asked.of.form.questions if q.kind in TYPED]
    rows = [
        [
            q.key, str(q.name), _number(q, draft.get(q.key)), str(q.unit or ""),
            _number(q, before.get(q.key)), "", _hint(q),
        ]
        for q in questions
    ]  # fmt: skip
    return write_xlsx(
        _columns(), rows, title=asked.of.title,
        widths={_("Question"): 40, _("Answer"): 20, _("Remark"): 30, _("How to fill in"): 50},
    )  # fmt: skip


def read(asked: Asked, file: BinaryIO, name: str) -> tuple[dict[str, Any], dict[str, str]]:
    """The answers and remarks of a filled sheet. Raises BadInput naming row and column of each fault."""
    form = asked.of.form
    table = read_table(file, name, known=_columns()[:3])
    table.require(*_columns()[:3])
    answers: dict[str, Any] = {}
    remarks: dict[str, str] = {}
    problems = []
    for number, row in table.rows:
        key, given = str(row.get(_("Key")) or "").strip(), row.get(_("Answer"))
        question = form.question(key)
        if question is None or question.kind not in TYPED:
            message = _("This form asks nothing called “%(key)s”.") % {"key": key[:40]}
            problems.append(Problem(number, _("Key"), message))
            continue
        text = "" if given is None else str(given).strip()
        try:
            answers[key] = reading.clean(question, text) or ""
        except ValueError as error:
            problems.append(Problem(number, _("Answer"), str(error)))
        if remark := str(row.get(_("Remark")) or "").strip():
            remarks[key] = remark
    if problems:
        first = problems[0]
        raise BadInput(
            _("Row %(row)s, “%(column)s”: %(message)s")
            % {"row": first.row, "column": first.column, "message": first.message},
            problems,
        )
    return answers, remarks


def answer_sheet(answer: Answer) -> bytes:
    """One answer as it was sent, as evidence."""
    of, form = answer.asked.of, answer.asked.of.form
    rows: list[list[Any]] = [
        [str(q.name), _number(q, answer.values.get(q.key)), str(q.unit or ""),
         answer.remarks.get(q.key, "")]
        for q in form.questions
    ]  # fmt: skip
    sent = timezone.localtime(answer.sent_at)
    rows += [
        [_("Organisation"), answer.asked.organisation.name, "", ""],
        [_("Version"), answer.number, "", ""],
        [_("Sent"), f"{sent:%Y-%m-%d %H:%M}", "", str(answer.sent_by or "")],
    ]
    return write_xlsx([_("Question"), _("Answer"), _("Unit"), _("Remark")], rows, title=of.title)


def answers(of: Return, rows: Iterable[Row], *, compare: bool = False) -> bytes:
    """All answers of a return, an organisation a row, with sums; `compare` puts last year's beside."""
    questions = [q for q in of.form.questions if q.kind != "file"]
    heads = [
        head
        for q in questions
        for head in ([_head(q), _("%(name)s, last year") % {"name": _head(q)}]
                     if compare and q.kind == "figure" else [_head(q)])
    ]  # fmt: skip
    rows = list(rows)
    body = [[*_state_cells(row), *_cells(row, questions, compare)] for row in rows]
    sums: list[Any] = [_("Total"), "", "", "", ""]
    for q in questions:
        is_figure = q.kind == "figure"
        sums.append(
            sum((r.figure(q.key) or Decimal(0) for r in rows), Decimal(0)) if is_figure else ""
        )
        if compare and is_figure:
            sums.append(sum((r.figure_before(q.key) or Decimal(0) for r in rows), Decimal(0)))
    columns = [_("Organisation"), _("Code"), _("State"), _("Sent"), _("On time"), *heads]
    return write_xlsx(columns, [*body, sums], title=of.title, widths={_("Organisation"): 32})


def _state_cells(row: Row) -> list[Any]:
    asked = row.asked
    sent = asked.latest and f"{timezone.localtime(asked.latest.sent_at):%Y-%m-%d %H:%M}"
    on_time = {True: _("Yes"), False: _("No"), None: ""}[asked.on_time]
    return [asked.organisation.name, asked.organisation.code, asked.state_label, sent, on_time]


def _cells(row: Row, questions: list[Question], compare: bool) -> list[Any]:
    cells: list[Any] = []
    for q in questions:
        remark = row.remarks.get(q.key)
        value = _number(q, row.values.get(q.key))
        cells.append(Note(value, remark) if remark else value)
        if compare and q.kind == "figure":
            cells.append(row.figure_before(q.key))
    return cells


def _columns() -> list[str]:
    return [
        _("Key"), _("Question"), _("Answer"), _("Unit"), _("Last year"), _("Remark"),
        _("How to fill in"),
    ]  # fmt: skip


def _head(question: Question) -> str:
    unit = f"（{question.unit}）" if question.unit else ""
    return f"{question.name}{unit}"


def _number(question: Question, value: Any) -> Any:
    if question.kind == "figure" and value not in (None, ""):
        try:
            return Decimal(reading.figure(question, str(value)) or 0)
        except ValueError:
            return value
    return reading.shown(question, value)


def _hint(question: Question) -> str:
    parts = [str(question.help or "")]
    if question.choices:
        parts.append(
            _("One of: %(names)s") % {"names": "、".join(str(c.name) for c in question.choices)}
        )
    if question.kind == "records":
        parts.append(_("Write “是” when the records of the period are complete."))
    return " ".join(part for part in parts if part)
