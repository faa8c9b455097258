"""Verbs of the copy check: have what was sent in compared with the library and with each other."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from sheke.core import audit
from sheke.core.errors import BadInput
from sheke.directory.models import Account
from sheke.library.actions.checks import start_check
from sheke.library.models import Check

from ..copychecking.results import checks_of
from ..copychecking.subjects import DELIVERY, VERSION
from ..copychecking.texts import text_of_delivery, text_of_version
from ..guarding import locked_phase
from ..models import Delivery, Phase, Submission


@transaction.atomic
def check_copies(*, phase: Phase, by: Account | None) -> int:
    """Begin to compare what stands at the stage and was not compared as it was sent last.

    Returns how many. What holds no text to compare is left out: a person looks at it.
    """
    phase = locked_phase(phase)
    if phase.definition.kind != "copycheck" or not phase.is_running:
        raise BadInput(_("“%(stage)s” is not running.") % {"stage": phase.definition.name})
    standing = phase.call.submissions.filter(stage=phase.stage, state=Submission.State.IN)
    found = list(standing.select_related("sent").order_by("number"))
    known = checks_of(VERSION, [one.sent_id for one in found if one.sent_id])
    count = 0
    for one in found:
        before = known.get(one.sent_id or 0)
        if one.sent is None or (before is not None and not before.failure):
            continue
        people = [str(each.get("name", "")) for each in one.sent.people]
        try:
            start_check(
                organisation=phase.call.organisation, title=one.title, authors=people, by=by,
                text=text_of_version(one.sent), origin=Check.Origin.RECORD,
                subject=f"{VERSION}:{one.sent.pk}",
            )  # fmt: skip
        except BadInput:
            continue
        count += 1
    audit.record("call.check_copies", phase.call, by=by, stage=phase.stage, count=count)
    return count


@transaction.atomic
def check_delivery(*, delivery: Delivery, by: Account | None) -> Check:
    """Begin to compare a project's report. Raises BadInput where there is no text."""
    project = delivery.milestone.project
    check = start_check(
        organisation=project.award.call.organisation, title=project.title, by=by,
        authors=[project.lead_name, *project.members], text=text_of_delivery(delivery),
        origin=Check.Origin.RECORD, subject=f"{DELIVERY}:{delivery.pk}",
    )  # fmt: skip
    audit.record("project.check_copies", project, by=by, delivery=delivery.pk)
    return check
