"""Verbs of the copy check: have what was sent in compared with the library and with each other."""

from __future__ import annotations

from collections.abc import Mapping

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


def check_copies(*, phase: Phase, by: Account | None) -> int:
    """Begin to compare what stands at the stage and was not compared as it was sent last.

    Returns how many. What holds no text to compare is left out: a person looks at it. Texts are read
    before anything is locked, since hundreds of files take minutes.
    """
    _check_running(phase)
    texts = {one.sent.pk: text_of_version(one.sent) for one in _uncompared(phase) if one.sent}
    with transaction.atomic():
        phase = locked_phase(phase)
        _check_running(phase)
        count = sum(_begin(one, texts, by) for one in _uncompared(phase))
        audit.record("call.check_copies", phase.call, by=by, stage=phase.stage, count=count)
    return count


def _check_running(phase: Phase) -> None:
    if phase.definition.kind != "copycheck" or not phase.is_running:
        raise BadInput(_("“%(stage)s” is not running.") % {"stage": phase.definition.name})


def _uncompared(phase: Phase) -> list[Submission]:
    standing = phase.call.submissions.filter(stage=phase.stage, state=Submission.State.IN)
    found = list(standing.filter(sent__isnull=False).select_related("sent").order_by("number"))
    known = checks_of(VERSION, [one.sent_id for one in found if one.sent_id])
    done = {pk for pk, check in known.items() if not check.failure}
    return [one for one in found if one.sent_id not in done]


def _begin(one: Submission, texts: Mapping[int, str], by: Account | None) -> bool:
    if one.sent is None or one.sent.pk not in texts:
        return False
    people = [str(each.get("name", "")) for each in one.sent.people]
    try:
        start_check(
            organisation=one.call.organisation, title=one.title, authors=people, by=by,
            text=texts[one.sent.pk], origin=Check.Origin.RECORD, subject=f"{VERSION}:{one.sent.pk}",
        )  # fmt: skip
    except BadInput:
        return False
    return True


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
