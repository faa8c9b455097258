"""Verbs of planning: import, correct the tree, give duties, set targets, complete."""

from .completion import complete_item, reopen_item
from .duties import assign_duties, assign_duty, release_duty
from .history import redo, undo
from .plans import create_plan, delete_plan, describe_plan, import_plan
from .targets import dismiss_proposal, drop_target, set_target
from .tree import add_item, delete_item, merge_item, move_item, rewrite_item, split_item

__all__ = [
    "add_item", "assign_duties", "assign_duty", "complete_item", "create_plan", "delete_item",
    "delete_plan", "describe_plan", "dismiss_proposal", "drop_target", "import_plan", "merge_item", "move_item", "redo",
    "release_duty", "reopen_item", "rewrite_item", "set_target", "split_item", "undo",
]  # fmt: skip
