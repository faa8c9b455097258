"""Taking the proposals that leave little doubt, all at once."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from sheke.core import audit
from sheke.directory.models import Account
from sheke.indicators.catalogue import Catalogue
from sheke.reports.models import Slot, Template
from sheke.reports.proposals import Proposal, place_of, propose

SURE = 50.0
_MARGIN = 6.0


@transaction.atomic
def accept_sure_proposals(*, template: Template, by: Account | None, least: float = SURE) -> int:
    """Bind every open slot whose best proposal scores at least `least` and leads clearly.

    Planned figures and those of others (national statistics) are left to a person. Returns how
    many were bound; each can be changed afterwards.
    """
    catalogue = Catalogue.load()
    bound = []
    for slot in template.slots.filter(binding="").select_related("template"):
        choice = sure_proposal(slot, catalogue, least)
        if choice is None:
            continue
        slot.binding = Slot.Binding.INDICATOR
        slot.indicator = choice.edition.definition
        slot.period, slot.scope, slot.printing = choice.period, choice.scope, choice.printing
        slot.bound_at, slot.bound_by = timezone.now(), by
        bound.append(slot)
    fields = ["binding", "indicator", "period", "scope", "printing", "bound_at", "bound_by"]
    Slot.objects.bulk_update(bound, fields)
    audit.record("template.accept", template, by=by, slots=[slot.key for slot in bound])
    return len(bound)


def sure_proposal(slot: Slot, catalogue: Catalogue, least: float = SURE) -> Proposal | None:
    """The best proposal when it leaves little doubt."""
    place = place_of(slot)
    if place.planned or place.is_foreign:
        return None
    found = propose(slot, catalogue)
    if not found or found[0].score < least:
        return None
    if len(found) > 1 and found[0].score - found[1].score < _MARGIN:
        return None
    return found[0]
