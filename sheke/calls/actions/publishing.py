"""Verbs: put the list of those proposed before the public, and take it back."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core.errors import BadInput
from sheke.directory.models import Account
from sheke.notices.actions import tell

from ..deciding.entries import Entry, check_confirmed, disclosures, proposed_entries
from ..deciding.proposals import check_limits, standing_notice
from ..deciding.working_days import last_day
from ..guarding import locked_call, needed, still_open
from ..models import Call, Phase, PublicNotice, Step, Submission
from ..steps import running_phase, take_step
from ..telling import writers_of


@transaction.atomic
def publish_notice(
    *, call: Call, title: str, text: str, confirmed: Collection[str], by: Account | None
) -> PublicNotice:
    """Publish the list as proposed, for the working days that the stage declares.

    confirmed: keys of the places of personal data that were looked at (`entries.disclosures`).
    Raises BadInput for others, for an empty list, and where the stage does not run.
    """
    call = locked_call(call)
    still_open(call)
    phase = _notice_phase(call)
    if standing_notice(call) is not None:
        raise BadInput(_("The list is public already."))
    check_limits(call)
    entries = proposed_entries(call)
    if not entries:
        raise BadInput(_("Nothing is proposed yet."))
    title, text = " ".join(title.split())[:200], text.strip()[:5000]
    if not title:
        raise BadInput(_("A title is needed."))
    check_confirmed(disclosures(call, entries, {_("title"): title, _("text"): text}), confirmed)
    today = timezone.localdate()
    notice = PublicNotice.objects.create(
        call=call, stage=phase.stage, title=title, text=text, entries=entries, opens_on=today,
        closes_on=last_day(today, phase.definition.working_days), published_by=by,
    )  # fmt: skip
    take_step(
        Step.Act.PUBLISHED, call=call, by=by, stage=phase.stage, notice=notice.pk,
        entries=len(entries), until=notice.closes_on.isoformat(),
    )  # fmt: skip
    _tell_named(notice, entries, by)
    return notice


@transaction.atomic
def withdraw_notice(*, notice: PublicNotice, reason: str, by: Account | None) -> PublicNotice:
    """Take the list back: the page says only that it was withdrawn. Objections stay to be answered."""
    call = locked_call(notice.call)
    still_open(call)
    reason = needed(reason)
    notice = PublicNotice.objects.select_for_update().get(pk=notice.pk)
    if notice.withdrawn_at is not None:
        raise BadInput(_("The notice was withdrawn already."))
    if call.awards.exists():
        raise BadInput(_("The call was decided on this notice."))
    notice.withdrawn_at = timezone.now()
    notice.save(update_fields=["withdrawn_at"])
    take_step(Step.Act.CHANGED, call=call, by=by, stage=notice.stage, reason=reason,
              notice=notice.pk, withdrawn=True)  # fmt: skip
    return notice


def _notice_phase(call: Call) -> Phase:
    stages = call.programme.stages_of("notice")
    if not stages:
        raise BadInput(_("This programme has no public notice."))
    return running_phase(call, stages[0].key)


def _tell_named(notice: PublicNotice, entries: list[Entry], by: Account | None) -> None:
    url = reverse("calls:public_notice", args=[notice.pk])
    named = Submission.objects.filter(pk__in=[entry["submission"] for entry in entries])
    for submission in named:
        tell(
            kind="calls.on_notice", to=writers_of(submission), by=by, url=url, once=f"notice-{notice.pk}-{submission.pk}",
            title=submission.title, call=notice.call.title, until=notice.closes_on.isoformat(),
        )  # fmt: skip
