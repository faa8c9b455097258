"""Figures side by side: with the year before, by month, by organisation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from sheke.definitions.models import Edition
from sheke.definitions.schemas import Indicator

from .catalogue import Catalogue
from .evaluation import Evaluate, evaluate_all
from .periods import bucket_name
from .questions import Figure
from .scopes import Scope


@dataclass(frozen=True)
class Compared:
    """An indicator's figure beside the one of the year before, and its course by month."""

    edition: Edition
    now: Figure
    before: Figure
    course: list[Decimal]

    @property
    def indicator(self) -> Indicator:
        return self.edition.indicator

    @property
    def value(self) -> Decimal | None:
        return shown(self.now, self.indicator)

    @property
    def value_before(self) -> Decimal | None:
        return shown(self.before, self.indicator)

    @property
    def change(self) -> Decimal | None:
        """In percent of the year before; of percentages the difference in points."""
        now, before = self.value, self.value_before
        if now is None or before is None:
            return None
        if self.in_points:
            return now - before
        return ((now - before) / before * 100).quantize(Decimal("0.1")) if before else None

    @property
    def change_size(self) -> Decimal:
        return abs(self.change or Decimal(0))

    @property
    def in_points(self) -> bool:
        return self.indicator.unit.zh == "%"


@dataclass(frozen=True)
class Part:
    """One bar: a month or an organisation with its figure."""

    name: str
    scope: Scope
    figure: Figure
    value: Decimal | None


def shown(figure: Figure, indicator: Indicator) -> Decimal | None:
    """The value as a page prints it: quotients rounded to the indicator's places, sums exact."""
    if figure.value is None or indicator.aggregate in ("count", "sum", "distinct"):
        return figure.value
    return figure.rounded(indicator.places)


def compared(
    editions: Iterable[Edition], scope: Scope, catalogue: Catalogue,
    evaluate: Evaluate = evaluate_all,
) -> list[Compared]:  # fmt: skip
    """Each indicator with the year before and its months: 2 statements and one for each month."""
    months = scope.buckets()
    scopes = [scope, scope.year_before(), *months]
    editions = list(editions)
    questions = [each.question(edition) for edition in editions for each in scopes]
    figures = evaluate(questions, catalogue)
    found = []
    for n, edition in enumerate(editions):
        now, before, *course = figures[n * len(scopes) : (n + 1) * len(scopes)]
        values = [shown(figure, edition.indicator) or Decimal(0) for figure in course]
        found.append(Compared(edition, now, before, _course(edition.indicator, values)))
    return found


def _course(indicator: Indicator, values: list[Decimal]) -> list[Decimal]:
    """Without a course where months mean nothing: goals are set for years."""
    return [] if indicator.aggregate == "completion" else values


def by_month(
    edition: Edition, scope: Scope, catalogue: Catalogue, evaluate: Evaluate = evaluate_all
) -> list[Part]:
    """One figure for each month of the scope."""
    if edition.indicator.aggregate == "completion":
        return []
    scopes = scope.buckets()
    spans = [each.span for each in scopes]
    named = [(bucket_name(s.span, spans), s) for s in scopes]
    return _parts(edition, named, catalogue, evaluate)


def by_child(
    edition: Edition, scope: Scope, catalogue: Catalogue, evaluate: Evaluate = evaluate_all
) -> list[Part]:
    """One figure for the organisation itself and for each one below it, highest first."""
    organisation = scope.organisation
    children = organisation.children.at(scope.last_day).order_by("path")
    named: list[tuple[str, Scope]] = [(child.label, scope.at(child)) for child in children]
    if not named:
        return []
    own = (organisation.label, scope.at(organisation, own=True))
    parts = _parts(edition, [own, *named], catalogue, evaluate)
    return sorted(parts, key=lambda part: -(part.value or Decimal(0)))


def _parts(
    edition: Edition, named: list[tuple[str, Scope]], catalogue: Catalogue, evaluate: Evaluate
) -> list[Part]:
    figures = evaluate([scope.question(edition) for _name, scope in named], catalogue)
    return [
        Part(name, scope, figure, shown(figure, edition.indicator))
        for (name, scope), figure in zip(named, figures, strict=True)
    ]
