"""Verbs of planning: import, correct the tree, give duties and report on them, set targets, complete."""

from .completion import complete_item, reopen_item
from .duties import Origin, assign_duties, assign_duty, change_duty, release_duty
from .history import redo, undo
from .numbers import renumber
from .plans import create_plan, delete_plan, describe_plan, import_plan
from .reminders import remind
from .reports import report_duty, withdraw_report
from .targets import dismiss_proposal, drop_target, set_target
from .tree import add_item, delete_item, merge_item, move_item, rewrite_item, split_item

__all__ = [
    "Origin", "add_item", "assign_duties", "assign_duty", "change_duty", "complete_item", "create_plan",
    "delete_item", "delete_plan", "describe_plan", "dismiss_proposal", "drop_target", "import_plan",
    "merge_item", "move_item", "redo", "release_duty", "remind", "renumber", "reopen_item",
    "report_duty", "rewrite_item", "set_target", "split_item", "undo", "withdraw_report",
]  # fmt: skip
