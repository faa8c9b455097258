"""Overviews of plans: by chapter, by leading organisation, and what is due next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sheke.directory.models import Organisation

from .models import Item
from .nodes import Node, Tree
from .progress import State, shares


@dataclass
class Group:
    """Nodes that one chapter or one organisation answers for."""

    name: str
    nodes: list[Node]
    organisation: Organisation | None = None
    top: Node | None = None

    @property
    def share(self) -> float | None:
        return shares(completed=False, targets=[], children=[node.share for node in self.nodes])

    @property
    def percent(self) -> int | None:
        return None if self.share is None else int(self.share * 100)

    @property
    def records(self) -> int:
        return sum(node.all_records for node in self.nodes)

    @property
    def done(self) -> int:
        return sum(node.state == State.DONE for node in self.nodes)

    @property
    def late(self) -> int:
        return sum(node.state == State.LATE for node in self.nodes)

    @property
    def next_due(self) -> date | None:
        days = [n.due for n in self.nodes if n.due and n.state != State.DONE]
        return min(days, default=None)


def by_chapter(tree: Tree) -> list[Group]:
    """The work under each top node; a top without work below stands for itself."""
    work = {node.item.pk for node in tree.work}
    groups = []
    for top in tree.tops:
        below = [node for node in top.walk() if node.item.pk in work]
        if (
            not below
            and top.children
            and all(c.item.kind == Item.Kind.PROBLEM for c in top.children)
        ):
            continue  # a chapter that only names problems
        groups.append(Group(f"{top.item.number}{top.item.title}", below or [top], top=top))
    return groups


def by_organisation(tree: Tree) -> list[Group]:
    """What each organisation leads, most first; work that nobody leads comes last."""
    groups: dict[int, Group] = {}
    nobody = Group("", [])
    for node in tree.nodes:
        for duty in node.leads:
            organisation = duty.organisation
            group = groups.setdefault(
                organisation.pk, Group(organisation.label, [], organisation=organisation)
            )
            group.nodes.append(node)
    led = {node.item.pk for group in groups.values() for one in group.nodes for node in one.walk()}
    nobody.nodes = [node for node in tree.work if node.item.pk not in led]
    found = sorted(groups.values(), key=lambda group: -len(group.nodes))
    return found + ([nobody] if nobody.nodes else [])


def coming_due(trees: Iterable[Tree], organisation: Organisation, limit: int = 8) -> list[Node]:
    """What the organisation or one below it leads or supports and is not done, next due first."""
    nodes = [
        node
        for tree in trees
        for node in tree.nodes
        if node.due
        and node.state != State.DONE
        and any(organisation.contains(duty.organisation) for duty in node.duties)
    ]
    return sorted(nodes, key=lambda node: (node.due or date.max, node.item.pk))[:limit]
