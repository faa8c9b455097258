"""The verb that moves an open call to another edition of its programme."""

from __future__ import annotations

from django.db import transaction

from sheke.core.errors import BadInput
from sheke.definitions.models import Edition
from sheke.directory.models import Account

from ..guarding import locked_call, needed, still_open
from ..migrating import SETTLED, Effect, effect_of
from ..models import Call, Phase, Step
from ..steps import take_step


@transaction.atomic
def migrate_call(*, call: Call, edition: Edition, reason: str, by: Account | None) -> Effect:
    """Move the call and its submissions to `edition`; what was sent keeps the edition that it was sent
    under. Raises BadInput where `effect_of` says that it cannot be.
    """
    call = locked_call(call)
    still_open(call)
    reason = needed(reason)
    effect = effect_of(call, edition)
    if effect.blocks:
        raise BadInput(" ".join(effect.blocks))
    before = call.edition.number
    call.edition = edition
    call.save(update_fields=["edition"])
    call.submissions.exclude(state__in=SETTLED).update(edition=edition)
    _phases(call, edition)
    take_step(
        Step.Act.MIGRATED, call=call, by=by, reason=reason, edition=[before, edition.number],
        added=[f.key for f in effect.fields_added], removed=[f.key for f in effect.fields_removed],
        incomplete=[each.submission.number for each in effect.incomplete],
    )  # fmt: skip
    return effect


def _phases(call: Call, edition: Edition) -> None:
    """A phase for each stage of the edition, in its order."""
    keys = [stage.key for stage in edition.programme.stages]
    call.phases.exclude(stage__in=keys).delete()
    held = {phase.stage: phase for phase in call.phases.all()}
    for position, key in enumerate(keys):
        phase = held.get(key) or Phase(call=call, stage=key)
        phase.position = position
        phase.save()
