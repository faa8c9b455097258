"""The tree for reading: an organisation with those below it, grouped by kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from .models import STEP, Organisation

OPEN_UP_TO = 16  # a group of more is folded at first


@dataclass
class Node:
    organisation: Organisation
    children: list[Node] = field(default_factory=list)

    @property
    def groups(self) -> list[Group]:
        """The children by kind, in the order of kinds."""
        found: dict[str, list[Node]] = {kind: [] for kind in Organisation.Kind.values}
        for child in self.children:
            found[child.organisation.kind].append(child)
        return [Group(kind, nodes) for kind, nodes in found.items() if nodes]

    @property
    def size(self) -> int:
        """How many lie below it."""
        return sum(1 + child.size for child in self.children)


@dataclass
class Group:
    kind: str
    nodes: list[Node]

    @property
    def label(self) -> str:
        return str(Organisation.Kind(self.kind).label)

    @property
    def open(self) -> bool:
        return len(self.nodes) <= OPEN_UP_TO


def grown(organisations: Iterable[Organisation]) -> list[Node]:
    """The roots of the trees that `organisations`, ordered by path, make; a child without its
    parent among them is a root.
    """
    nodes: dict[str, Node] = {}
    roots: list[Node] = []
    for organisation in organisations:
        node = nodes[organisation.path] = Node(organisation)
        above = nodes.get(organisation.path[:-STEP])
        (above.children if above else roots).append(node)
    return roots
