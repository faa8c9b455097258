"""Remembering what was counted, until the ledger moves; five minutes at most."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import TypeVar, cast

from django.core.cache import cache
from django.db.models import Max

from sheke.indicators.catalogue import Catalogue
from sheke.indicators.evaluation import evaluate_all
from sheke.indicators.questions import Figure, Question
from sheke.ledger.models import Version

KEEP = 300  # seconds; a changed tree of organisations or definition shows after that
Kept = TypeVar("Kept")


@dataclass
class Keeping:
    """One for each request: the ledger's last version is read once."""

    missed: set[str] = field(default_factory=set)

    @cached_property
    def last(self) -> int:
        return Version.objects.aggregate(last=Max("pk"))["last"] or 0

    def keep(self, name: str, parts: Iterable[object], make: Callable[[], Kept]) -> Kept:
        """What `make` gives, remembered under its name and what it depends on."""
        key = _key(name, self.last, *parts)
        found = cache.get(key)
        if found is None:
            self.missed.add(name)
            found = make()
            cache.set(key, found, timeout=KEEP)
        return cast(Kept, found)

    def evaluate(
        self, questions: Iterable[Question], catalogue: Catalogue | None = None
    ) -> list[Figure]:
        """As `evaluate_all`; only what is not remembered is asked of the ledger."""
        pairs = [(self._question_key(question), question) for question in questions]
        asked = dict(pairs)
        found = cache.get_many(asked)
        missing = {key: asked[key] for key in asked if key not in found}
        if missing:
            figures = evaluate_all(missing.values(), catalogue)
            made = dict(zip(missing, figures, strict=True))
            cache.set_many(made, timeout=KEEP)
            found |= made
        return [found[key] for key, _question in pairs]

    def _question_key(self, question: Question) -> str:
        organisation = question.organisation
        return _key(
            "figure", self.last, question.edition.pk, organisation.pk, organisation.path,
            question.first_day, question.last_day, *question.kinds, question.own,
        )  # fmt: skip


def _key(name: str, *parts: object) -> str:
    digest = sha256("|".join(map(str, parts)).encode()).hexdigest()
    return f"workbench:{name}:{digest[:40]}"
