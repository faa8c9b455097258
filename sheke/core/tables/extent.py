"""How far a workbook's cells reach, found out before it is read.

The reader keeps a sheet as a full rectangle. Two cells in opposite corners, which a stray keystroke
or ill will puts there, would ask for half a terabyte and take the whole server process down.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import BinaryIO

CELLS_LIMIT = 10_000_000  # about 300 MB in memory; 200,000 rows may have 50 columns
MEMORY_LIMIT = 1536 * 1024 * 1024
SECONDS_LIMIT = 60
# Two patterns of one group each: a sheet has millions of references, and pairs cost twice the time.
COLUMN = re.compile(rb"""r\s*=\s*["']([A-Za-z]{1,7})\d""")
ROW = re.compile(rb"""r\s*=\s*["'][A-Za-z]{1,7}(\d{1,12})""")
OVERLAP = 64  # a reference may stand across the border of two pieces


class Extent:
    """Looks at the XML of one sheet, piece by piece, for the furthest row and column."""

    def __init__(self) -> None:
        self.rows = self.columns = 0
        self._tail = b""

    def see(self, piece: bytes) -> None:
        text = self._tail + piece
        self.columns = max([self.columns, *map(_number, set(COLUMN.findall(text)))])
        self.rows = max([self.rows, *map(int, set(ROW.findall(text)))])
        self._tail = text[-OVERLAP:]

    @property
    def too_far(self) -> bool:
        return self.rows * self.columns > CELLS_LIMIT


def _number(letters: bytes) -> int:
    """A is 1, Z is 26, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def readable_elsewhere(file: BinaryIO) -> bool:
    """Whether a process of its own, with little memory and time, can read the first visible sheets.

    For the formats whose cells cannot be looked at beforehand (xls, ods).
    """
    file.seek(0)
    data = file.read()
    file.seek(0)
    try:
        done = subprocess.run(  # noqa: S603  our own file, nothing of the user's in the command
            [sys.executable, "-I", str(Path(__file__).with_name("trial.py")), str(MEMORY_LIMIT)],
            input=data, capture_output=True, timeout=SECONDS_LIMIT, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0
