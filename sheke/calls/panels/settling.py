"""What ending a panel's stage asks for, and what it does: what was carried goes on."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from sheke.directory.models import Account

from ..models import Phase, Step, Submission
from ..settling import CHECKS, ENDINGS, Unsettled, standing
from ..steps import take_step
from ..telling import tell_writers
from .results import last_results


def _unvoted(phase: Phase) -> Iterable[Unsettled]:
    """Voted on: with a quorum, in a sitting whose minutes are closed."""
    query = f"stage={phase.stage}&state=in"
    results = last_results(phase.call, phase.stage, closed=True)
    voted = {pk for pk, result in results.items() if result.quorate}
    left = standing(phase).exclude(pk__in=voted).count()
    yield Unsettled(_("Not voted on in a sitting with closed minutes."), left, query, stops=True)
    sittings = phase.call.panels.filter(stage=phase.stage, closed_at=None).count()
    yield Unsettled(_("Sittings whose minutes are not closed."), sittings, stops=True)
    back = phase.call.submissions.filter(stage=phase.stage, state=Submission.State.BACK)
    query = f"stage={phase.stage}&state=back"
    yield Unsettled(
        _("Still being corrected by their applicants."), back.count(), query, stops=True
    )


def _hand_over_carried(phase: Phase, by: Account | None) -> None:
    """What the panel carried goes on; the rest is refused."""
    results = last_results(phase.call, phase.stage, closed=True)
    found = standing(phase).select_for_update(of=("self",)).order_by("pk")
    for submission in found.select_related("call", "edition__definition", "organisation"):
        result = results[submission.pk]
        if result.is_carried:
            take_step(
                Step.Act.PASSED, call=phase.call, submission=submission, by=by,
                panel=result.panel, level=result.level,
            )  # fmt: skip
            continue
        reason = _("Not carried by the panel.")
        take_step(Step.Act.REFUSED, call=phase.call, submission=submission, by=by, reason=reason)
        tell_writers("calls.refused", submission, by=by, reason=reason)


CHECKS["panel"] = [_unvoted]
ENDINGS["panel"] = _hand_over_carried
