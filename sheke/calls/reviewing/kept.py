"""Evaluations that are kept by each process: the model over thousands of reviews takes seconds."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

from django.db.models import Count, F, Max, QuerySet, Sum
from django.utils.translation import get_language

from ..models import Phase, Review
from ..scoring import Evaluation

MOST = 6  # of the largest calls some ten megabytes each
_kept: OrderedDict[Hashable, Evaluation] = OrderedDict()
_lock = Lock()


def kept(
    phase: Phase, reviews: QuerySet[Review], within: int | None, make: Callable[[], Evaluation]
) -> Evaluation:
    """What `make` gives, or gave for the same reviews, edition of the programme and language.

    Nothing here can be stale: a review that is changed gets another time, one that no longer counts
    changes their number. One query.
    """
    state = reviews.order_by().aggregate(
        Count("pk"),
        Max("saved_at"),
        Max("pk"),
        Sum("total"),
        all=Sum(F("total") * F("assignment_id")),
    )
    key = (
        phase.pk, phase.call.edition_id, phase.ended_at, within, get_language(), *state.values()
    )  # fmt: skip
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    found = make()
    with _lock:
        _kept[key] = found
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return found
