"""Errors that a person can act upon."""

from __future__ import annotations

from dataclasses import dataclass


class BadInput(Exception):
    """What was given cannot be used; the message says where it is wrong and what to do.

    The command line prints it as one line and exits with 1; a view shows it beside the form.
    `problems` lists the places, for a table with many of them.
    """

    def __init__(self, message: object, problems: list[Problem] | None = None) -> None:
        super().__init__(str(message))
        self.problems = problems or []


@dataclass(frozen=True)
class Problem:
    """One thing wrong in an imported table: 1-based row as a spreadsheet shows it, column's heading."""

    row: int
    column: str
    message: str
