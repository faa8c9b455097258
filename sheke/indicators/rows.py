"""The records behind a figure as a list that a paginator can cut."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator

from sheke.ledger.models import Record
from sheke.ledger.remembering import remembered

from .catalogue import Catalogue
from .compiler import parts
from .evaluation import record_page, records_behind
from .questions import Figure, Question

PAGE = 50


class Rows:
    """Slices read only their own records; the length is the figure's own count where that is exact."""

    def __init__(self, question: Question, figure: Figure, catalogue: Catalogue) -> None:
        self.question, self.catalogue = question, catalogue
        several = len(parts(question, catalogue)) > 1  # the parts of a ratio may share records
        self.length = _together(question, catalogue) if several else figure.rows

    def __len__(self) -> int:
        return self.length

    def __getitem__(self, cut: slice) -> list[Record]:
        start, stop = cut.start or 0, cut.stop if cut.stop is not None else self.length
        return record_page(self.question, start, max(0, stop - start), self.catalogue)


def _together(question: Question, catalogue: Catalogue) -> int:
    """How many records are behind the parts of a ratio, each once."""
    sql, params = records_behind(question, catalogue).values("pk").query.sql_with_params()
    return remembered("behind", [sql, *params], lambda: records_behind(question, catalogue).count())


def rows_page(
    question: Question, figure: Figure, catalogue: Catalogue, number: str | int | None
) -> Page[Any]:
    """One page of 50 of the records behind a figure, latest first."""
    rows: Any = Rows(question, figure, catalogue)
    return Paginator(rows, PAGE).get_page(number)
