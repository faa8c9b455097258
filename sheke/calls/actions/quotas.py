"""Verbs: how many submissions an organisation may recommend."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from sheke.core import audit
from sheke.core.errors import BadInput
from sheke.directory.models import Account, Organisation

from ..guarding import locked_call, needed, still_open
from ..models import Call, Seat, Step
from ..steps import take_step

MOST_PLACES = 1000  # of one organisation


@transaction.atomic
def set_quotas(
    *, call: Call, places: Mapping[Organisation, int], by: Account | None, reason: str = ""
) -> int:
    """Give each organisation so many places; 0 takes its quota away. Others keep theirs.

    Returns how many organisations changed. Raises BadInput where more places are taken than would be
    left. After the announcement a reason is needed.
    """
    call = locked_call(call)
    still_open(call)
    held = dict(call.seats.order_by().values_list("organisation_id").annotate(places=Count("pk")))
    changed = {o: n for o, n in places.items() if held.get(o.pk, 0) != n}
    if not changed:
        return 0
    _fitting(call, changed)
    new = []
    for organisation, wanted in changed.items():
        there = held.get(organisation.pk, 0)
        new += [
            Seat(call=call, organisation=organisation, rank=rank)
            for rank in range(there + 1, wanted + 1)
        ]
        if wanted < there:
            call.seats.filter(organisation=organisation, rank__gt=wanted).delete()
    Seat.objects.bulk_create(new, batch_size=500)
    call.seats.filter(organisation__in=changed).update(added=False)
    quotas = {o.code: [held.get(o.pk, 0), n] for o, n in changed.items()}
    if call.announced_at:
        take_step(Step.Act.CHANGED, call=call, by=by, reason=needed(reason), quotas=quotas)
    else:
        audit.record("call.quotas", call, by=by, quotas=quotas)
    return len(changed)


def _fitting(call: Call, changed: Mapping[Organisation, int]) -> None:
    """Raise BadInput for a number that is none, or less than the places that are taken."""
    taken = dict(
        call.seats.exclude(submission=None).order_by().values_list("organisation_id")
        .annotate(places=Count("pk"))
    )  # fmt: skip
    for organisation, wanted in changed.items():
        if not 0 <= wanted <= MOST_PLACES:
            raise BadInput(
                _("%(organisation)s: the places lie between 0 and %(most)s.")
                % {"organisation": organisation.label, "most": MOST_PLACES}
            )
        if wanted < taken.get(organisation.pk, 0):
            raise BadInput(
                _("%(organisation)s has recommended %(n)s already.")
                % {"organisation": organisation.label, "n": taken[organisation.pk]}
            )
