"""From an indicator to one SQL statement that SQLite and PostgreSQL read alike.

Every statement scans the covering index of `ledger_line` for a few record types, one measure and a
span of days, keeps the organisations of the scope by a path-prefix subselect, and adds up values
and digests in the same scan. The same WHERE gives the rows behind the figure, so a number and its
rows cannot disagree.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from sheke.core.errors import BadInput
from sheke.definitions.schemas import Filter
from sheke.directory.models import path_range
from sheke.ledger.content import scaled

from .catalogue import Catalogue
from .questions import Question


@dataclass
class Sql:
    """A piece of SQL with its parameters, in order."""

    text: str
    params: list[Any] = field(default_factory=list)

    def __add__(self, other: Sql | str) -> Sql:
        if isinstance(other, str):
            return Sql(self.text + other, self.params)
        return Sql(self.text + other.text, self.params + other.params)

    def __radd__(self, other: str) -> Sql:
        return Sql(other + self.text, self.params)


def compile_value(question: Question, catalogue: Catalogue) -> Sql:
    """SELECT one row of (numerator, denominator or NULL, rows, digest).

    Amounts and counts of `sum` and `average` are in ten-thousandths.
    """
    match question.edition.indicator.aggregate:
        case "ratio":
            numerator, denominator = (
                compile_value(part, catalogue) for part in parts(question, catalogue)
            )
            return (
                "SELECT n.a, d.a, n.c + d.c, n.d + d.d FROM ("
                + numerator + ") n, (" + denominator + ") d"
            )  # fmt: skip
        case "completion":
            (part,) = parts(question, catalogue)
            counted = compile_value(part, catalogue)
            return "SELECT n.a, (" + _goal(part) + "), n.c, n.d FROM (" + counted + ") n"
        case _:
            return _counted(question, catalogue)


def compile_page(question: Question, catalogue: Catalogue, offset: int, limit: int) -> Sql:
    """SELECT the numbers of some of the records behind the figure, latest first."""
    selects = [
        "SELECT l.record_id, l.happened_on FROM ledger_line l WHERE " + where(part, catalogue)
        for part in parts(question, catalogue)
    ]
    union = selects[0] if len(selects) == 1 else selects[0] + " UNION " + selects[1]
    return union + Sql(" ORDER BY 2 DESC, 1 DESC LIMIT %s OFFSET %s", [limit, offset])


def compile_records(question: Question, catalogue: Catalogue) -> Sql:
    """SELECT the numbers of the records behind the figure, each once, in no order."""
    selects = [
        "SELECT l.record_id FROM ledger_line l WHERE " + where(part, catalogue)
        for part in parts(question, catalogue)
    ]
    if len(selects) == 1:
        return selects[0]
    return selects[0] + " UNION " + selects[1]


def parts(question: Question, catalogue: Catalogue) -> list[Question]:
    """The counted questions behind one: itself, or those of a ratio's or completion's indicators."""
    editions = catalogue.parts(question.edition)
    if editions == [question.edition]:
        return [question]
    for edition in editions:
        if edition.indicator.aggregate not in ("count", "sum", "distinct"):
            raise BadInput(
                _("%(key)s: “%(part)s” is no count, sum or distinct count, so no ratio can use it.")
                % {"key": question.edition.indicator.key, "part": edition.indicator.key}
            )
    return [replace(question, edition=edition) for edition in editions]


def where(question: Question, catalogue: Catalogue) -> Sql:
    """The condition on `ledger_line l` that defines the rows of a counted indicator.

    A record of several organisations has a line for each of them; only the first of its lines
    within the scope passes, so that it counts once at every level. The reporting organisation's
    line (seat 0) is first wherever it is in the scope; only the others need a look, and none of
    them counts where the scope is the whole tree.
    """
    lines = _lines(question, catalogue)
    if catalogue.contains_all(question):
        return lines + " AND l.seat = 0"
    first = (
        "(l.seat = 0 OR NOT EXISTS (SELECT 1 FROM ledger_line p WHERE p.record_id = l.record_id"
        " AND p.measure = l.measure AND p.seat < l.seat AND +p.organisation_id IN "
        + _scope(question) + "))"
    )  # fmt: skip
    return lines + " AND " + first


def _counted(question: Question, catalogue: Catalogue) -> Sql:
    indicator = question.edition.indicator
    numerator, denominator = Sql("COUNT(*)"), Sql("NULL")
    match indicator.aggregate:
        case "sum":
            numerator = Sql("COALESCE(SUM(l.value), 0)")
        case "average":
            numerator, denominator = Sql("SUM(l.value)"), Sql("COUNT(*)")
        case "share":
            passes = _all(indicator.of, question, catalogue)
            numerator = "SUM(CASE WHEN " + passes + " THEN 1 ELSE 0 END)"
            denominator = Sql("COUNT(*)")
        case "distinct":
            numerator = "(" + _distinct(question, catalogue) + ")"
    return (
        "SELECT " + numerator + " AS a, " + denominator + " AS b, "
        + "COUNT(*) AS c, COALESCE(SUM(l.digest), 0) AS d FROM ledger_line l WHERE "
        + where(question, catalogue)
    )  # fmt: skip


def _distinct(question: Question, catalogue: Catalogue) -> Sql:
    """A scalar subselect over all lines of the scope: every organisation that took part counts."""
    indicator = question.edition.indicator
    lines = _lines(question, catalogue)
    match indicator.distinct:
        case "organisation":
            source = Sql("COUNT(DISTINCT l.organisation_id) FROM ledger_line l")
        case "title":
            source = Sql(
                "COUNT(DISTINCT r.title) FROM ledger_line l"
                " JOIN ledger_record r ON r.id = l.record_id"
            )
        case key:
            source = Sql(
                "COUNT(DISTINCT f.value) FROM ledger_line l"
                " JOIN ledger_facet f ON f.record_id = l.record_id AND f.field = %s", [key],
            )  # fmt: skip
    return "SELECT " + source + " WHERE " + lines


def _lines(question: Question, catalogue: Catalogue) -> Sql:
    indicator = question.edition.indicator
    ids = [catalogue.type_id(key) for key in indicator.types]
    day = "l.posted_on" if indicator.date == "posted" else "l.happened_on"
    lines = _in("l.type_id", ids) + Sql(
        f" AND l.measure = %s AND {day} BETWEEN %s AND %s",
        [indicator.measure or "", *_span(question)],
    )
    if not catalogue.contains_all(question):
        lines = lines + " AND l.organisation_id IN " + _scope(question)
    if indicator.where:
        lines = lines + " AND " + _all(indicator.where, question, catalogue)
    return lines


def _span(question: Question) -> list[str]:
    return [question.first_day.isoformat(), question.last_day.isoformat()]


def _scope(question: Question) -> Sql:
    if question.own:
        return Sql("(%s)", [question.organisation.pk])
    low, high = path_range(question.organisation.path)
    scope = Sql(
        "(SELECT o.id FROM directory_organisation o WHERE o.path >= %s AND o.path < %s",
        [low, high],
    )
    if question.kinds:
        scope = scope + " AND " + _in("o.kind", list(question.kinds))
    return scope + ")"


def _all(filters: tuple[Filter, ...], question: Question, catalogue: Catalogue) -> Sql:
    conditions = [_condition(f, question, catalogue) for f in filters]
    joined = conditions[0]
    for condition in conditions[1:]:
        joined = joined + " AND " + condition
    return joined


def _condition(f: Filter, question: Question, catalogue: Catalogue) -> Sql:
    """Membership in the records of these types and days that have such a facet or measure.

    The set is read from one range of an index and probed per line; an EXISTS per line costs five
    times as much. The unary plus keeps the planner from driving the scan by the set.
    """
    indicator = question.edition.indicator
    ids = [catalogue.type_id(key) for key in indicator.types]
    measured = any(catalogue.record_type(key).measure(f.field) for key in indicator.types)
    table, column = ("ledger_line", "measure") if measured else ("ledger_facet", "field")
    matching = (
        Sql(f"SELECT f.record_id FROM {table} f WHERE ")
        + _in("f.type_id", ids)
        + Sql(f" AND f.{column} = %s", [f.field])
        + _test(f, measured)
    )
    if indicator.date == "happened":
        matching += Sql(" AND f.happened_on BETWEEN %s AND %s", _span(question))
    negated = "NOT " if f.op in ("ne", "empty") else ""
    return f"+l.record_id {negated}IN (" + matching + ")"


def _test(f: Filter, measured: bool) -> Sql:
    """The comparison inside the set; “ne” and “empty” are negated outside."""
    if f.op in ("filled", "empty"):
        return Sql("")
    values = list(f.value) if f.op == "in" else [f.value]
    numeric = measured or (f.op in ("gte", "lte") and not isinstance(f.value, str))
    column = "f.value" if measured or not numeric else "f.number"
    params = [scaled(str(v)) if numeric else _text(v) for v in values]
    if f.op in ("gte", "lte"):
        sign = ">=" if f.op == "gte" else "<="
        return Sql(f" AND {column} {sign} %s", params)
    return " AND " + _in(column, params)


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _in(column: str, values: list[Any]) -> Sql:
    if len(values) == 1:
        return Sql(f"{column} = %s", values)
    return Sql(f"{column} IN ({', '.join(['%s'] * len(values))})", values)


def _goal(question: Question) -> Sql:
    """The value of the narrowest goal that covers the period."""
    return Sql(
        "SELECT g.value FROM indicators_goal g WHERE g.indicator_id = %s AND g.organisation_id = %s"
        " AND g.first_day <= %s AND g.last_day >= %s"
        " ORDER BY g.first_day DESC, g.last_day, g.id LIMIT 1",
        [question.edition.definition_id, question.organisation.pk, *_span(question)],
    )
