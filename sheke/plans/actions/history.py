"""Edits of the tree are kept as differences, so that each can be undone and done again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core import audit
from sheke.core.errors import BadInput
from sheke.directory.models import Account
from sheke.indicators.models import Goal

from ..models import (
    Completion,
    Duty,
    DutyEvidence,
    DutyReport,
    Item,
    Plan,
    PlanEdit,
    Target,
)
from .headings import retire_headings, sync_headings

Rows = dict[str, dict[str, Any]]  # table → number → row
Delta = dict[str, dict[str, Any]]  # the same, None for a row that is not there

_ITEM = [
    "parent_id",
    "position",
    "number",
    "level",
    "kind",
    "title",
    "text",
    "proposals",
    "heading_id",
]
_DUTY = ["item_id", "organisation_id", "person_id", "role", "due", "origin", "origin_url"]
_REPORT = [
    "duty_id", "state", "note", "blocked_by", "at", "by_id", "withdrawn_at", "withdrawn_by_id",
]  # fmt: skip
_EVIDENCE = ["report_id", "record_id"]
_TARGET = ["item_id", "goal_id", "phrase"]
_GOAL = ["indicator_id", "organisation_id", "first_day", "last_day", "comparison", "value"]
_COMPLETION = ["item_id", "note", "report_id", "at", "by_id"]
# In the order in which rows may be written; they are deleted the other way round.
_TABLES: dict[str, tuple[type[models.Model], list[str], str]] = {
    "items": (Item, _ITEM, "plan"),
    "duties": (Duty, _DUTY, "item__plan"),
    "reports": (DutyReport, _REPORT, "duty__item__plan"),
    "evidence": (DutyEvidence, _EVIDENCE, "report__duty__item__plan"),
    "goals": (Goal, _GOAL, "target__item__plan"),
    "targets": (Target, _TARGET, "item__plan"),
    "completions": (Completion, _COMPLETION, "item__plan"),
}


def edit(*, plan: Plan, verb: str, by: Account | None, change: Callable[[Plan], None]) -> PlanEdit:
    """Do `change` to the locked plan, and keep what it did. Call it inside a transaction."""
    locked = Plan.objects.select_for_update().get(pk=plan.pk)
    before = _rows(locked)
    change(locked)
    sync_headings(locked)
    old, new = _difference(before, _rows(locked))
    _forget_undone(locked)
    made = PlanEdit.objects.create(plan=locked, verb=verb, before=old, after=new, by=by)
    retire_headings(_lost_headings(old, new))
    audit.record(f"plan.{verb}", locked, by=by, edit=made.pk)
    return made


@transaction.atomic
def undo(*, plan: Plan, by: Account | None) -> PlanEdit:
    """Take back the latest edit. BadInput when there is none."""
    Plan.objects.select_for_update().get(pk=plan.pk)
    last = plan.edits.filter(undone_at=None).first()
    if last is None:
        raise BadInput(_("There is nothing to undo."))
    _apply(plan, last.before)
    retire_headings(_lost_headings(last.after, last.before))
    last.undone_at = timezone.now()
    last.save(update_fields=["undone_at"])
    audit.record("plan.undo", plan, by=by, edit=last.pk)
    return last


@transaction.atomic
def redo(*, plan: Plan, by: Account | None) -> PlanEdit:
    """Do again the edit that was undone last. BadInput when there is none."""
    Plan.objects.select_for_update().get(pk=plan.pk)
    following = redoable(plan).last()
    if following is None:
        raise BadInput(_("There is nothing to do again."))
    _apply(plan, following.after)
    retire_headings(_lost_headings(following.before, following.after))
    following.undone_at = None
    following.save(update_fields=["undone_at"])
    audit.record("plan.redo", plan, by=by, edit=following.pk)
    return following


def redoable(plan: Plan) -> models.QuerySet[PlanEdit]:
    """The undone edits behind the latest live one, latest first."""
    live = plan.edits.filter(undone_at=None).first()
    return plan.edits.filter(undone_at__isnull=False, pk__gt=live.pk if live else 0)


def _forget_undone(plan: Plan) -> None:
    """A new edit ends the branch that was undone."""
    redoable(plan).delete()


def _rows(plan: Plan) -> Rows:
    rows: Rows = {}
    for name, (model, fields, path) in _TABLES.items():
        found = model._default_manager.filter(**{path: plan}).values("pk", *fields)
        rows[name] = {str(row.pop("pk")): _json(row) for row in found}
    return rows


def _json(row: dict[str, Any]) -> dict[str, Any]:
    return {
        key: value if isinstance(value, str | int | dict | None) else _text(value)
        for key, value in row.items()
    }


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _difference(before: Rows, after: Rows) -> tuple[Delta, Delta]:
    old: Delta = {}
    new: Delta = {}
    for name in _TABLES:
        for key in before[name].keys() | after[name].keys():
            was, now = before[name].get(key), after[name].get(key)
            if was != now:
                old.setdefault(name, {})[key] = was
                new.setdefault(name, {})[key] = now
    return old, new


def _apply(plan: Plan, delta: Delta) -> None:
    """Make the rows as the delta says; what it does not name stays."""
    for name in reversed(_TABLES):
        model = _TABLES[name][0]
        gone = [int(key) for key, row in delta.get(name, {}).items() if row is None]
        if name == "items":
            # Its children stay; without this they would go along with their duties and targets.
            Item.objects.filter(parent__in=gone).update(parent=None)
        model._default_manager.filter(pk__in=gone).delete()
    for name, (model, fields, _path) in _TABLES.items():
        rows = {key: row for key, row in delta.get(name, {}).items() if row is not None}
        extra = {"plan_id": plan.pk} if model is Item else {}
        model._default_manager.bulk_create(
            [model(pk=int(key), **extra, **row) for key, row in rows.items()],
            update_conflicts=True, unique_fields=["id"], update_fields=_names(fields),
        )  # fmt: skip
    sync_headings(plan)


def _names(fields: list[str]) -> list[str]:
    return [field.removesuffix("_id") for field in fields]


def _lost_headings(before: Delta, after: Delta) -> list[int]:
    items = before.get("items", {})
    gone = [key for key, row in after.get("items", {}).items() if row is None]
    return [items[key]["heading_id"] for key in gone if items[key] and items[key]["heading_id"]]
