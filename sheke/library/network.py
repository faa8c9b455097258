"""The network of co-authors as a drawing: the person in the middle, the others around, lines by works."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import cos, pi, sin

from .models import Contribution, Work
from .portrait import Fellow

MOST = 16  # names that still stand apart on a phone
WIDTH, HEIGHT, REACH_X, REACH_Y = 640, 420, 230, 165


@dataclass(frozen=True)
class Node:
    """A person at a place of the drawing; `anchor` is where their name begins."""

    fellow: Fellow
    x: int
    y: int
    anchor: str


@dataclass(frozen=True)
class Edge:
    """Works together, as a line; `weight` from 1 to 6."""

    x1: int
    y1: int
    x2: int
    y2: int
    weight: int


@dataclass(frozen=True)
class Network:
    """Everything in a box of WIDTH × HEIGHT; the person sits in its middle."""

    nodes: Sequence[Node]
    edges: Sequence[Edge]
    width: int = WIDTH
    height: int = HEIGHT
    x: int = WIDTH // 2
    y: int = HEIGHT // 2


def network_of(fellows: Sequence[Fellow], works: Iterable[Work]) -> Network | None:
    """The drawing; None without co-authors. Of more than MOST only the most frequent are drawn."""
    drawn = list(fellows[:MOST])
    if not drawn:
        return None
    middle = Network((), ())
    nodes = [_node(each, place, len(drawn), middle) for place, each in enumerate(drawn)]
    edges = [Edge(middle.x, middle.y, n.x, n.y, min(6, n.fellow.count)) for n in nodes]
    places = {_key(n.fellow): n for n in nodes}
    for (a, b), count in _together(works, set(places)).items():
        one, other = places[a], places[b]
        edges.append(Edge(one.x, one.y, other.x, other.y, min(6, count)))
    return Network(nodes, edges)


def _node(fellow: Fellow, place: int, all_: int, middle: Network) -> Node:
    angle = 2 * pi * place / all_ - pi / 2
    x, y = middle.x + REACH_X * cos(angle), middle.y + REACH_Y * sin(angle)
    anchor = "middle" if abs(cos(angle)) < 0.2 else "start" if cos(angle) > 0 else "end"
    return Node(fellow, round(x), round(y), anchor)


def _key(fellow: Fellow) -> str:
    return f"#{fellow.expert.pk}" if fellow.expert else fellow.name


def _together(works: Iterable[Work], known: set[str]) -> Counter[tuple[str, str]]:
    """How many works each two of the known people wrote together."""
    counted: Counter[tuple[str, str]] = Counter()
    for work in works:
        there = {_name(one) for one in work.contributions.all()} & known
        counted.update(combinations(sorted(there), 2))
    return counted


def _name(one: Contribution) -> str:
    key = f"#{one.expert_id}"
    return key if one.expert_id else one.name
