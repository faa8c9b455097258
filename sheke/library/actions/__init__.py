"""Verbs of the library."""

from .works import (
    create_work,
    describe_work,
    discard_work,
    move_file,
    publish_works,
    set_file_access,
    withdraw_work,
)

__all__ = [
    "create_work", "describe_work", "discard_work", "move_file", "publish_works",
    "set_file_access", "withdraw_work",
]  # fmt: skip
