"""The calls of a year, each as a funnel: sent in, passed the check, reviewed, awarded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from sheke.definitions.programmes import Programme
from sheke.directory.models import Account, Organisation, path_range

from ..models import Call, Submission
from ..queries import calls_of

AWARDED = (Submission.State.AWARDED,)


@dataclass(frozen=True)
class CallYear:
    """How many came how far. None where the programme has no such stage."""

    call: Call
    sent: int
    passed: int | None
    reviewed: int | None
    awarded: int

    @property
    def percent(self) -> int | None:
        return round(self.awarded * 100 / self.sent) if self.sent else None


def year_calls(account: Account, organisation: Organisation, year: int) -> list[CallYear]:
    """The announced calls of the year that the account runs, of the organisation and below, the latest
    first. Two queries beside the account's offices.
    """
    low, high = path_range(organisation.path)
    mine = calls_of(account).filter(organisation__path__gte=low, organisation__path__lt=high)
    calls = list(
        mine.announced().filter(year=year).select_related("edition__definition", "closure")
    )
    if not calls:
        return []
    rows: dict[int, list[tuple[str, str, int]]] = {}
    counted = Submission.objects.filter(call__in=calls, sent__isnull=False).order_by()
    for call, stage, state, number in counted.values_list("call_id", "stage", "state").annotate(n=Count("pk")):  # fmt: skip
        rows.setdefault(call, []).append((stage, state, number))
    return [_funnel(call, rows.get(call.pk, ())) for call in calls]


def _funnel(call: Call, rows: Iterable[tuple[str, str, int]]) -> CallYear:
    rows = list(rows)
    return CallYear(
        call, sum(number for _stage, _state, number in rows), _beyond(call.programme, "check", rows),
        _beyond(call.programme, "review", rows),
        sum(number for _stage, state, number in rows if state in AWARDED),
    )  # fmt: skip


def _beyond(programme: Programme, kind: str, rows: list[tuple[str, str, int]]) -> int | None:
    """How many stand, or stopped, behind the last stage of the kind."""
    keys = [stage.key for stage in programme.stages]
    of_kind = [keys.index(stage.key) for stage in programme.stages_of(kind)]
    if not of_kind:
        return None
    behind = set(keys[max(of_kind) + 1 :])
    return sum(number for stage, _state, number in rows if stage in behind)
