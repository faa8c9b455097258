"""The independent checker: it shares the problem and the words of topics with the solver, and nothing else.

It counts every constraint again from the pairs of a file, adds up the affinity by its own arithmetic, and weighs
all pairs against the certificate's prices: whatever they are, no plan can bring more than they say.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from sheke.core.errors import BadInput

from .problem import Pair, Problem
from .topics import DECIMALS, length, rarity, reviewer_tokens, tokens

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

BLOCK = 2**19
NEAR = 1e-6  # of a total: what adding in another order may change


@dataclass
class Verdict:
    """`violations` in words; `declared` slots and minima that the plan itself says it cannot meet. `certified` is the
    bound that the certificate proves (None without one), `fewest` whether it proves too that nobody leaves fewer."""

    violations: list[str] = field(default_factory=list)
    declared: int = 0
    objective: float = 0.0
    bound: float | None = None
    certified: float | None = None
    fewest: bool | None = None

    @property
    def holds(self) -> bool:
        return not self.violations

    def data(self) -> dict[str, Any]:
        """As JSON."""
        gap = None
        if self.certified is not None and self.certified:
            gap = round((self.certified - self.objective) / abs(self.certified), 6)
        return {
            "holds": self.holds, "violations": self.violations, "missing": self.declared,
            "objective": self.objective, "bound": self.bound, "certified": self.certified,
            "gap": gap, "fewest_missing": self.fewest,
        }  # fmt: skip


def check(problem: Problem, plan: Any) -> Verdict:
    """What is wrong with a plan (the JSON of one). Raises BadInput only for what is no plan at all."""
    if not isinstance(plan, dict) or not isinstance(plan.get("pairs"), list):
        raise BadInput(_("The plan is no JSON object with a list of “pairs”"))
    verdict = Verdict()
    pairs = _read(problem, plan["pairs"], verdict)
    for told in (_barred, _forced, _groups):
        verdict.violations.extend(told(problem, pairs))
    unmet = _counts(problem, pairs, plan.get("infeasible"), verdict)
    table = _Table(problem)
    verdict.objective = round(math.fsum(table.pair(r, s) for r, s in pairs), 9)
    _totals(plan, verdict)
    if isinstance(plan.get("certificate"), dict):
        _certify(problem, plan["certificate"], table, verdict, unmet)
    return verdict


def _read(problem: Problem, given: list[Any], verdict: Verdict) -> list[Pair]:
    """The pairs by number; what names nobody, or stands there twice, is told."""
    people = {name: number for number, name in enumerate(problem.reviewers)}
    papers = {name: number for number, name in enumerate(problem.submissions)}
    found: dict[Pair, None] = {}
    for place, item in enumerate(given):
        pair = _numbers(item, people, papers)
        if pair is None:
            verdict.violations.append(
                _("pairs[%(n)s]: no reviewer and submission of the problem") % {"n": place}
            )
        elif pair in found:
            verdict.violations.append(_told(problem, pair, _("stand there twice")))
        else:
            found[pair] = None
    return list(found)


def _numbers(item: Any, people: dict[Any, int], papers: dict[Any, int]) -> Pair | None:
    if not isinstance(item, list | tuple) or len(item) != 2:
        return None
    if not all(isinstance(i, str | int | float) and not isinstance(i, bool) for i in item):
        return None
    if item[0] not in people or item[1] not in papers:
        return None
    return people[item[0]], papers[item[1]]


def _told(problem: Problem, pair: Pair, what: str) -> str:
    reviewer, submission = problem.names(pair)
    said = {"reviewer": reviewer, "submission": submission, "what": what}
    return _("%(reviewer)s and %(submission)s %(what)s") % said


def _barred(problem: Problem, pairs: list[Pair]) -> Iterator[str]:
    for pair in pairs:
        if pair in problem.conflicts:
            yield _told(problem, pair, _("have a conflict"))
        if pair in problem.forbidden:
            yield _told(problem, pair, _("are forbidden"))
        if problem.reviewer_organisations[pair[0]] == problem.submission_organisations[pair[1]]:
            yield _told(problem, pair, _("are of one organisation"))


def _forced(problem: Problem, pairs: list[Pair]) -> Iterator[str]:
    for pair in sorted(problem.forced - set(pairs)):
        yield _told(problem, pair, _("are forced and do not stand there"))


def _groups(problem: Problem, pairs: list[Pair]) -> Iterator[str]:
    """Two reviewers of one organisation on a submission; more of one organisation than the cap."""
    colleagues: dict[tuple[int, int], list[int]] = defaultdict(list)
    under_cap: Counter[tuple[int, int]] = Counter()
    for reviewer, submission in pairs:
        colleagues[submission, problem.reviewer_organisations[reviewer]].append(reviewer)
        under_cap[reviewer, problem.submission_organisations[submission]] += 1
    for (submission, group), reviewers in colleagues.items():
        if len(reviewers) > 1:
            yield _("%(submission)s has %(n)s reviewers of the organisation %(organisation)s") % {
                "submission": problem.submissions[submission], "n": len(reviewers),
                "organisation": problem.organisations[group],
            }  # fmt: skip
    for (reviewer, group), count in under_cap.items():
        if count > problem.cap:
            yield _("%(reviewer)s has %(n)s submissions of %(organisation)s; the cap is %(cap)s") % {
                "reviewer": problem.reviewers[reviewer], "n": count, "cap": problem.cap,
                "organisation": problem.organisations[group],
            }  # fmt: skip


def _counts(problem: Problem, pairs: list[Pair], infeasible: Any, verdict: Verdict) -> int:
    """Reviews of each submission and loads; what the plan declares as missing is counted, not told. Returns what
    is missing without the part of minima that exceeds the number of submissions: nobody can mend that."""
    declared = _declared(infeasible)
    per_reviewer = Counter(reviewer for reviewer, _submission in pairs)
    per_submission = Counter(submission for _reviewer, submission in pairs)
    unmet, most = 0, len(problem.submissions)
    for number, needed in enumerate(problem.needs):
        have, name = per_submission[number], problem.submissions[number]
        unmet += max(0, needed - have)
        if have < needed and declared.get(("submission", name)) == needed - have:
            verdict.declared += needed - have
        elif have != needed:
            said = {"submission": name, "n": have, "needed": needed}
            verdict.violations.append(_("%(submission)s has %(n)s of %(needed)s reviewers") % said)
    for number, (low, high) in enumerate(problem.loads):
        have, name = per_reviewer[number], problem.reviewers[number]
        unmet += max(0, min(low, most) - have)
        if have < low and declared.get(("reviewer", name)) == low - have:
            verdict.declared += low - have
        elif not low <= have <= high:
            said = {"reviewer": name, "n": have, "low": low, "high": high}
            verdict.violations.append(
                _("%(reviewer)s has %(n)s submissions; the load is %(low)s to %(high)s") % said
            )
    return unmet


def _declared(infeasible: Any) -> dict[tuple[str, Any], Any]:
    entries = infeasible if isinstance(infeasible, list) else []
    return {
        (kind, entry[kind]): entry.get("missing")
        for entry in entries if isinstance(entry, dict)
        for kind in ("submission", "reviewer") if isinstance(entry.get(kind), str | int | float)
    }  # fmt: skip


def _totals(plan: dict[str, Any], verdict: Verdict) -> None:
    near = NEAR * max(1.0, abs(verdict.objective))
    objective, bound = plan.get("objective"), plan.get("bound")
    if not isinstance(objective, int | float) or abs(objective - verdict.objective) > near:
        said = {"said": objective, "counted": verdict.objective}
        verdict.violations.append(_("The objective is %(counted)s, not %(said)s") % said)
    if not isinstance(bound, int | float) or bound < verdict.objective - near:
        said = {"said": bound, "counted": verdict.objective}
        verdict.violations.append(_("The bound %(said)s is below the objective %(counted)s") % said)
    else:
        verdict.bound = float(bound)


class _Table:
    """The affinity of all pairs by our own arithmetic: one pair in plain numbers, rows by numpy."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.weights = rarity(problem) if problem.topics_weight else {}
        self.papers = [tokens(topics) for topics in problem.submission_topics]
        self.people = [reviewer_tokens(problem, n) for n in range(len(problem.reviewers))]
        self.lengths = [math.sqrt(length(found, self.weights)) for found in self.people]
        self.sparse: dict[int, list[tuple[int, float]]] = defaultdict(list)
        for (reviewer, submission), value in (problem.sparse or {}).items():
            self.sparse[submission].append((reviewer, value))

    def pair(self, reviewer: int, submission: int) -> float:
        problem = self.problem
        found = 0.0
        if problem.dense is not None:
            found = float(problem.dense[reviewer][submission])
        elif problem.sparse is not None:
            found = problem.sparse.get((reviewer, submission), 0.0)
        if not problem.topics_weight:
            return found
        return found + problem.topics_weight * self._cosine(reviewer, submission)

    def _cosine(self, reviewer: int, submission: int) -> float:
        mine, own = self.people[reviewer], self.papers[submission]
        shared = mine.keys() & own.keys()
        dot = sum(mine[t] * own[t] * self.weights[t] ** 2 for t in shared)
        own_length = math.sqrt(length(own, self.weights))
        return round(dot / own_length / self.lengths[reviewer] * 10**DECIMALS) / 10**DECIMALS

    def rows(self) -> Iterator[tuple[int, Floats]]:
        """Blocks of rows of the matrix submission by reviewer, with the first one's number."""
        import numpy as np

        problem, people = self.problem, len(self.people)
        step = max(1, BLOCK // max(1, people))
        right = self._columns() if problem.topics_weight else None
        for start in range(0, len(self.papers), step):
            stop = min(start + step, len(self.papers))
            block = np.zeros((stop - start, people))
            if right is not None:
                block += problem.topics_weight * self._cosines(range(start, stop), right)
            self._add_given(block, start, stop)
            yield start, block

    def _columns(self) -> dict[str, tuple[NDArray[np.int64], Floats]]:
        """Who has a token, and how heavy."""
        import numpy as np

        having: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for reviewer, found in enumerate(self.people):
            for token in found.keys() & self.weights.keys():
                having[token].append((reviewer, found[token] * self.weights[token]))
        return {
            token: (np.array([r for r, _w in rows]), np.array([float(w) for _r, w in rows]))
            for token, rows in having.items()
        }

    def _cosines(
        self, submissions: range, right: dict[str, tuple[NDArray[np.int64], Floats]]
    ) -> Floats:
        import numpy as np

        block = np.zeros((len(submissions), len(self.people)))
        for row, submission in enumerate(submissions):
            own = self.papers[submission]
            for token in own.keys() & right.keys():
                reviewers, heavy = right[token]
                block[row, reviewers] += own[token] * self.weights[token] * heavy
            block[row] /= math.sqrt(length(own, self.weights))
        block /= np.array(self.lengths)
        return np.rint(block * 10**DECIMALS) / 10**DECIMALS

    def _add_given(self, block: Floats, start: int, stop: int) -> None:
        import numpy as np

        if self.problem.dense:
            block += np.array([row[start:stop] for row in self.problem.dense]).T
        for submission in range(start, stop):
            for reviewer, value in self.sparse.get(submission, ()):
                block[submission - start, reviewer] += value


def _certify(
    problem: Problem, given: dict[str, Any], table: _Table, verdict: Verdict, unmet: int
) -> None:
    """The bound that the prices prove, with the plan's and the claims it makes held against it."""
    try:
        at = _Prices(problem, given)
    except (KeyError, TypeError, ValueError, IndexError):
        verdict.violations.append(_("The certificate cannot be read"))
        return
    if at.lowest < 0:
        verdict.violations.append(_("The certificate has a price below 0 where none may be"))
        return
    rest, smallest, settled, near = at.weigh(table)
    whole = at.fixed() + rest + settled
    verdict.certified = round((whole + at.penalty * unmet) * at.unit, 9)
    if unmet or verdict.declared:  # a minimum above the number of submissions cannot be met at all
        least = smallest * sum(at.needs) + settled
        verdict.fewest = not unmet or whole + at.penalty * (unmet - 1) < least
    near = near * at.unit + NEAR * max(1.0, abs(verdict.certified))
    if verdict.objective > verdict.certified + near:
        verdict.violations.append(_("The certificate proves less than the plan has"))
    elif verdict.bound is not None and verdict.bound < verdict.certified - near:
        said = {"said": verdict.bound, "proved": verdict.certified}
        verdict.violations.append(_("The bound is %(said)s, but only %(proved)s is proved") % said)


class _Prices:
    """The certificate's prices, in its units, and what they prove.

    For any plan, each review pays its submission's price, its reviewer's, and those of the cap and the colleagues
    that it is under; what all are paid is limited by the constraints, what is left over by the pairs alone.
    """

    def __init__(self, problem: Problem, given: dict[str, Any]) -> None:
        import numpy as np

        self.problem, unit = problem, float(given["unit"])
        self.unit = unit
        self.penalty = int(given["penalty"])
        self.review = np.array([int(v) for v in given["review"]], dtype=np.float64)
        self.time = np.array([int(v) for v in given["time"]], dtype=np.float64)
        self.caps = {(int(r), int(g)): int(v) for r, g, v in given["caps"]}
        self.colleagues = {(int(s), int(g)): int(v) for s, g, v in given["colleagues"]}
        if (len(self.review), len(self.time)) != (len(problem.needs), len(problem.loads)):
            raise ValueError("other reviewers or submissions")
        if not 0 < unit < math.inf:
            raise ValueError("no unit")
        self.lowest = min([self.penalty, *self.caps.values(), *self.colleagues.values()])
        self.needs = list(problem.needs)
        most = len(problem.submissions)
        self.loads = [[min(low, most), min(high, most)] for low, high in problem.loads]
        self.left: Counter[tuple[int, int]] = Counter()
        self.barred: dict[int, list[int]] = defaultdict(list)
        for reviewer, submission in problem.conflicts | problem.forbidden:
            self.barred[submission].append(reviewer)
        for reviewer, submission in problem.forced:
            self.needs[submission] -= 1
            low, high = self.loads[reviewer]
            self.loads[reviewer] = [max(0, low - 1), high - 1]
            self.left[reviewer, problem.submission_organisations[submission]] -= 1

    def fixed(self) -> float:
        """What the constraints let the reviews pay at most."""
        reviews = (
            need * max(price, -self.penalty)
            for need, price in zip(self.needs, self.review.tolist(), strict=True)
        )
        loads = (
            max(-self.penalty * low, price * low, price * high)
            for (low, high), price in zip(self.loads, self.time.tolist(), strict=True)
        )
        caps = (
            (min(self.problem.cap, len(self.needs)) + self.left[key]) * price
            for key, price in self.caps.items()
        )
        return math.fsum([*reviews, *loads, *caps, *self.colleagues.values()])

    def weigh(self, table: _Table) -> tuple[float, float, float, float]:
        """What the pairs bring beyond their prices, the smallest affinity of a pair (0 at most), what the forced
        pairs bring, and what the rounding of affinities to units may have hidden."""
        import numpy as np

        rest, smallest, hidden = [0.0], 0.0, [0.0]
        for start, block in table.rows():
            block /= self.unit
            closed = self._closed(start, len(block))
            smallest = min(smallest, float(block.min(initial=0, where=~closed)))
            block -= self.time[None, :] + self.review[start : start + len(block), None]
            block[closed] = -np.inf
            rows, columns = np.nonzero(block > 0)
            for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
                gain = float(block[row, column]) - self._shared(column, start + row)
                if gain > 0:
                    rest.append(gain)
                    hidden.append(abs(gain - round(gain)))
        settled = math.fsum(table.pair(r, s) / self.unit for r, s in self.problem.forced)
        return math.fsum(rest), smallest, settled, math.fsum(hidden)

    def _shared(self, reviewer: int, submission: int) -> float:
        problem = self.problem
        own = problem.submission_organisations[submission]
        group = problem.reviewer_organisations[reviewer]
        return self.caps.get((reviewer, own), 0.0) + self.colleagues.get((submission, group), 0.0)

    def _closed(self, start: int, rows: int) -> NDArray[np.bool_]:
        """Where no pair may be, or one is settled with all its colleagues."""
        import numpy as np

        problem = self.problem
        groups = np.array(problem.reviewer_organisations, dtype=np.int64)
        own = np.array(problem.submission_organisations[start : start + rows], dtype=np.int64)
        closed = own[:, None] == groups[None, :]
        for row in range(rows):
            closed[row, self.barred.get(start + row, [])] = True
        for reviewer, submission in problem.forced:
            if start <= submission < start + rows:
                closed[submission - start, groups == groups[reviewer]] = True
        return closed
