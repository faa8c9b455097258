"""What topics are compared by: the definition, which the solver and the checker share.

Topics are texts such as “管理学/工商管理” or “乡村振兴”. A discipline counts with each of its parents, a topic word as a
whole and, lighter, by the pairs of characters (or words of Latin letters) inside it. The rarer among the
submissions, the heavier. A reviewer's `history` counts half.
"""

from __future__ import annotations

import functools
import math
import re
import unicodedata
from collections import Counter

from .problem import Problem

DECIMALS = 4  # of the cosine
WHOLE, PART = 3, 1  # the weight of a topic or parent discipline, and of a piece of a topic
RAREST = 8  # times as heavy as what everybody has


def tokens(topics: list[str]) -> Counter[str]:
    """What a list of topics is compared by, with the weight of each."""
    parts = {part for topic in topics for part in _parts(topic)}
    return Counter({part: PART if part[0] == "~" else WHOLE for part in parts})


@functools.lru_cache(2**16)
def _parts(topic: str) -> tuple[str, ...]:
    """A topic's levels and, marked with “~”, its pieces."""
    text = unicodedata.normalize("NFKC", topic).casefold().replace("~", " ").strip()
    levels = [level for level in re.split(r"\s*[/>]\s*", text) if level]
    whole = ["/".join(levels[:depth]) for depth in range(1, len(levels) + 1)]
    return (*whole, *(f"~{piece}" for piece in sorted(_pieces(levels[-1] if levels else ""))))


def _pieces(text: str) -> set[str]:
    """Pairs of neighbouring Chinese characters, and Latin words."""
    found = set(re.findall(r"[a-z0-9]{2,}", text))
    for run in re.findall(r"[\u3400-\u9fff]+", text):
        found |= {run[at : at + 2] for at in range(len(run) - 1)}
    return found


def reviewer_tokens(problem: Problem, reviewer: int) -> Counter[str]:
    """A reviewer's own topics whole; those of the history half as heavy."""
    found = Counter({t: 2 * w for t, w in tokens(problem.reviewer_topics[reviewer]).items()})
    for token, weight in tokens(problem.reviewer_history[reviewer]).items():
        found[token] = max(found[token], weight)
    return found


def rarity(problem: Problem) -> dict[str, int]:
    """The weight of each token of the submissions: the fewer have it the heavier, 1 to RAREST."""
    counts: Counter[str] = Counter()
    for topics in problem.submission_topics:
        counts.update(set(tokens(topics)))
    total = len(problem.submissions)
    return {t: max(1, min(RAREST, math.isqrt(total // n))) for t, n in counts.items()}


def length(found: Counter[str], weights: dict[str, int]) -> int:
    """The sum of the squares of a weighed list, at least 1; what no submission has counts too."""
    return max(1, sum((weight * weights.get(t, RAREST)) ** 2 for t, weight in found.items()))
