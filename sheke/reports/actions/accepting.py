"""Taking the proposals that leave little doubt, all at once."""

from __future__ import annotations

from collections import Counter

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
    open_slots = template.slots.filter(binding="").select_related("template__source")
    choices = [(slot, sure_proposal(slot, catalogue, least)) for slot in open_slots]
    wanted = Counter(_claim(slot, choice) for slot, choice in choices if choice)
    bound = []
    for slot, choice in choices:
        if choice is None or wanted[_claim(slot, choice)] > 1:
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


def _claim(slot: Slot, choice: Proposal) -> tuple[str, str, str]:
    """Two figures of one sentence cannot be the same number: 重大课题6项、重点课题30项."""
    sentence = str(slot.reading.get("sentence") or slot.context)
    return sentence, choice.key, str(choice.period)


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
