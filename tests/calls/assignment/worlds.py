"""Small problems: drawn by hypothesis, and solved by trying everything."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from sheke.calls.assignment.problem import Pair, Problem


def data(people: int, papers: int, /, **given: Any) -> dict[str, Any]:
    """A problem's JSON where everybody is of an organisation of his own and one review is needed."""
    return {
        "reviews": 1,
        "reviewers": [{"id": f"R{n}"} for n in range(people)],
        "submissions": [{"id": f"S{n}"} for n in range(papers)],
    } | given


@st.composite
def problems(draw: st.DrawFn) -> dict[str, Any]:
    """Problems that are often tight and sometimes impossible, with every kind of rule."""
    people, papers = draw(st.integers(1, 4)), draw(st.integers(1, 3))
    groups = st.sampled_from(["A", "B", "C", None])
    cell = st.sampled_from([-0.5, 0, 0.25, 0.5, 0.5, 1, 2])
    low = draw(st.integers(0, 1))
    loads = st.sampled_from([None, [0, 1], [1, 2], [0, 3], [2, 3]])
    pair = st.tuples(st.integers(0, people - 1), st.integers(0, papers - 1))
    named = st.lists(pair.map(lambda p: [f"R{p[0]}", p[1]]), max_size=3)
    return {
        "reviews": draw(st.integers(1, 2)),
        "load": [low, draw(st.integers(max(1, low), 3))],
        "per_organisation_cap": draw(st.sampled_from([None, 1, 2])),
        "reviewers": [
            {"id": f"R{n}", "organisation": draw(groups), "load": draw(loads)}
            for n in range(people)
        ],
        "submissions": [{"id": n, "organisation": draw(groups)} for n in range(papers)],
        "conflicts": draw(named),
        "forbidden": draw(named),
        "forced": draw(st.lists(pair.map(lambda p: [f"R{p[0]}", p[1]]), max_size=1)),
        "affinity": {"dense": [[draw(cell) for _ in range(papers)] for _ in range(people)]},
    }


def allowed(problem: Problem, pairs: frozenset[Pair]) -> bool:
    """Whether these pairs break none of the rules that even a plan with empty slots keeps."""
    per_reviewer: dict[int, int] = {}
    per_submission: dict[int, int] = {}
    colleagues, under_cap = set(), {}
    for reviewer, submission in pairs:
        group = problem.reviewer_organisations[reviewer]
        own = problem.submission_organisations[submission]
        if (reviewer, submission) in problem.conflicts | problem.forbidden or group == own:
            return False
        if (submission, group) in colleagues:
            return False
        colleagues.add((submission, group))
        under_cap[reviewer, own] = under_cap.get((reviewer, own), 0) + 1
        per_reviewer[reviewer] = per_reviewer.get(reviewer, 0) + 1
        per_submission[submission] = per_submission.get(submission, 0) + 1
    return (
        pairs >= problem.forced
        and all(count <= problem.cap for count in under_cap.values())
        and all(n <= problem.loads[reviewer][1] for reviewer, n in per_reviewer.items())
        and all(n <= problem.needs[submission] for submission, n in per_submission.items())
    )


def plans(problem: Problem) -> list[frozenset[Pair]]:
    """Every plan that breaks no rule, empty slots and unmet minima aside."""
    found = [frozenset(problem.forced)]
    for reviewer in range(len(problem.reviewers)):
        for submission in range(len(problem.submissions)):
            if (reviewer, submission) not in problem.forced:
                more = [plan | {(reviewer, submission)} for plan in found]
                found += [plan for plan in more if allowed(problem, plan)]
    return found


def missing(problem: Problem, pairs: frozenset[Pair]) -> int:
    """Empty slots and what is missing to the minima."""
    loads = [sum(r == n for r, _ in pairs) for n in range(len(problem.reviewers))]
    short = sum(max(0, low - n) for (low, _high), n in zip(problem.loads, loads, strict=True))
    return problem.slots - len(pairs) + short


def affinity(problem: Problem, pairs: frozenset[Pair]) -> float:
    """Of given values."""
    return sum(problem.dense[r][s] for r, s in pairs)


def numbers(problem: Problem, pairs: list[tuple[Any, Any]]) -> frozenset[Pair]:
    """The pairs by number."""
    return frozenset((problem.reviewers.index(r), problem.submissions.index(s)) for r, s in pairs)
