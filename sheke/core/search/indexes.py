"""The indexes that `sheke index` looks after. An app with one of its own registers it in its `search.py`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from . import following

Progress = Callable[[str, int], None]


@dataclass(frozen=True)
class Index:
    """rebuild: index everything anew; gives the number of entries, or None where another process is
    doing so. follow: come up to date; gives the number of changes. state: what there is to tell, with
    “built” and “entries”.
    """

    name: str
    rebuild: Callable[[Progress], int | None]
    follow: Callable[[], int]
    is_built: Callable[[], bool]
    state: Callable[[], Mapping[str, object]]


INDEXES: dict[str, Index] = {}


def register(index: Index) -> None:
    INDEXES[index.name] = index


register(Index("site", following.rebuild, following.catch_up, following.is_built, following.state))
