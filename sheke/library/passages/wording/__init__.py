"""Common wording that comes with the product: names of laws, phrases of official documents."""

from __future__ import annotations

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


@cache
def shipped_lists() -> dict[str, tuple[str, ...]]:
    """By the name of the list its wordings; a line is one, `#` begins a remark."""
    return {
        path.stem: tuple(
            line.strip()
            for line in path.read_text(encoding="utf-8").splitlines()
            if line.strip() and not line.startswith("#")
        )
        for path in sorted(FOLDER.glob("*.txt"))
    }


def shipped_wordings() -> tuple[str, ...]:
    return tuple(wording for one in shipped_lists().values() for wording in one)
