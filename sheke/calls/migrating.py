"""What moving an open call to another edition of its programme would do, before it is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from sheke.definitions.models import Edition
from sheke.definitions.programmes import Field, Stage

from .applying.writing import guide
from .models import Call, Phase, Submission
from .values import check_values

SETTLED = (Submission.State.AWARDED, Submission.State.NOT_AWARDED)


@dataclass(frozen=True)
class Incomplete:
    """A submission that was complete and would not be: what would be missing or wrong in it."""

    submission: Submission
    faults: Sequence[str]


@dataclass(frozen=True)
class Effect:
    """What would change. `blocks` says why the call cannot be moved at all."""

    edition: Edition
    fields_added: list[Field]
    fields_removed: list[Field]
    fields_changed: list[tuple[Field, Field]]
    stages_added: list[Stage]
    stages_removed: list[Stage]
    rubric_changed: bool
    eligibility_changed: bool
    submissions: int
    incomplete: list[Incomplete]
    blocks: list[str]

    @property
    def is_nothing(self) -> bool:
        """Neither form nor stages nor rules change; texts may."""
        return not (
            self.fields_added or self.fields_removed or self.fields_changed or self.stages_added
            or self.stages_removed or self.rubric_changed or self.eligibility_changed
        )  # fmt: skip


def movable(call: Call) -> QuerySet[Edition]:
    """The other editions of the call's programme, the newest first."""
    found = Edition.objects.filter(definition=call.edition.definition_id).exclude(
        pk=call.edition_id
    )
    return found.select_related("definition").order_by("-number")


def effect_of(call: Call, edition: Edition) -> Effect:
    """What moving `call` to `edition` would do. Reads every submission that was sent."""
    old, new = call.programme, edition.programme
    old_fields, new_fields = {f.key: f for f in old.fields}, {f.key: f for f in new.fields}
    old_stages, new_stages = {s.key: s for s in old.stages}, {s.key: s for s in new.stages}
    removed = [s for key, s in old_stages.items() if key not in new_stages]
    sent = call.submissions.sent_in().exclude(state__in=SETTLED)
    return Effect(
        edition=edition,
        fields_added=[f for key, f in new_fields.items() if key not in old_fields],
        fields_removed=[f for key, f in old_fields.items() if key not in new_fields],
        fields_changed=[
            (f, new_fields[key]) for key, f in old_fields.items()
            if key in new_fields and new_fields[key] != f
        ],
        stages_added=[s for key, s in new_stages.items() if key not in old_stages],
        stages_removed=removed,
        rubric_changed=old.rubric != new.rubric,
        eligibility_changed=old.eligibility != new.eligibility,
        submissions=sent.count(),
        incomplete=_incomplete(call, edition, sent),
        blocks=_blocks(call, edition, removed),
    )  # fmt: skip


def _incomplete(call: Call, edition: Edition, sent: QuerySet[Submission]) -> list[Incomplete]:
    old, new, topics = call.programme, edition.programme, guide(call)
    found = []
    for submission in sent.select_related("sent").order_by("number").iterator(chunk_size=500):
        values = submission.sent.values if submission.sent else submission.values
        before = {str(fault) for fault in check_values(old, values, topics=topics)[1]}
        faults = [str(fault) for fault in check_values(new, values, topics=topics)[1]]
        if new_ones := [fault for fault in faults if fault not in before]:
            found.append(Incomplete(submission, new_ones))
    return found


def _blocks(call: Call, edition: Edition, removed: list[Stage]) -> list[str]:
    gone = [stage.key for stage in removed]
    blocks = []
    if edition.definition_id != call.edition.definition_id:
        blocks.append(_("This is another programme."))
    for stage in removed:
        if Phase.objects.filter(call=call, stage=stage.key, begun_at__isnull=False).exists():
            blocks.append(_("“%(stage)s” has begun and cannot go.") % {"stage": stage.name})
    standing = call.submissions.filter(stage__in=gone).count()
    if standing:
        blocks.append(_("%(n)s submissions stand at stages that would go.") % {"n": standing})
    kinds = {s.key: s.kind for s in call.programme.stages}
    for stage in edition.programme.stages:
        if kinds.get(stage.key, stage.kind) != stage.kind:
            blocks.append(_("“%(stage)s” would become another kind of stage.")
                          % {"stage": stage.name})  # fmt: skip
    return blocks
