"""The shape of the organisation tree below a scope, as a hash that moves when the shape does."""

from __future__ import annotations

import hashlib

from sheke.directory.models import Organisation, path_range
from sheke.indicators.questions import Question


class Trees:
    """Hashes of scopes over one reading of the whole tree.

    What counts is which organisations of the scope's kinds lie below it, and where. A new name or
    a move of the scope as a whole leaves the hash as it is.
    """

    def __init__(self) -> None:
        rows = Organisation.objects.order_by("path").values_list("path", "code", "kind")
        self._rows = list(rows)
        self._hashes: dict[tuple[str, tuple[str, ...], bool], str] = {}

    def hash_of(self, question: Question) -> str:
        """SHA-256 over the organisations that the question covers."""
        key = (question.organisation.path, question.kinds, question.own)
        if key not in self._hashes:
            self._hashes[key] = self._hash(*key)
        return self._hashes[key]

    def _hash(self, path: str, kinds: tuple[str, ...], own: bool) -> str:
        low, high = path_range(path)
        lines = [
            f"{place[len(path) :]} {code} {kind}"
            for place, code, kind in self._rows
            if low <= place < high and (not kinds or kind in kinds) and (not own or place == path)
        ]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()
