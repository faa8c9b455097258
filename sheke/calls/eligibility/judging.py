"""Judging: a programme's conditions against what is known. Pure; what is missing is “open”, not wrong."""

from __future__ import annotations

from dataclasses import replace

from sheke.definitions.programmes import Eligibility, Programme
from sheke.definitions.programmes.words import demand_of, group_demand

from .facts import Facts
from .rules import RULES
from .verdicts import FAILS, HOLDS, OPEN, Outcome, Verdict, combined

__all__ = ["FAILS", "HOLDS", "OPEN", "Outcome", "Verdict", "judge"]


def judge(programme: Programme, facts: Facts) -> Verdict:
    """The tree of verdicts. Its outcome is the answer: holds, fails, or open until more is filled in."""
    return _node(programme.eligibility, programme, facts, turned=False)


def _node(node: Eligibility, programme: Programme, facts: Facts, *, turned: bool) -> Verdict:
    if node.condition is not None:
        return _condition(node, programme, facts, turned=turned)
    kind = node.kind
    below = turned != (kind == "none")
    parts = tuple(_node(part, programme, facts, turned=below) for part in node.parts)
    counted = [part.outcome for part in parts if not part.warning]
    return Verdict(
        kind=kind, outcome=combined(kind, counted), demand=group_demand(kind), parts=parts,
        warning=not counted, turned=turned,
    )  # fmt: skip


def _condition(node: Eligibility, programme: Programme, facts: Facts, *, turned: bool) -> Verdict:
    condition = node.condition
    if condition is None:
        raise LookupError("no condition here")
    finding = RULES[condition.rule](condition, programme, facts)
    verdict = Verdict(
        kind=condition.rule,
        outcome=finding.outcome,
        demand=demand_of(condition, programme),
        found=finding.found,
        field=finding.field,
        warning=condition.severity == "warning",
        turned=turned,
    )
    return verdict if verdict.good else replace(verdict, todo=finding.todo)
