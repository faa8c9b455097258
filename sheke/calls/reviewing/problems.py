"""The problem of assignment, made from what stands in the database."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from sheke.calls.assignment import Problem, check, read_problem
from sheke.definitions.canonical import digest

from ..models import (
    Assignment,
    Call,
    Conflict,
    ExtraReview,
    PairRule,
    Phase,
    Reviewer,
    Submission,
)
from .standing import under_review
from .units import units_of

JOINERS = "；;，,、 \n\t"
AT_ONCE = 60_000  # pairs of a problem that is solved while the page waits


@dataclass
class Stated:
    """A problem in JSON with the rows behind it. Numbers are primary keys."""

    data: dict[str, Any]
    reviewers: dict[int, Reviewer]
    submissions: dict[int, Submission]
    units: dict[int, int | None]  # of reviewers: the employer that counts

    @property
    def digest(self) -> str:
        """The same for the same problem, whatever the seed."""
        return digest({key: value for key, value in self.data.items() if key != "seed"})

    @property
    def size(self) -> int:
        return len(self.reviewers) * len(self.submissions)

    def problem(self, seed: int | None = None) -> Problem:
        return read_problem(self.data | ({} if seed is None else {"seed": seed}))


def state(phase: Phase) -> Stated:
    """The submissions under review, who accepted to review, and everything that binds a plan."""
    call, stage = phase.call, phase.definition
    submissions = {
        s.pk: s for s in under_review(phase).select_related("organisation", "topic", "sent")
    }
    accepted = call.reviewers.filter(accepted=True).select_related("person", "organisation")
    reviewers = {r.pk: r for r in accepted.order_by("pk")}
    units = _units(reviewers, submissions)
    extra = Counter(
        ExtraReview.objects.filter(call=call, stage=phase.stage).values_list(
            "submission", flat=True
        )
    )
    history = _histories(call, reviewers)
    names = _disciplines(call)
    data: dict[str, Any] = {
        "reviews": stage.reviews, "load": list(stage.load),
        "per_organisation_cap": stage.organisation_cap,
        "submissions": [
            {"id": number, "organisation": units.get(("s", number)), "topics": _topics(one, names),
             "reviews": stage.reviews + extra[number]}
            for number, one in submissions.items()
        ],
        "reviewers": [
            {"id": number, "organisation": units.get(("r", number)), "history": history[number],
             "topics": [*(names.get(key, key) for key in one.disciplines), *one.words],
             "load": _load(one, stage.load)}
            for number, one in reviewers.items()
        ],
    }  # fmt: skip
    data |= _pairs(phase, reviewers, submissions, units)
    own = {number: units.get(("r", number)) for number in reviewers}
    return Stated(data, reviewers, submissions, own)


def _units(
    reviewers: dict[int, Reviewer], submissions: dict[int, Submission]
) -> dict[tuple[str, int], int | None]:
    held = [("r", n, r.organisation) for n, r in reviewers.items()]
    held += [("s", n, s.organisation) for n, s in submissions.items()]
    found = units_of({o.pk: o for _kind, _n, o in held if o is not None}.values())
    return {(kind, n): found[o.pk].pk for kind, n, o in held if o is not None and o.pk in found}


def _load(reviewer: Reviewer, usual: tuple[int, int]) -> list[int]:
    least = usual[0] if reviewer.load_least is None else reviewer.load_least
    most = usual[1] if reviewer.load_most is None else reviewer.load_most
    return [min(least, most), most]


def _disciplines(call: Call) -> dict[str, str]:
    """Names of the disciplines of the form by their keys."""
    field = call.programme.used_as("discipline")
    return {choice.key: choice.name.zh for choice in field.choices} if field else {}


def _topics(submission: Submission, names: dict[str, str]) -> list[str]:
    """Discipline, topic of the guide, keywords and title: what a reviewer is found by."""
    found = [names.get(submission.discipline, submission.discipline)]
    if submission.topic is not None:
        found.append(submission.topic.title)
    field = submission.call.programme.used_as("keywords") if submission.sent else None
    if field is not None and submission.sent is not None:
        found += split_words(str(submission.sent.values.get(field.key, "")))
    return [text for text in dict.fromkeys([*found, submission.title]) if text]


def split_words(text: str) -> list[str]:
    """Words of a line, whatever stands between them."""
    for mark in JOINERS:
        text = text.replace(mark, "；")
    return list(dict.fromkeys(word for word in text.split("；") if word))


def _histories(call: Call, reviewers: dict[int, Reviewer]) -> dict[int, list[str]]:
    """What each reviewed in earlier calls, by titles."""
    by_person = {reviewer.person_id: number for number, reviewer in reviewers.items()}
    found: dict[int, list[str]] = defaultdict(list)
    earlier = Assignment.objects.filter(
        reviewer__person__in=by_person, review__sent_at__isnull=False
    ).exclude(call=call)
    rows = earlier.values_list("reviewer__person_id", "submission__title").order_by("-pk")
    for person, title in rows:
        if len(found[by_person[person]]) < 40 and title:
            found[by_person[person]].append(title)
    return found


def _pairs(
    phase: Phase, reviewers: dict[int, Reviewer], submissions: dict[int, Submission],
    units: dict[tuple[str, int], int | None],
) -> dict[str, list[list[int]]]:  # fmt: skip
    """Conflicts that stand, pairs settled by hand, and reviews that were sent: they stay."""
    here = {"reviewer__in": reviewers, "submission__in": submissions}
    standing = Conflict.objects.filter(call=phase.call, lifted_at=None, **here)
    conflicts = set(standing.values_list("reviewer_id", "submission_id"))
    rules = PairRule.objects.filter(call=phase.call, stage=phase.stage, **here)
    by_hand = list(rules.values_list("reviewer_id", "submission_id", "forced"))
    sent = Assignment.objects.in_force().filter(
        call=phase.call, stage=phase.stage, review__sent_at__isnull=False, **here
    )
    forced = {(r, s) for r, s, must in by_hand if must}
    forced |= set(sent.values_list("reviewer_id", "submission_id"))
    barred = conflicts | {(r, s) for r, s, must in by_hand if not must}
    forced = {
        (r, s) for r, s in forced - barred
        if units.get(("r", r)) is None or units.get(("r", r)) != units.get(("s", s))
    }  # fmt: skip
    forbidden = {(r, s) for r, s, must in by_hand if not must} - conflicts
    named = {"conflicts": conflicts, "forbidden": forbidden, "forced": forced}
    return {key: [list(pair) for pair in sorted(pairs)] for key, pairs in named.items()}


def pairs_in_force(phase: Phase) -> list[tuple[int, int]]:
    """(reviewer, submission) as they are assigned now."""
    found = Assignment.objects.in_force().filter(call=phase.call_id, stage=phase.stage)
    return list(
        found.order_by("submission", "reviewer").values_list("reviewer_id", "submission_id")
    )


def verdict_on(stated: Stated, pairs: list[tuple[int, int]]) -> dict[str, Any]:
    """What the independent checker says of pairs that are in force; what is missing is declared."""
    problem = stated.problem()
    have = Counter(submission for _reviewer, submission in pairs)
    loads = Counter(reviewer for reviewer, _submission in pairs)
    missing: list[dict[str, Any]] = [
        {"submission": problem.submissions[n], "missing": needed - have[problem.submissions[n]]}  # type: ignore[index]
        for n, needed in enumerate(problem.needs) if have[problem.submissions[n]] < needed  # type: ignore[index]
    ]  # fmt: skip
    missing += [
        {"reviewer": problem.reviewers[n], "missing": low - loads[problem.reviewers[n]]}  # type: ignore[index]
        for n, (low, _high) in enumerate(problem.loads) if loads[problem.reviewers[n]] < low  # type: ignore[index]
    ]  # fmt: skip
    plan: dict[str, Any] = {"pairs": [list(pair) for pair in pairs], "infeasible": missing}
    counted = check(problem, plan | {"objective": 0, "bound": 0}).objective
    said = check(problem, plan | {"objective": counted, "bound": counted})
    return said.data() | {"bound": None, "certified": None, "gap": None}
