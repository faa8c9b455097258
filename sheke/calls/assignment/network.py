"""The flow: reviewer → (reviewer, applicants' organisation) → (submission, reviewers' organisation) → submission.

The two nodes between stand only where they can bind: more candidates than the cap, more than one colleague.
A slot that nobody fills and a minimum that is not met cost `penalty` each, so that there always is a flow.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .instance import Instance

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

ROOM = 2**60  # OR-Tools multiplies costs by the number of nodes; the product has to fit


@dataclass
class Pairs:
    """Candidates: submission, reviewer and what the pair is worth, sorted by submission and reviewer."""

    papers: Ints
    people: Ints
    worth: Ints

    def __len__(self) -> int:
        return len(self.papers)

    def some(self, chosen: NDArray[np.bool_]) -> Pairs:
        """Those that are chosen."""
        return Pairs(self.papers[chosen], self.people[chosen], self.worth[chosen])


@dataclass
class Flow:
    """A solved network; `arcs` are (tail, head, capacity, cost, flow). Node 0 is the source, then come the
    reviewers, then the submissions, then the nodes between as `caps` and `colleagues` say."""

    nodes: int
    arcs: tuple[Ints, Ints, Ints, Ints, Ints]
    pairs: Pairs
    used: NDArray[np.bool_]
    empty: Ints  # slots left, by submission
    short: Ints  # what is missing to the minimum, by reviewer
    caps: tuple[Ints, Ints, int]  # reviewer, organisation of the first such node on
    colleagues: tuple[Ints, Ints, int]  # submission, organisation, first node
    penalty: int

    @property
    def missing(self) -> int:
        return int(self.empty.sum() + self.short.sum())


@dataclass
class _Arcs:
    """Arcs by the block."""

    blocks: list[tuple[Ints, Ints, Ints, Ints]] = field(default_factory=list)

    def add(self, tail: Ints, head: Ints, capacity: Ints, cost: Ints) -> slice:
        start = sum(len(block[0]) for block in self.blocks)
        self.blocks.append((tail, head, capacity, cost))
        return slice(start, start + len(tail))

    def columns(self) -> tuple[Ints, Ints, Ints, Ints]:
        import numpy as np

        tail, head, capacity, cost = (
            np.concatenate([block[n] for block in self.blocks]) for n in range(4)
        )
        return tail, head, capacity, cost


def solve(instance: Instance, pairs: Pairs, penalty: int, marginal: Ints | None = None) -> Flow:
    """The flow of greatest worth. `marginal[k]` is what a reviewer's submission number k + 1 costs more,
    never falling; the last holds for all beyond."""
    import numpy as np

    people, papers = instance.people, instance.papers
    arcs = _Arcs()
    first_cap = 1 + people + papers
    at_cap, cap_node = _shared(pairs.people, instance.paper_groups[pairs.papers], instance)
    left = instance.caps(at_cap[0], at_cap[1])
    binding = at_cap[2] > left
    tail = _through(1 + pairs.people, cap_node, binding, first_cap)
    caps = (at_cap[0][binding], at_cap[1][binding], first_cap)
    first_colleague = first_cap + len(caps[0])
    at_org, org_node = _shared(pairs.papers, instance.people_groups[pairs.people], instance)
    several = at_org[2] > 1
    head = _through(1 + people + pairs.papers, org_node, several, first_colleague)
    colleagues = (at_org[0][several], at_org[1][several], first_colleague)
    nodes = first_colleague + len(colleagues[0])
    ones = np.ones(len(pairs), dtype=np.int64)
    chosen = arcs.add(tail, head, ones, -pairs.worth)
    _plain(arcs, 1 + caps[0], np.arange(first_cap, first_colleague), left[binding])
    ends = 1 + people + colleagues[0]
    _plain(arcs, np.arange(first_colleague, nodes), ends, np.ones(len(ends), dtype=np.int64))
    slots, least = _loads(arcs, instance, penalty, marginal)
    columns = arcs.columns()
    supply = np.zeros(nodes, dtype=np.int64)
    supply[0] = instance.needs.sum()
    supply[1 + people : first_cap] = -instance.needs
    flow = _run(columns, supply)
    return Flow(
        nodes, (*columns, flow), pairs, flow[chosen] > 0, flow[slots],
        columns[2][least] - flow[least], caps, colleagues, penalty,
    )  # fmt: skip


def _shared(one: Ints, groups: Ints, instance: Instance) -> tuple[tuple[Ints, Ints, Ints], Ints]:
    """The different (number, organisation), how many candidates each has, and which is each candidate's."""
    import numpy as np

    keys, which, counts = np.unique(
        one * max(1, instance.groups) + groups, return_inverse=True, return_counts=True
    )
    return (*np.divmod(keys, max(1, instance.groups)), counts), which


def _through(direct: Ints, which: Ints, there: NDArray[np.bool_], first: int) -> Ints:
    """The node between where there is one, else the reviewer or the submission itself."""
    import numpy as np

    numbers = first + np.cumsum(there) - 1
    return np.where(there[which], numbers[which], direct)


def _plain(arcs: _Arcs, tail: Ints, head: Ints, capacity: Ints) -> None:
    import numpy as np

    arcs.add(tail, head, capacity, np.zeros(len(tail), dtype=np.int64))


def _loads(
    arcs: _Arcs, instance: Instance, penalty: int, marginal: Ints | None
) -> tuple[slice, slice]:
    """Arcs from the source: minima that pay, loads, and the way around for slots left empty."""
    import numpy as np

    people = np.arange(1, 1 + instance.people)
    source = np.zeros_like(people)
    rising = np.zeros(1, dtype=np.int64) if marginal is None else marginal
    base = np.minimum(instance.low, len(rising) - 1)
    # below its minimum a load costs what the first submission above it will cost: still never falling
    least = arcs.add(source, people, instance.low, rising[base] - penalty)
    room = instance.high - instance.low
    for step in range(len(rising)):
        inside = (instance.low <= step) & (step < instance.high)
        last = step == len(rising) - 1
        beyond = np.minimum(room, instance.high - step) if last else inside.astype(np.int64)
        some = beyond > 0
        arcs.add(source[some], people[some], beyond[some], np.full(some.sum(), rising[step]))
    papers = np.arange(1 + instance.people, 1 + instance.people + instance.papers)
    around = np.full(len(papers), penalty, dtype=np.int64)
    return arcs.add(np.zeros_like(papers), papers, instance.needs, around), least


def _run(columns: tuple[Ints, Ints, Ints, Ints], supply: Ints) -> Ints:
    """Raises RuntimeError when the solver fails, which a network that always has a flow rules out."""
    import numpy as np
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

    tail, head, capacity, cost = columns
    solver = SimpleMinCostFlow()
    numbers = solver.add_arcs_with_capacity_and_unit_cost(
        tail.astype(np.int32), head.astype(np.int32), capacity, cost
    )
    solver.set_nodes_supplies(np.arange(len(supply), dtype=np.int32), supply)
    status = solver.solve()
    if status != SimpleMinCostFlow.Status.OPTIMAL:
        raise RuntimeError(f"the flow was not solved: {status}")
    return np.asarray(solver.flows(numbers), dtype=np.int64)
