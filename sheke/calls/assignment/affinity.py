"""How well a reviewer fits a submission, in whole units: the same figure on every machine.

Made of topics it is the cosine of two weighed lists of tokens, 0 to 1, with four decimals. The sums are of
whole numbers below 2**24, so that no order of adding changes them. Given affinities may be any finite numbers,
also below 0 (unwanted, but taken where a slot would stay empty).
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .problem import Pair, Problem
from .topics import DECIMALS, length, rarity, reviewer_tokens, tokens

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NEVER = -(2**31)  # the value of a pair that may not be
LARGEST = 2**29  # values stay below, so that differences fit into 32 bits
BLOCK = 256  # submissions worked on at once


@dataclass(frozen=True)
class Values:
    """`cells[submission, reviewer]` in units of `unit`; `slack` is what rounding may hide in one pair."""

    cells: NDArray[np.int32]
    unit: float
    slack: float


def total(problem: Problem, made: Values, pairs: list[Pair], cells: list[int]) -> float:
    """The affinity of a plan: of its cells where they are exact, else of the numbers given."""
    if not made.slack:
        return round(sum(cells) * made.unit, 9)
    if problem.topics_weight:
        return sum(cells) * made.unit
    if problem.dense is not None:
        return math.fsum(problem.dense[reviewer][submission] for reviewer, submission in pairs)
    return math.fsum((problem.sparse or {}).get(pair, 0.0) for pair in pairs)


def values(problem: Problem) -> Values:
    """The affinity of every pair; pairs that may not be are NEVER."""

    shape = (len(problem.submissions), len(problem.reviewers))
    if problem.dense is None and problem.sparse is None:
        cosines = _of_topics(problem)
        made = Values(cosines, 10.0**-DECIMALS, 0.0)
        if problem.topics_weight != 1:
            made = _quantised(cosines * (problem.topics_weight / 10**DECIMALS))
    else:
        made = _quantised(_given(problem, shape))
    _bar(problem, made.cells)
    return made


def _given(problem: Problem, shape: tuple[int, int]) -> NDArray[np.float64]:
    import numpy as np

    cells = np.zeros(shape)
    if problem.dense is not None and shape[0] and shape[1]:
        cells += np.array(problem.dense, dtype=np.float64).T
    elif problem.sparse:
        pairs = np.array(list(problem.sparse), dtype=np.int64)
        cells[pairs[:, 1], pairs[:, 0]] = list(problem.sparse.values())
    if problem.topics_weight:
        cells += _of_topics(problem) * (problem.topics_weight / 10**DECIMALS)
    return cells


def _quantised(cells: NDArray[np.float64]) -> Values:
    """Decimals as they are when six digits hold them; else the finest steps that fit, with their slack."""
    import numpy as np

    largest = float(np.abs(cells).max(initial=0))
    for decimals in range(7):
        unit = 10.0**-decimals
        if largest / unit > LARGEST:
            break
        scaled = cells * 10.0**decimals
        whole = np.rint(scaled)
        if float(np.abs(scaled - whole).max(initial=0)) < 1e-6:
            return Values(whole.astype(np.int32), unit, 0.0)
    unit = largest / 2**20
    return Values(np.rint(cells / unit).astype(np.int32), unit, unit / 2)


def _of_topics(problem: Problem) -> NDArray[np.int32]:
    """The cosines in units of 10**-4. Each submission gathers the few rows of its tokens: most are not shared."""
    import numpy as np

    weights = rarity(problem)
    people = [reviewer_tokens(problem, n) for n in range(len(problem.reviewers))]
    known = {token for found in people for token in found if token in weights}
    rows = {token: n for n, token in enumerate(sorted(known))}
    table = np.zeros((len(rows), len(people)), dtype=np.float32)
    for column, found in enumerate(people):
        for token in found.keys() & rows.keys():
            table[rows[token], column] = found[token] * weights[token]
    norms = np.sqrt(np.array([length(found, weights) for found in people], dtype=np.float64))
    cells = np.zeros((len(problem.submissions), len(people)), dtype=np.int32)
    for start in range(0, len(cells), BLOCK):
        topics = problem.submission_topics[start : start + BLOCK]
        cells[start : start + BLOCK] = _cosines(
            [tokens(t) for t in topics], weights, rows, table, norms
        )
    return cells


def _cosines(
    papers: list[Counter[str]], weights: dict[str, int], rows: dict[str, int],
    table: NDArray[np.float32], norms: NDArray[np.float64],
) -> NDArray[np.float64]:  # fmt: skip
    import numpy as np

    dots = np.zeros((len(papers), table.shape[1]), dtype=np.float32)
    for number, own in enumerate(papers):
        shared = sorted(own.keys() & rows.keys())
        if shared:
            heavy = np.array([own[t] * weights[t] for t in shared], dtype=np.float32)
            np.matmul(heavy, table[[rows[t] for t in shared]], out=dots[number])
    cosines = dots.astype(np.float64)
    cosines /= np.sqrt(np.array([length(own, weights) for own in papers], dtype=np.float64))[
        :, None
    ]
    cosines /= norms
    cosines *= 10**DECIMALS
    return np.rint(cosines, out=cosines)


def _bar(problem: Problem, cells: NDArray[np.int32]) -> None:
    """Write NEVER where a pair may not be: conflicts, forbidden pairs, one organisation."""
    import numpy as np

    people = np.array(problem.reviewer_organisations, dtype=np.int64)
    for number, organisation in enumerate(problem.submission_organisations):
        cells[number, people == organisation] = NEVER
    if barred := problem.barred():
        pairs = np.array(list(barred), dtype=np.int64)
        cells[pairs[:, 1], pairs[:, 0]] = NEVER
