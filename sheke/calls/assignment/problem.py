"""The problem as it is given: read, checked and numbered. Nothing here knows how it is solved."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, NoReturn

from django.utils.translation import gettext as _

from sheke.core.errors import BadInput

Id = str | int | float
Pair = tuple[int, int]  # (number of a reviewer, number of a submission), both from 0
# What a reviewer's bounds and a cap are when nothing was said: more than there can be submissions.
UNBOUNDED = 10**9
MAX_REVIEWS = 1000


@dataclass(frozen=True)
class Problem:
    """Reviewers and submissions by number (their place in the lists), with all that binds a plan.

    `organisations` are numbers too; who has none gets one that nobody else has. `values` says what the
    affinity is made of: `dense[reviewer][submission]`, `sparse` pairs (others 0), or topics when both are None.
    """

    submissions: list[Id]
    reviewers: list[Id]
    submission_organisations: list[int]
    reviewer_organisations: list[int]
    organisations: list[Any]  # the names as given; None for an organisation of one's own
    needs: list[int]
    loads: list[tuple[int, int]]
    cap: int
    submission_topics: list[list[str]]
    reviewer_topics: list[list[str]]
    reviewer_history: list[list[str]]
    conflicts: set[Pair] = field(default_factory=set)
    forbidden: set[Pair] = field(default_factory=set)
    forced: set[Pair] = field(default_factory=set)
    dense: list[list[float]] | None = None
    sparse: dict[Pair, float] | None = None
    topics_weight: float = 1.0
    seed: int | str | None = None
    keep: float = 0.99
    balance: float = 0.5

    @property
    def slots(self) -> int:
        """How many reviews are needed in all."""
        return sum(self.needs)

    def barred(self) -> set[Pair]:
        """The pairs named as impossible; those of one organisation are not among them."""
        return self.conflicts | self.forbidden

    def names(self, pair: Pair) -> tuple[Id, Id]:
        """The ids of a pair."""
        return self.reviewers[pair[0]], self.submissions[pair[1]]


KEYS = {
    "reviews", "load", "per_organisation_cap", "seed", "keep", "balance", "submissions", "reviewers",
    "conflicts", "forced", "forbidden", "affinity", "topics_weight",
}  # fmt: skip


def read_problem(data: Any) -> Problem:
    """The problem of a file's JSON. Raises BadInput that names the place, such as `reviewers[12].load`."""
    if not isinstance(data, dict):
        raise BadInput(_("The problem is no JSON object with “submissions” and “reviewers”"))
    for key in data:
        if key not in KEYS:
            _wrong(
                str(key), _("unknown key; known are: %(keys)s") % {"keys": ", ".join(sorted(KEYS))}
            )
    reviews = _whole(data.get("reviews"), "reviews", at_most=MAX_REVIEWS)
    load = _load(data.get("load"), "load", (0, UNBOUNDED))
    submissions, reviewers = _objects(data, "submissions"), _objects(data, "reviewers")
    papers, people = _ids(submissions, "submissions"), _ids(reviewers, "reviewers")
    organisations: list[Any] = []
    codes: dict[Hashable, int] = {}
    problem = Problem(
        submissions=list(papers), reviewers=list(people),
        submission_organisations=_organisations(submissions, "submissions", codes, organisations),
        reviewer_organisations=_organisations(reviewers, "reviewers", codes, organisations),
        organisations=organisations,
        needs=[
            _whole(s.get("reviews", reviews), f"submissions[{n}].reviews", at_most=MAX_REVIEWS)
            for n, s in enumerate(submissions)
        ],
        loads=[_load(r.get("load"), f"reviewers[{n}].load", load) for n, r in enumerate(reviewers)],
        cap=_cap(data.get("per_organisation_cap")),
        submission_topics=_topics(submissions, "submissions", "topics"),
        reviewer_topics=_topics(reviewers, "reviewers", "topics"),
        reviewer_history=_topics(reviewers, "reviewers", "history"),
        conflicts=_pairs(data, "conflicts", people, papers),
        forbidden=_pairs(data, "forbidden", people, papers),
        forced=_pairs(data, "forced", people, papers),
        seed=_seed(data.get("seed")),
        keep=_number(data.get("keep", 0.99), "keep", 0.98, 1),
        balance=_number(data.get("balance", 0.5), "balance", 0, 1),
        **_affinity(data, people, papers),
    )  # fmt: skip
    _check_forced(problem)
    return problem


def _wrong(place: str, what: str) -> NoReturn:
    raise BadInput(f"{place}: {what}")


def _whole(value: Any, place: str, *, at_most: int = UNBOUNDED) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= at_most:
        _wrong(place, _("must be a whole number from 0 to %(most)s") % {"most": at_most})
    return int(value)


