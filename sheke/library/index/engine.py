"""The interface of an engine. Another one needs these methods and `tests/library/index/test_engines.py`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from .clauses import Clause, Found, Mark, Prepared, Request


class Busy(Exception):
    """Another process writes this index."""


class Broken(Exception):
    """The index cannot be read: it is damaged, of another version, or its server does not answer."""


class Writer(Protocol):
    """Changes that nobody sees before the end of the block, which keeps all of them with its mark."""

    def put(self, entries: Iterable[Prepared]) -> None:
        """Keep entries, instead of those with the same keys."""
        ...

    def remove(self, keys: Sequence[int]) -> None: ...


class SearchIndex(Protocol):
    """One index. Methods may be called from several threads."""

    def find(self, request: Request) -> Found: ...
    def count(
        self, clause: Clause, fields: Sequence[str], size: int = 20
    ) -> Mapping[str, list[tuple[str, int]]]:
        """How many hits have which value, by field of VALUES; the most frequent first."""
        ...

    def mark(self) -> Mark | None:
        """None where nothing was committed."""
        ...

    def entries(self) -> int: ...
    def writer(
        self, mark: Mark, *, fresh: bool = False, tidy: bool = True
    ) -> AbstractContextManager[Writer]:
        """Write; the end of the block commits with `mark`, an exception in it keeps nothing.

        fresh: into an index that holds nothing yet. tidy: wait for another writer, and until what was
        begun to be merged is merged. Raises Busy.
        """
        ...
