"""Figures for pages, remembered until the ledger moves. What is frozen or verified is always asked anew."""

from __future__ import annotations

from collections.abc import Iterable

from sheke.ledger.remembering import remembered_many

from .catalogue import Catalogue
from .evaluation import evaluate_all
from .questions import Figure, Question


def evaluate_remembered(
    questions: Iterable[Question], catalogue: Catalogue | None = None
) -> list[Figure]:
    """As `evaluate_all`; only what is not known at this moment of the ledger is asked of it."""
    asked = dict(enumerate(questions))
    keys = {n: _key(question) for n, question in asked.items() if not _moves_otherwise(question)}

    def ask(numbers: Iterable[int]) -> dict[int, Figure]:
        numbers = list(numbers)
        figures = evaluate_all([asked[n] for n in numbers], catalogue)
        return dict(zip(numbers, figures, strict=True))

    found = remembered_many("figure", keys, ask) if keys else {}
    left = [n for n in asked if n not in keys]
    found |= ask(left) if left else {}
    return [found[n] for n in asked]


def _moves_otherwise(question: Question) -> bool:
    """A completion also depends on goals, which change without the ledger."""
    return question.edition.indicator.aggregate == "completion"


def _key(question: Question) -> list[object]:
    organisation = question.organisation
    return [
        question.edition.pk, organisation.pk, organisation.path, question.first_day,
        question.last_day, *question.kinds, question.own,
    ]  # fmt: skip
