"""Verbs of the directory."""

from .accounts import (
    activate_account,
    create_account,
    deactivate_account,
    one_time_password,
    set_password,
)
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

__all__ = [
    "activate_account",
    "change_person",
    "change_tenure",
    "correct_organisation",
    "create_account",
    "create_organisation",
    "create_person",
    "deactivate_account",
    "end_organisation",
    "end_tenure",
    "give_tenure",
    "move_organisation",
    "one_time_password",
    "path_of",
    "rename_organisation",
    "reopen_organisation",
    "set_password",
]