def _number(value: Any, place: str, low: float, high: float) -> float:
    if not _finite(value) or not low <= value <= high:
        _wrong(place, _("must be a number from %(low)s to %(high)s") % {"low": low, "high": high})
    return float(value)


def _finite(value: Any) -> bool:
    return (
        isinstance(value, int | float) and not isinstance(value, bool)
        and math.isfinite(value) and abs(value) <= 1e9
    )  # fmt: skip


def _load(value: Any, place: str, default: tuple[int, int]) -> tuple[int, int]:
    """[min, max] with min <= max; a null maximum is none."""
    if value is None:
        return default
    if not isinstance(value, list) or len(value) != 2:
        _wrong(place, _("must be [min, max]"))
    low = _whole(value[0] or 0, place)
    high = UNBOUNDED if value[1] is None else _whole(value[1], place)
    if low > high:
        _wrong(
            place,
            _("the minimum %(low)s is above the maximum %(high)s") % {"low": low, "high": high},
        )
    return low, high


def _cap(value: Any) -> int:
    return UNBOUNDED if value is None else min(_whole(value, "per_organisation_cap"), UNBOUNDED)


def _seed(value: Any) -> int | str | None:
    if value is None or (isinstance(value, int | str) and not isinstance(value, bool)):
        return value
    _wrong("seed", _("must be a whole number or a text"))


def _objects(data: dict[str, Any], key: str) -> list[dict[str, Any]]:
    if not isinstance(data.get(key), list):
        _wrong(key, _("must be a list"))
    for number, item in enumerate(data[key]):
        if not isinstance(item, dict):
            _wrong(f"{key}[{number}]", _("must be an object with an “id”"))
    return list(data[key])


def _ids(items: list[dict[str, Any]], key: str) -> dict[Id, int]:
    """Each id with its number in the list, in order."""
    numbers: dict[Id, int] = {}
    for number, item in enumerate(items):
        given, place = item.get("id"), f"{key}[{number}].id"
        if given is None or not _is_id(given):
            _wrong(place, _("must be a text or a number"))
        if given in numbers:
            _wrong(
                place,
                _("%(id)s stands at %(first)s too")
                % {"id": given, "first": f"{key}[{numbers[given]}]"},
            )
        numbers[given] = number
    return numbers


def _is_id(value: Any) -> bool:
    return isinstance(value, str) or (_finite(value) if not isinstance(value, bool) else False)


def _organisations(
    items: list[dict[str, Any]], key: str, codes: dict[Hashable, int], names: list[Any]
) -> list[int]:
    found = []
    for number, item in enumerate(items):
        given = item.get("organisation")
        if given is not None and not _is_id(given):
            _wrong(f"{key}[{number}].organisation", _("must be a text, a number or null"))
        mark: Hashable = given if given not in (None, "") else (key, number)
        if mark not in codes:
            codes[mark] = len(names)
            names.append(None if isinstance(mark, tuple) else given)
        found.append(codes[mark])
    return found


def _topics(items: list[dict[str, Any]], key: str, name: str) -> list[list[str]]:
    found = []
    for number, item in enumerate(items):
        given = item.get(name)
        given = [] if given is None else given
        if not isinstance(given, list) or not all(isinstance(t, str | int) for t in given):
            _wrong(f"{key}[{number}].{name}", _("must be a list of texts"))
        found.append([str(topic) for topic in given])
    return found


def _pairs(
    data: dict[str, Any], key: str, people: dict[Id, int], papers: dict[Id, int]
) -> set[Pair]:
    given = data.get(key)
    if given is None:
        return set()
    if not isinstance(given, list):
        _wrong(key, _("must be a list of [reviewer, submission]"))
    return {_pair(item, f"{key}[{n}]", 2, people, papers) for n, item in enumerate(given)}


def _pair(item: Any, place: str, length: int, people: dict[Id, int], papers: dict[Id, int]) -> Pair:
    if not isinstance(item, list) or len(item) != length:
        shape = "[reviewer, submission]" if length == 2 else "[reviewer, submission, value]"
        _wrong(place, _("must be %(shape)s") % {"shape": shape})
    reviewer, submission = _known(item[0], people), _known(item[1], papers)
    if reviewer is None:
        _wrong(place, _("there is no reviewer %(id)s") % {"id": item[0]})
    if submission is None:
        _wrong(place, _("there is no submission %(id)s") % {"id": item[1]})
    return reviewer, submission


def _known(given: Any, numbers: dict[Id, int]) -> int | None:
    return numbers.get(given) if _is_id(given) else None


