"""A plan's tree in memory: reading order and levels; parents and positions follow from them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from sheke.core.errors import BadInput

from .models import Item, Plan

DEEPEST = 6


class Outline:
    """The items of a plan in reading order. Change it, then `save`, which writes what differs."""

    def __init__(self, plan: Plan) -> None:
        self.items = list(Item.objects.filter(plan=plan).order_by("position"))
        self._was = {item.pk: _place(item) for item in self.items}

    def find(self, pk: int) -> Item:
        return self.items[self.at(pk)]

    def at(self, pk: int) -> int:
        for index, item in enumerate(self.items):
            if item.pk == pk:
                return index
        raise BadInput(_("The item does not exist any more."))

    def end_of(self, pk: int) -> int:
        """The index behind the item and all below it."""
        start = self.at(pk)
        level = self.items[start].level
        for index in range(start + 1, len(self.items)):
            if self.items[index].level <= level:
                return index
        return len(self.items)

    def above(self, pk: int) -> Item | None:
        """The sibling before, else the parent."""
        index = self.at(pk)
        level = self.items[index].level
        for item in reversed(self.items[:index]):
            if item.level <= level:
                return item
        return None

    def insert(self, item: Item, index: int) -> None:
        self.items.insert(index, item)

    def remove(self, pk: int) -> list[Item]:
        """Take out the item and all below it."""
        start, end = self.at(pk), self.end_of(pk)
        gone = self.items[start:end]
        del self.items[start:end]
        return gone

    def move(self, pk: int, parent: int | None, before: int | None) -> None:
        """Hang the item under `parent` in front of `before`, or as its last child."""
        branch = {item.pk for item in self.items[self.at(pk) : self.end_of(pk)]}
        if parent in branch or before in branch:
            raise BadInput(_("An item cannot be moved below itself."))
        moved = self.remove(pk)
        level = self.find(parent).level + 1 if parent else 1
        shift = level - moved[0].level
        if max(item.level for item in moved) + shift > DEEPEST:
            raise BadInput(_("The tree cannot be deeper than %(n)s levels.") % {"n": DEEPEST})
        for item in moved:
            item.level += shift
        if before is not None:
            index = self.at(before)
        else:
            index = self.end_of(parent) if parent else len(self.items)
        self.items[index:index] = moved

    def dissolve(self, pk: int, into: int) -> None:
        """Take out the item alone; what was below it hangs below `into`."""
        start, end = self.at(pk), self.end_of(pk)
        shift = self.find(into).level + 1 - (self.items[start].level + 1)
        for item in self.items[start + 1 : end]:
            item.level += shift
        del self.items[start]

    def save(self) -> None:
        """Positions and parents from the order, written for the items whose place changed."""
        path: list[Item] = []
        for position, item in enumerate(self.items, 1):
            del path[max(0, min(item.level - 1, len(path))) :]
            item.level = len(path) + 1
            item.parent = path[-1] if path else None
            item.position = position
            path.append(item)
        changed = [item for item in self.items if self._was.get(item.pk) != _place(item)]
        Item.objects.bulk_update(changed, ["parent", "position", "level"])


def _place(item: Item) -> tuple[int | None, int, int]:
    return item.parent_id, item.position, item.level
