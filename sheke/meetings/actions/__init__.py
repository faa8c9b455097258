"""Verbs of meetings: prepare, convene, write and approve minutes, decide, hand decisions on."""

from .agenda import (
    add_agenda_item,
    attach_paper,
    change_agenda_item,
    drop_agenda_item,
    place_agenda_item,
    withdraw_paper,
)
from .attendance import dismiss, invite, invite_board, mark_presence
from .decisions import (
    decide,
    drop_decision,
    give_duties,
    rewrite_decision,
    settle_decision,
    unsettle_decision,
)
from .meetings import change_meeting, convene, create_meeting, delete_meeting
from .minutes import approve_minutes, correct_minutes, write_minutes

__all__ = [
    "add_agenda_item", "approve_minutes", "attach_paper", "change_agenda_item", "change_meeting",
    "convene", "correct_minutes", "create_meeting", "decide", "delete_meeting", "dismiss",
    "drop_agenda_item", "drop_decision", "give_duties", "invite", "invite_board", "mark_presence",
    "place_agenda_item", "rewrite_decision", "settle_decision", "unsettle_decision", "withdraw_paper",
    "write_minutes",
]  # fmt: skip
