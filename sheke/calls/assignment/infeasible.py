"""What stands in the way where slots stay empty or a minimum is not met: by submission, in words and in counts."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from django.utils.translation import gettext as _

from .problem import Pair, Problem

DETAILED = 500  # entries whose reasons are counted; each looks at everybody


def explain(problem: Problem, pairs: list[Pair], contested: set[int]) -> list[dict[str, Any]]:
    """An entry for each submission with empty slots, then for each reviewer below the minimum; the first
    DETAILED of each with the reasons.

    Every reviewer who is not on a submission is counted under the first reason that holds; where the plan fills as
    many slots as can be, one always does. `contested` are the submissions that compete for the same reviewers.
    """
    state = _State(problem, pairs)
    found: list[dict[str, Any]] = []
    for number, needed in enumerate(problem.needs):
        if (missing := needed - len(state.reviewers_of[number])) > 0:
            detailed = len(found) < DETAILED
            found.append(_of_submission(state, number, missing, contested, detailed))
    before = len(found)
    for number, (low, _high) in enumerate(problem.loads):
        if (missing := low - len(state.submissions_of[number])) > 0:
            found.append(_of_reviewer(state, number, missing, len(found) - before < DETAILED))
    return found


class _State:
    """A plan by submission and by reviewer."""

    def __init__(self, problem: Problem, pairs: list[Pair]) -> None:
        self.problem = problem
        self.reviewers_of: dict[int, set[int]] = defaultdict(set)
        self.submissions_of: dict[int, set[int]] = defaultdict(set)
        self.groups_on: dict[int, set[int]] = defaultdict(set)
        self.under_cap: Counter[tuple[int, int]] = Counter()
        for reviewer, submission in pairs:
            self.reviewers_of[submission].add(reviewer)
            self.submissions_of[reviewer].add(submission)
            self.groups_on[submission].add(problem.reviewer_organisations[reviewer])
            self.under_cap[reviewer, problem.submission_organisations[submission]] += 1


def _of_the_others(counts: Counter[str], *, submissions: bool = False) -> str:
    """A sentence on why the other reviewers (or submissions) cannot be had; empty without counts."""
    texts = {
        "own_organisation": _("of its own organisation: %(n)s"),
        "conflict": _("with a conflict: %(n)s"),
        "forbidden": _("forbidden: %(n)s"),
        "colleague": _("with a colleague as reviewer: %(n)s") if submissions
        else _("colleagues of its reviewers: %(n)s"),
        "cap": _("at the cap for its organisation: %(n)s"),
        "full": _("with a full load: %(n)s"),
        "other": _("needed elsewhere: %(n)s"),
        "taken": _("with all their reviewers: %(n)s"),
    }  # fmt: skip
    told = [texts[key] % {"n": counts[key]} for key in texts if counts[key]]
    return _(" Of the others – %(reasons)s.") % {"reasons": _("; ").join(told)} if told else ""


def _of_submission(
    state: _State, submission: int, missing: int, contested: set[int], detailed: bool
) -> dict[str, Any]:
    problem, mine = state.problem, state.reviewers_of[submission]
    own = problem.submission_organisations[submission]
    counts: Counter[str] = Counter()
    blocking: Counter[int] = Counter()
    for reviewer, group in enumerate(problem.reviewer_organisations if detailed else ()):
        if reviewer not in mine:
            reason = _reason(state, reviewer, submission)
            counts[reason] += 1
            if reason in ("own_organisation", "cap"):
                blocking[own] += 1
            elif reason == "colleague":
                blocking[group] += 1
    return {
        "submission": problem.submissions[submission], "missing": missing,
        "because": _sentence(problem, submission, len(mine), counts, len(contested)),
        "organisations": [
            problem.organisations[g] for g, n in blocking.most_common()
            if problem.organisations[g] is not None
        ],
        "reviewers": dict(counts),
        "contested": [problem.submissions[s] for s in sorted(contested)][:100]
        if submission in contested and counts["full"] else [],
    }  # fmt: skip


def _reason(state: _State, reviewer: int, submission: int) -> str:
    """The first that holds; called for millions of pairs, so one after the other."""
    problem, pair = state.problem, (reviewer, submission)
    own = problem.submission_organisations[submission]
    group = problem.reviewer_organisations[reviewer]
    if group == own:
        return "own_organisation"
    if pair in problem.conflicts:
        return "conflict"
    if pair in problem.forbidden:
        return "forbidden"
    if group in state.groups_on[submission]:
        return "colleague"
    if state.under_cap[reviewer, own] >= problem.cap:
        return "cap"
    full = len(state.submissions_of[reviewer]) >= problem.loads[reviewer][1]
    return "full" if full else "other"


def _sentence(
    problem: Problem, submission: int, have: int, counts: Counter[str], contested: int
) -> str:
    # at most, where nothing that another plan could change stands in the way
    alone = bool(counts) and not (counts["cap"] or counts["full"] or counts["other"])
    said = {
        "submission": problem.submissions[submission], "have": have,
        "needed": problem.needs[submission],
    }  # fmt: skip
    if alone:
        sentence = _("%(submission)s can have at most %(have)s of %(needed)s reviewers.") % said
    else:
        sentence = _("%(submission)s gets %(have)s of %(needed)s reviewers.") % said
    sentence += _of_the_others(counts)
    if counts["full"] and contested > 1:
        sentence += _(" %(n)s submissions compete for those with a full load.") % {"n": contested}
    room = sum(high for _low, high in problem.loads)
    if room < problem.slots:
        sums = {"room": room, "slots": problem.slots}
        sentence += _(" All loads together allow %(room)s reviews; %(slots)s are needed.") % sums
    return sentence


def _of_reviewer(state: _State, reviewer: int, missing: int, detailed: bool) -> dict[str, Any]:
    problem, mine = state.problem, state.submissions_of[reviewer]
    counts: Counter[str] = Counter()
    for submission in range(len(problem.submissions) if detailed else 0):
        if submission not in mine:
            reason = _reason(state, reviewer, submission)
            counts["taken" if reason in ("full", "other") else reason] += 1
    said = {
        "reviewer": problem.reviewers[reviewer], "have": len(mine),
        "low": problem.loads[reviewer][0],
    }  # fmt: skip
    sentence = _("%(reviewer)s gets %(have)s of at least %(low)s submissions.") % said
    own = problem.organisations[problem.reviewer_organisations[reviewer]]
    return {
        "reviewer": problem.reviewers[reviewer], "missing": missing,
        "because": sentence + _of_the_others(counts, submissions=True),
        "organisations": [own] if own is not None and counts["own_organisation"] else [],
        "submissions": dict(counts),
    }  # fmt: skip
