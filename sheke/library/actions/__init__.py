"""Verbs of the library."""

from .adoptions import add_adoption, withdraw_adoption
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
    "add_adoption", "create_work", "describe_work", "discard_work", "move_file", "publish_works",
    "set_file_access", "withdraw_adoption", "withdraw_work",
]  # fmt: skip
