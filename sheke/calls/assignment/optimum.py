"""The best plan over all pairs, though the flow sees few of them: solve, price all pairs, add, solve again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import bounds, candidates, network
from .instance import Instance

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

WIDTH = 12  # candidates of a submission at first, at least
EACH = 8  # candidates added for a submission or a reviewer at a time
EXACT_ROUNDS = 12  # then, or with more slots than LARGE, a gap of NEAR is enough
NEAR, LARGE = 1e-4, 50_000
LAST_ROUND = 60


@dataclass
class Optimum:
    """The solved flow with its prices; `bound` in units holds for plans with as many places left empty."""

    flow: network.Flow
    prices: bounds.Prices
    value: int
    bound: int
    rounds: int


def find(instance: Instance, keys: Ints | None = None, bonus: Bonus | None = None) -> Optimum:
    """The plan with the fewest places left empty and, of these, the greatest value. `keys` to begin with;
    `bonus` is added to the value of the pairs named in it (they must be among `keys`)."""
    import numpy as np

    if keys is None:
        width = max(WIDTH, 4 * int(instance.needs.max(initial=0)))
        keys = candidates.first(instance, width)
    span = instance.span + (bonus.each if bonus else 0)
    large = min(span * (int(instance.needs.sum()) + 1), network.ROOM // (8 * (len(keys) + 10**5)))
    penalty = min(large, 20 * span)
    for turn in range(1, LAST_ROUND + 1):
        pairs = candidates.pairs(instance, keys)
        if bonus:
            pairs.worth[bonus.among(keys)] += bonus.each
        flow = network.solve(instance, pairs, penalty)
        at = bounds.prices(flow, instance)
        weighed = bounds.weigh(instance, at, keys, EACH)
        value = int(pairs.worth[flow.used].sum())
        rest = weighed.rest + (bonus.more(instance, at) if bonus else 0)
        bound = bounds.ceiling(instance, at, rest) + penalty * flow.missing
        more = weighed.best(instance, EACH)
        hasty = turn > EXACT_ROUNDS or instance.needs.sum() > LARGE
        near = hasty and not bonus and bound - value <= NEAR * abs(value)
        if flow.missing and penalty < large and (not len(more) or turn > 3):
            penalty = large
        elif not len(more) or near:
            break
        keys = np.union1d(keys, more)
    return Optimum(flow, at, value, max(bound, value), turn)


@dataclass
class Bonus:
    """What some pairs are worth beyond their value: sorted keys, and how much each."""

    keys: Ints
    each: int

    def among(self, keys: Ints) -> Ints:
        """Where the pairs stand in sorted keys."""
        import numpy as np

        return np.searchsorted(keys, self.keys)

    def more(self, instance: Instance, at: bounds.Prices) -> int:
        """What the bonus adds to that which the pairs bring above their prices."""
        import numpy as np

        papers, people = np.divmod(self.keys, max(1, instance.people))
        plain = instance.cells[papers, people].astype(np.int64) - at.review[papers]
        plain -= at.time[people] + at.off(instance, papers, people)
        return int((np.maximum(0, plain + self.each) - np.maximum(0, plain)).sum())
