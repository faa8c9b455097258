"""The chart of months, and the small bars of organisations: positions in an SVG of 100 by 40."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from sheke.core.charts import Cell, Chart, Row
from sheke.definitions.schemas import Indicator

from .figures import Part

HEIGHT = 40.0


@dataclass(frozen=True)
class Bar:
    part: Part
    x: str
    y: str
    width: str
    height: str
    percent: int  # of the highest


def bars(parts: Sequence[Part]) -> list[Bar]:
    """A bar for each part; nothing has no height."""
    high = max((float(part.value or 0) for part in parts), default=0.0) or 1.0
    step = 100 / max(len(parts), 1)
    found = []
    for n, part in enumerate(parts):
        share = max(float(part.value or 0), 0.0) / high
        height = share * HEIGHT
        found.append(
            Bar(
                part, f"{n * step + step * 0.15:.2f}", f"{HEIGHT - height:.2f}",
                f"{step * 0.7:.2f}", f"{height:.2f}", round(share * 100),
            )
        )  # fmt: skip
    return found


def month_chart(indicator: Indicator, parts: Sequence[Part]) -> Chart:
    """A bar for each month; each number leads to its records."""
    rows = reverse("indicators:rows", args=[indicator.key])
    return Chart(
        title=_("Month by month"),
        kind="bar",
        heading=_("Month"),
        series=[str(indicator.name)],
        unit=str(indicator.unit),
        rows=[
            Row(part.name, [Cell(part.value, f"{rows}?{part.scope.query}" if part.value else "")])
            for part in parts
        ],
    )
