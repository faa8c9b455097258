"""Verbs of the directory."""

from .accounts import (
    activate_account,
    create_account,
    deactivate_account,
    one_time_password,
    set_password,
)
from .boards import change_term, undo_term
from .erasure import erase_person
from .organisations import (
    correct_organisation,
    create_organisation,
    end_organisation,
    move_organisation,
    path_of,
    rename_organisation,
    reopen_organisation,
)
from .people import change_person, change_tenure, create_person, end_tenure, give_tenure
from .privacy import agree, ask_erasure, withdraw_erasure

__all__ = [
    "activate_account",
    "agree",
    "ask_erasure",
    "change_person",
    "change_tenure",
    "change_term",
    "correct_organisation",
    "create_account",
    "create_organisation",
    "create_person",
    "deactivate_account",
    "end_organisation",
    "end_tenure",
    "erase_person",
    "give_tenure",
    "move_organisation",
    "one_time_password",
    "path_of",
    "rename_organisation",
    "reopen_organisation",
    "set_password",
    "undo_term",
    "withdraw_erasure",
]
