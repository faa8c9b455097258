"""Calls of the demonstration: a research grant in its formal check, an award that takes submissions."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sheke.calls.actions import calls as calling
from sheke.calls.actions import checks, phases, quotas
from sheke.calls.actions.importing import import_submissions
from sheke.calls.models import Call
from sheke.directory.models import Account

from .call_making import edition_of, entries_of, open_call, plan, units_of
from .call_stages import recommend_within_quota
from .clock import clock
from .organisations import Tree
from .source import dice, read

GRANT, AWARD = "research_grant", "works_award"
SUBMISSIONS = 40


def make_calls(tree: Tree, office: Account, today: date) -> None:
    """The grant's applications were sent in and recommended last month; the award closes in three weeks."""
    words = read("calls")
    _grant(tree, office, today, words["grant"])
    _award(tree, office, today, words["award"])


def _grant(tree: Tree, office: Account, today: date, words: Any) -> None:
    edition = edition_of(GRANT)
    began = today - timedelta(days=50)
    with clock(began):
        call = open_call(edition, tree.root, office, began, 35, words)
        recommending_units = units_of(tree)
        quotas.set_quotas(call=call, places=dict.fromkeys(recommending_units, 4), by=office)
        plan(call, began, office)
        call = calling.announce_call(call=call, by=office)
    with clock(today - timedelta(days=18)):
        entries = list(entries_of(call, recommending_units, words, count=SUBMISSIONS))
        made = import_submissions(call=call, entries=entries, by=None)
    with clock(today - timedelta(days=14)):
        phases.end_phase(phase=call.phases.get(stage="collect"), by=office)
        phases.begin_phase(phase=call.phases.get(stage="recommend"), by=office)
    with clock(today - timedelta(days=6)):
        recommend_within_quota(call, made, words["reasons"], dice("recommending"))
        phases.end_phase(phase=call.phases.get(stage="recommend"), by=office)
    with clock(today - timedelta(days=3)):
        phases.begin_phase(phase=call.phases.get(stage="check"), by=office)
    with clock(today - timedelta(days=1)):
        _check(call, office, today, words)


def _award(tree: Tree, office: Account, today: date, words: Any) -> None:
    edition = edition_of(AWARD)
    began = today - timedelta(days=9)
    with clock(began):
        call = open_call(edition, tree.root, office, began, 30, words)
        quotas.set_quotas(call=call, places=dict.fromkeys(units_of(tree), 6), by=office)
        plan(call, began, office)
        calling.announce_call(call=call, by=office)


def _check(call: Call, office: Account, today: date, words: Any) -> None:
    """Half of them passed, one was refused, two came back for correction; the others wait."""
    there = list(call.submissions.filter(stage="check", state="in").order_by("number"))
    half = len(there) // 2
    checks.pass_submissions(call=call, submissions=there[:half], by=office)
    checks.refuse_submissions(
        call=call, submissions=there[half : half + 1], reason=words["refused"], by=office
    )
    for submission in there[half + 1 : half + 3]:
        checks.return_submission(
            submission=submission, reason=words["returned"], due_on=today + timedelta(days=5),
            fields={"summary": words["remark"]}, by=office,
        )  # fmt: skip
