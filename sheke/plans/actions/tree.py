"""Verbs that correct the tree. Each is one edit that can be undone."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from sheke.core.errors import BadInput
from sheke.directory.models import Account
from sheke.indicators.models import Goal
from sheke.ledger.models import Record

from ..models import Completion, Item, Plan, Target
from ..outline import Outline
from ..proposing import propose
from ..reading.titles import title_end
from .history import edit


@transaction.atomic
def add_item(
    *, plan: Plan, title: str, by: Account | None, after: Item | None = None,
    kind: str = Item.Kind.ITEM, number: str = "",
) -> Item:  # fmt: skip
    """A new item behind `after` at its level, or at the end of the plan."""
    made: list[Item] = []

    def change(plan: Plan) -> None:
        outline = Outline(plan)
        item = Item(
            plan=plan, position=0, level=after.level if after else 1, kind=kind, number=number[:40],
            title=_title(title), proposals=propose(title, "", plan.year),
        )  # fmt: skip
        outline.insert(item, outline.end_of(after.pk) if after else len(outline.items))
        item.save()
        outline.save()
        made.append(item)

    edit(plan=plan, verb="add_item", by=by, change=change)
    return made[0]


@transaction.atomic
def rewrite_item(
    *, item: Item, number: str, title: str, text: str, kind: str, by: Account | None
) -> None:
    """Another number, title, text or kind; proposals are read anew where the words changed."""

    def change(plan: Plan) -> None:
        now = Item.objects.get(pk=item.pk)
        if (now.title, now.text) != (title, text) and kind != Item.Kind.PROBLEM:
            dismissed = now.proposals.get("dismissed", [])
            now.proposals = propose(title, text, plan.year) | {"dismissed": dismissed}
        now.number, now.title, now.text, now.kind = number[:40], _title(title), text, kind
        now.save()

    edit(plan=item.plan, verb="rewrite_item", by=by, change=change)


@transaction.atomic
def move_item(
    *, item: Item, by: Account | None, parent: Item | None = None, before: Item | None = None
) -> None:
    """Hang the item with all below it under `parent`, in front of `before` or at the end."""

    def change(plan: Plan) -> None:
        outline = Outline(plan)
        outline.move(item.pk, parent.pk if parent else None, before.pk if before else None)
        outline.save()

    edit(plan=item.plan, verb="move_item", by=by, change=change)


@transaction.atomic
def merge_item(*, item: Item, by: Account | None) -> Item:
    """Put the item's words behind those of the one above it (the sibling before, else the parent).

    Its children, duties and targets go along. BadInput for the first item, and for one that records
    are filed under: a record is never changed behind its reporter's back.
    """
    merged: list[Item] = []

    def change(plan: Plan) -> None:
        outline = Outline(plan)
        kept = outline.above(item.pk)
        gone = outline.find(item.pk)
        if kept is None:
            raise BadInput(_("There is no item above to merge with."))
        _check_unrecorded(gone)
        said = [kept.text, f"{gone.number}{gone.title}", gone.text]
        kept.text = "\n".join(part for part in said if part)
        kept.proposals = propose(kept.title, kept.text, plan.year)
        kept.save()
        _hand_over(gone, kept)
        outline.dissolve(gone.pk, kept.pk)
        outline.save()
        gone.delete()
        merged.append(kept)

    edit(plan=item.plan, verb="merge_item", by=by, change=change)
    return merged[0]


@transaction.atomic
def split_item(*, item: Item, at: int, by: Account | None) -> Item:
    """Cut the item's text at character `at`; what follows becomes a new item behind it."""
    made: list[Item] = []

    def change(plan: Plan) -> None:
        outline = Outline(plan)
        first = outline.find(item.pk)
        head, tail = first.text[:at].strip(), first.text[at:].strip()
        if not tail:
            raise BadInput(_("There is no text behind this place to split off."))
        title, text = _titled(tail)
        first.text, first.proposals = head, propose(first.title, head, plan.year)
        first.save()
        second = Item(
            plan=plan, position=0, level=first.level, kind=first.kind, title=title, text=text,
            proposals=propose(title, text, plan.year),
        )  # fmt: skip
        outline.insert(second, outline.end_of(first.pk))
        second.save()
        outline.save()
        made.append(second)

    edit(plan=item.plan, verb="split_item", by=by, change=change)
    return made[0]


@transaction.atomic
def delete_item(*, item: Item, by: Account | None) -> None:
    """Delete the item with all below it. Records filed under it keep its name."""

    def change(plan: Plan) -> None:
        outline = Outline(plan)
        gone = outline.remove(item.pk)
        _drop_goals([one.pk for one in gone])
        Item.objects.filter(pk__in=[one.pk for one in gone]).delete()
        outline.save()

    edit(plan=item.plan, verb="delete_item", by=by, change=change)


def _title(title: str) -> str:
    title = " ".join(title.split())
    if not title:
        raise BadInput(_("Give the item a title."))
    return title[:500]


def _titled(text: str) -> tuple[str, str]:
    """The first sentence as a title, the rest as text."""
    stop, after = title_end(text, 0, len(text))
    return text[:stop].strip() or text[:40], text[after:].strip()


def _check_unrecorded(item: Item) -> None:
    filed = Record.objects.filter(heading=item.heading_id).count() if item.heading_id else 0
    if filed:
        raise BadInput(
            _("%(count)s records are filed under “%(item)s”; merge the other item into it, or file "
              "them elsewhere first.") % {"count": filed, "item": item}
        )  # fmt: skip


def _hand_over(gone: Item, kept: Item) -> None:
    """Duties of organisations that have none yet, and targets, go to the item that stays.

    What was reported on a duty that both have goes to the one that stays.
    """
    held = {(duty.organisation_id, duty.person_id): duty for duty in kept.duties.all()}
    for duty in gone.duties.all():
        if same := held.get((duty.organisation_id, duty.person_id)):
            duty.reports.update(duty=same)
        else:
            duty.item = kept
            duty.save(update_fields=["item"])
    gone.targets.update(item=kept)
    Completion.objects.filter(item=gone).delete()


def _drop_goals(items: list[int]) -> None:
    targets = Target.objects.filter(item__in=items)
    goals = list(targets.values_list("goal_id", flat=True))
    targets.delete()
    Goal.objects.filter(pk__in=goals).delete()
