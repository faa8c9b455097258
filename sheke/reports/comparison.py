"""Two reports side by side: the same indicator then and now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sheke.reports.models import Figure


@dataclass(frozen=True, slots=True)
class ComparedFigure:
    """An indicator in both reports or in one; `change` in per cent of the earlier value."""

    name: str
    unit: str
    now: Figure | None
    before: Figure | None

    @property
    def difference(self) -> Decimal | None:
        if self.now is None or self.before is None:
            return None
        if self.now.value is None or self.before.value is None:
            return None
        return self.now.value - self.before.value

    @property
    def change(self) -> Decimal | None:
        difference = self.difference
        if difference is None or self.before is None or not self.before.value:
            return None
        return (difference / self.before.value * 100).quantize(Decimal("0.1"))


def compare_reports(now: Sequence[Figure], before: Sequence[Figure]) -> list[ComparedFigure]:
    """Counted figures in the order of the later report, then those only the earlier one has.

    Figures meet by indicator and scope; the same one printed twice meets in its order.
    """
    earlier: dict[tuple[object, ...], list[Figure]] = {}
    for figure in before:
        if figure.edition:
            earlier.setdefault(_key(figure), []).append(figure)
    lines = []
    for figure in now:
        if figure.edition:
            matches = earlier.get(_key(figure)) or [None]  # type: ignore[list-item]
            lines.append(_line(figure, matches.pop(0)))
    return lines + [_line(None, figure) for rest in earlier.values() for figure in rest if figure]


def _key(figure: Figure) -> tuple[object, ...]:
    key = figure.edition.definition.key if figure.edition else ""
    own_unit = figure.organisation_id == figure.report.organisation_id
    return key, None if own_unit else figure.organisation_id, tuple(figure.kinds), figure.own


def _line(now: Figure | None, before: Figure | None) -> ComparedFigure:
    edition = (now or before).edition  # type: ignore[union-attr]
    indicator = edition.indicator  # type: ignore[union-attr]
    return ComparedFigure(str(indicator.name), str(indicator.unit), now, before)