def _affinity(data: dict[str, Any], people: dict[Id, int], papers: dict[Id, int]) -> dict[str, Any]:
    """`dense` or `sparse` and the weight that topics have beside them (alone: 1)."""
    given, shape = data.get("affinity"), ""
    weight = _number(data.get("topics_weight", 1 if given is None else 0), "topics_weight", 0, 1e6)
    if given is None:
        return {"topics_weight": weight}
    if isinstance(given, dict) and len(given) == 1 and set(given) <= {"dense", "sparse"}:
        ((shape, given),) = given.items()
    if not isinstance(given, list):
        _wrong("affinity", _("must be a list of rows or of [reviewer, submission, value]"))
    shape = shape or _shape(given, people, papers)
    if shape == "sparse":
        return {"sparse": _sparse(given, people, papers), "topics_weight": weight}
    _check_rows(given, len(people), len(papers))
    return {"dense": given, "topics_weight": weight}


def _shape(given: list[Any], people: dict[Id, int], papers: dict[Id, int]) -> str:
    """Dense has a row for each reviewer and a column for each submission; both may be read from three columns."""
    rows = [row for row in given if isinstance(row, list)]
    dense = len(rows) == len(people) and all(len(row) == len(papers) for row in rows)
    sparse = all(
        len(row) == 3 and _known(row[0], people) is not None and _known(row[1], papers) is not None
        for row in rows
    )
    if dense and sparse and rows and papers:
        _wrong("affinity", _('may be read in two ways; write {"dense": …} or {"sparse": …}'))
    wide = bool(rows) and not sparse and all(len(row) != 3 for row in rows)
    return "dense" if (dense and not sparse) or wide else "sparse"


def _check_rows(rows: list[Any], people: int, papers: int) -> None:
    if len(rows) != people:
        counts = {"given": len(rows), "rows": people}
        _wrong("affinity", _("has %(given)s rows; there are %(rows)s reviewers") % counts)
    for number, row in enumerate(rows):
        if not isinstance(row, list) or len(row) != papers:
            _wrong(
                f"affinity[{number}]",
                _("must have a number for each of %(n)s submissions") % {"n": papers},
            )
        if not all(map(_finite, row)):
            at = next(n for n, value in enumerate(row) if not _finite(value))
            _wrong(f"affinity[{number}][{at}]", _("must be a finite number"))


def _sparse(given: list[Any], people: dict[Id, int], papers: dict[Id, int]) -> dict[Pair, float]:
    found: dict[Pair, float] = {}
    for number, item in enumerate(given):
        place = f"affinity[{number}]"
        pair = _pair(item, place, 3, people, papers)
        if not _finite(item[2]):
            _wrong(place, _("the value must be a finite number"))
        if pair in found:
            _wrong(place, _("this pair stands there twice"))
        found[pair] = float(item[2])
    return found


def _check_forced(problem: Problem) -> None:
    """Forced pairs must be possible together: no conflict, within every bound."""
    tellers: tuple[Callable[[Problem], str | None], ...] = (_forced_barred, _forced_too_many)
    for teller in tellers:
        if told := teller(problem):
            raise BadInput(told)


def _forced_barred(problem: Problem) -> str | None:
    for pair in sorted(problem.forced):
        names = dict(zip(("reviewer", "submission"), problem.names(pair), strict=True))
        if pair in problem.conflicts:
            return _("forced: %(reviewer)s and %(submission)s have a conflict") % names
        if pair in problem.forbidden:
            return _("forced: %(reviewer)s and %(submission)s are forbidden too") % names
        reviewer, submission = pair
        own = problem.submission_organisations[submission]
        if problem.reviewer_organisations[reviewer] == own:
            return _("forced: %(reviewer)s and %(submission)s are of one organisation") % names
    return None


def _forced_too_many(problem: Problem) -> str | None:
    counts: dict[tuple[str, Any], int] = {}
    for reviewer, submission in sorted(problem.forced):
        person, paper = problem.names((reviewer, submission))
        of_reviewer = problem.reviewer_organisations[reviewer]
        of_submission = problem.submission_organisations[submission]
        for mark, limit, told in (
            (("reviewer", reviewer), problem.loads[reviewer][1],
             _("forced: more pairs of %(reviewer)s than the load allows")),
            (("submission", submission), problem.needs[submission],
             _("forced: more reviewers of %(submission)s than reviews")),
            (("colleagues", (submission, of_reviewer)), 1,
             _("forced: two reviewers of one organisation for %(submission)s")),
            (("cap", (reviewer, of_submission)), problem.cap,
             _("forced: %(reviewer)s has more submissions of one organisation than the cap")),
        ):  # fmt: skip
            counts[mark] = counts.get(mark, 0) + 1
            if counts[mark] > limit:
                return told % {"reviewer": person, "submission": paper}
    return None
