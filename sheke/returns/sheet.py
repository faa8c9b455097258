"""One organisation's answer as a page shows it: each question with what belongs beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.http import QueryDict

from sheke.definitions.return_forms import Question, ReturnForm

from . import checking, counting, values
from .models import Asked, Upload

ANSWER, REMARK = "q-", "r-"  # stand before the question's key in the posted form


@dataclass
class Line:
    """A question with its answer as typed, last year's, the ledger's count, and what is wrong."""

    question: Question
    value: Any = ""
    remark: str = ""
    before: Any = None
    counted: counting.Counted | None = None
    said: str = ""  # what the office wrote when it sent the answer back
    findings: list[checking.Finding] = field(default_factory=list)
    files: list[Upload] = field(default_factory=list)

    @property
    def shown(self) -> str:
        return values.shown(self.question, self.value)

    @property
    def shown_before(self) -> str:
        return values.shown(self.question, self.before)

    @property
    def change(self) -> Decimal | None:
        """In percent of last year."""
        try:
            now, before = Decimal(str(self.value)), Decimal(str(self.before))
        except ArithmeticError:
            return None
        if self.question.kind != "figure" or not before:
            return None
        return ((now - before) / before * 100).quantize(Decimal("0.1"))

    @property
    def errors(self) -> list[checking.Finding]:
        return [finding for finding in self.findings if finding.severity == "error"]

    @property
    def warnings(self) -> list[checking.Finding]:
        return [finding for finding in self.findings if finding.severity == "warning"]

    @property
    def files_shown(self) -> list[Upload]:
        numbers = self.value if isinstance(self.value, list) else []
        return [file for file in self.files if not numbers or file.pk in numbers]


def lines(
    asked: Asked,
    given: Mapping[str, Any],
    remarks: Mapping[str, str],
    findings: list[checking.Finding],
    *,
    fresh: bool = False,
) -> list[Line]:
    """Every question of the form. `fresh`: nothing was typed yet, so the ledger's counts stand there."""
    before = checking.last_year(asked)
    counts = counting.counts(asked)
    back = getattr(asked.latest, "sending_back", None)
    files: dict[str, list[Upload]] = {}
    for upload in asked.uploads.select_related("stored"):
        files.setdefault(upload.question, []).append(upload)
    found = []
    for question in asked.of.form.questions:
        counted = counts.get(question.key)
        value = given.get(question.key, "")
        if fresh and counted and question.kind == "figure":
            value = f"{counted.value.normalize():f}"
        found.append(
            Line(
                question,
                value,
                remarks.get(question.key, ""),
                before.values.get(question.key) if before else None,
                counted,
                back.fields.get(question.key, "") if back else "",
                [f for f in findings if f.field == question.key],
                files.get(question.key, []),
            )
        )
    return found


def posted(form: ReturnForm, post: QueryDict) -> tuple[dict[str, Any], dict[str, str]]:
    """The answers and remarks of the posted page."""
    answers: dict[str, Any] = {}
    for question in form.questions:
        name = ANSWER + question.key
        if question.kind == "choices":
            answers[question.key] = post.getlist(name)
        elif question.kind != "file":
            answers[question.key] = post.get(name, "").strip()[: values.LONGEST]
    remarks = {q.key: " ".join(post.get(REMARK + q.key, "").split())[:500] for q in form.questions}
    return answers, {key: text for key, text in remarks.items() if text}
