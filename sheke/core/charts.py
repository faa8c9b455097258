"""A chart is drawn from a table that stands beside it; this is the table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

Number = int | float | Decimal | None


@dataclass(frozen=True)
class Cell:
    """A value and the page with what is behind it. None: nothing is known, which is not zero."""

    value: Number
    url: str = ""


@dataclass(frozen=True)
class Row:
    """A category, such as a month, with one cell for each series."""

    name: str
    cells: Sequence[Cell]
    url: str = ""


@dataclass(frozen=True)
class Chart:
    """kind: line, bar, bars (lying), stack or share. series: what each column of cells is.

    unit: measure word of all values. Printed by `{% include "ui/chart.html" with chart=… %}`.
    """

    title: str
    kind: str
    heading: str  # of the first column: “Month”
    series: Sequence[str]
    rows: Sequence[Row] = field(default_factory=list)
    unit: str = ""

    @property
    def is_empty(self) -> bool:
        return not any(cell.value for row in self.rows for cell in row.cells)
