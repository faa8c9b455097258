"""What no plan can exceed: the flow's prices, and all pairs weighed against them.

With prices for a review of a submission (`review`), for a reviewer's time (`time`), for a place under a cap
(`caps`) and for being an organisation's one reviewer (`colleagues`), a pair brings at most its value less its
prices. Any prices with caps and colleagues of at least 0 give a true bound (the Lagrangian); the best ones
come from the shortest distances in what the flow leaves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .affinity import NEVER
from .instance import Instance
from .network import Flow

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

BLOCK = 2**18  # cells weighed at once


@dataclass
class Prices:
    """In units: `caps` are (reviewer, organisation, price), `colleagues` (submission, organisation, price)."""

    review: Ints
    time: Ints
    caps: tuple[Ints, Ints, Ints]
    colleagues: tuple[Ints, Ints, Ints]
    penalty: int

    def off(self, instance: Instance, papers: Ints, people: Ints) -> Ints:
        """What the caps and colleagues take from each of these pairs."""
        size = max(1, instance.groups)
        own = _looked_up(self.caps, size, people * size + instance.paper_groups[papers])
        other = _looked_up(self.colleagues, size, papers * size + instance.people_groups[people])
        return own + other


@dataclass
class Weighed:
    """`rest` is what all pairs together bring above their prices; `found` the best pairs not known yet."""

    rest: int = 0
    found: list[tuple[Ints, Ints, Ints]] = field(default_factory=list)  # submission, reviewer, gain

    def best(self, instance: Instance, each: int) -> Ints:
        """Sorted keys (submission * people + reviewer) of the best `each` of every submission and reviewer."""
        import numpy as np

        if not self.found:
            return np.empty(0, dtype=np.int64)
        papers, people, gain = (np.concatenate([part[n] for part in self.found]) for n in range(3))
        best = largest(papers, gain, each) | largest(people, gain, each)
        return np.unique(papers[best] * instance.people + people[best])


def prices(flow: Flow, instance: Instance) -> Prices:
    """The prices at which the flow is the best, from its residual network."""
    import numpy as np

    far = _distances(flow)
    far -= far[0]
    people, first_cap = instance.people, flow.caps[2]
    time, review = far[1 : 1 + people], far[1 + people : first_cap]
    last = flow.colleagues[2]
    cap = np.maximum(0, far[first_cap:last] - time[flow.caps[0]])
    colleague = np.maximum(0, review[flow.colleagues[0]] - far[last:])
    return Prices(
        -review,
        time,
        _positive(flow.caps, cap),
        _positive(flow.colleagues, colleague),
        flow.penalty,
    )


def _positive(nodes: tuple[Ints, Ints, int], price: Ints) -> tuple[Ints, Ints, Ints]:
    some = price > 0
    return nodes[0][some], nodes[1][some], price[some]


def _distances(flow: Flow) -> Ints:
    """The shortest distances over residual arcs from anywhere (Bellman and Ford, all arcs at a time)."""
    import numpy as np

    tail, head, capacity, cost, used = flow.arcs
    ahead, back = used < capacity, used > 0
    tails = np.concatenate([tail[ahead], head[back]])
    heads = np.concatenate([head[ahead], tail[back]])
    costs = np.concatenate([cost[ahead], -cost[back]])
    order = np.argsort(heads, kind="stable")
    tails, costs = tails[order], costs[order]
    ends, starts = np.unique(heads[order], return_index=True)
    far = np.zeros(flow.nodes, dtype=np.int64)
    while len(starts):
        nearer = np.minimum(far[ends], np.minimum.reduceat(far[tails] + costs, starts))
        if np.array_equal(nearer, far[ends]):
            break
        far[ends] = nearer
    return far


def ceiling(instance: Instance, at: Prices, rest: int) -> int:
    """The bound in units, for plans that leave nothing empty; each place left empty adds the penalty."""
    import numpy as np

    reviews = instance.needs * (at.review + np.maximum(0, -at.penalty - at.review))
    loads = np.maximum(
        np.maximum(instance.low, 0) * -at.penalty,
        np.maximum(instance.low * at.time, instance.high * at.time),
    )
    caps = instance.caps(at.caps[0], at.caps[1]) * at.caps[2]
    return (
        int(reviews.sum()) + int(loads.sum()) + int(caps.sum()) + int(at.colleagues[2].sum()) + rest
    )


def weigh(instance: Instance, at: Prices, known: Ints, each: int) -> Weighed:
    """Weigh every pair; of those not in `known` (sorted keys submission * people + reviewer) that bring more
    than they cost, the best `each` of a submission and of a reviewer in each block are found."""
    import numpy as np

    weighed = Weighed()
    for start, excess in blocks(instance, at):
        papers, people = np.nonzero(excess > 0)
        gain = excess[papers, people] - at.off(instance, papers + start, people)
        some = gain > 0
        papers, people, gain = papers[some] + start, people[some], gain[some]
        weighed.rest += int(gain.sum())
        keys = papers * instance.people + people
        place = np.searchsorted(known, keys)
        fresh = known[np.minimum(place, len(known) - 1)] != keys if len(known) else keys >= 0
        papers, people, gain = papers[fresh], people[fresh], gain[fresh]
        best = largest(papers, gain, each) | largest(people, gain, each)
        weighed.found.append((papers[best], people[best], gain[best]))
    return weighed


def blocks(instance: Instance, at: Prices) -> Iterator[tuple[int, Ints]]:
    """Blocks of rows: the first submission, and values less the prices of review and time; far below 0 where a
    pair may not be."""
    import numpy as np

    step = max(1, BLOCK // max(1, instance.people))
    for start in range(0, instance.papers, step):
        cells = instance.cells[start : start + step]
        excess = cells - at.time[None, :]
        excess -= at.review[start : start + step, None]
        excess[cells == NEVER] = np.iinfo(np.int64).min // 2
        yield start, excess


def _looked_up(nodes: tuple[Ints, Ints, Ints], size: int, keys: Ints) -> Ints:
    """The price of each key, 0 where there is none."""
    import numpy as np

    own = nodes[0] * size + nodes[1]
    if not len(own) or not len(keys):
        return np.zeros(len(keys), dtype=np.int64)
    order = np.argsort(own, kind="stable")
    place = np.minimum(np.searchsorted(own[order], keys), len(own) - 1)
    return np.where(own[order][place] == keys, nodes[2][order][place], 0)


def largest(groups: Ints, gain: Ints, each: int) -> NDArray[np.bool_]:
    """The `each` largest of each group."""
    import numpy as np

    chosen = np.zeros(len(groups), dtype=bool)
    if len(groups):
        order = np.lexsort((-gain, groups))
        sorted_groups = groups[order]
        begins = np.flatnonzero(np.r_[True, sorted_groups[1:] != sorted_groups[:-1]])
        rank = np.arange(len(order)) - np.repeat(begins, np.diff(np.r_[begins, len(order)]))
        chosen[order[rank < each]] = True
    return chosen
