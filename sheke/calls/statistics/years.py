"""The calls of one programme beside each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, Sum

from sheke.directory.models import Account

from ..models import Call, Submission
from ..queries import calls_of

State = Submission.State
MOST = 12  # calls side by side


@dataclass(frozen=True)
class Edition:
    """One call of the programme: what was sent in, what was awarded, and for how much."""

    call: Call
    sent: int
    refused: int
    awarded: int
    organisations: int
    amount: Decimal | None

    @property
    def rate(self) -> float | None:
        return round(100 * self.awarded / self.sent, 1) if self.sent else None


def editions_of(call: Call, account: Account | None = None) -> list[Edition]:
    """The calls of the same programme, whichever edition they were pinned to, the earliest first.

    Only those that the account may run; all of them for nobody: the command line. Three queries.
    """
    seen = calls_of(account) if account is not None else Call.objects.all()
    found = seen.filter(edition__definition=call.edition.definition_id).order_by(
        "-year", "-opens_at"
    )
    calls = list(found.select_related("organisation")[:MOST])[::-1]
    rows = Submission.objects.filter(call__in=calls, sent__isnull=False).order_by().values("call")
    counts: dict[int, Mapping[str, Any]] = {
        row["call"]: row
        for row in rows.annotate(
            sent_in=Count("pk"), refused=Count("pk", filter=Q(state=State.REFUSED)),
            awarded=Count("pk", filter=Q(state=State.AWARDED)),
            organisations=Count("organisation", distinct=True),
        )
    }  # fmt: skip
    sums = dict(
        Call.objects.filter(pk__in=[each.pk for each in calls], awards__revoked_at=None)
        .order_by().values_list("pk").annotate(Sum("awards__amount"))
    )  # fmt: skip
    return [_edition(each, counts.get(each.pk, {}), sums.get(each.pk)) for each in calls]


def _edition(call: Call, counts: Mapping[str, Any], amount: Decimal | None) -> Edition:
    return Edition(
        call, counts.get("sent_in", 0), counts.get("refused", 0), counts.get("awarded", 0),
        counts.get("organisations", 0), amount,
    )  # fmt: skip
