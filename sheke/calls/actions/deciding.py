"""Verbs: decide on what is proposed, revoke an award."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from sheke.core.errors import BadInput
from sheke.directory.models import Account, Organisation

from ..deciding.entries import check_confirmed, disclosures, proposed_entries
from ..deciding.numbering import number_of, serials
from ..deciding.proposals import (
    Candidate,
    by_level,
    candidates,
    check_limits,
    level_name,
    plain,
    standing_notice,
)
from ..deciding.settling import is_over, open_objections
from ..deciding.sheet import decision_sheet
from ..guarding import locked_call, needed, still_open
from ..models import Award, Call, Project, Step, Submission
from ..postings import post_awards, reverse_postings
from ..steps import locked, running_phase, take_step
from ..telling import tell_writers
from .certifying import revoke_certificates
from .projects import start_projects


@transaction.atomic
def decide_call(
    *, call: Call, by: Account | None, reason: str = "", confirmed: Collection[str] = ()
) -> list[Award]:
    """Award what is proposed and turn down the rest, post the records, write the letters.

    Needs the stage to run, and where the programme has a notice: that the list was public for its
    whole time, unchanged, and that no objection is open. confirmed: as in `publish_notice`, of the
    results, which become public. Raises BadInput; then nothing is decided.
    """
    call = locked_call(call)
    still_open(call)
    stage = call.programme.stages_of("decide")[0].key
    phase = running_phase(call, stage)
    found = [each for each in candidates(call) if each.submission.stage == stage]
    if not found:
        raise BadInput(_("Nothing waits for a decision."))
    chosen = [each for each in found if each.proposed is not None]
    check_limits(call)
    _check_notice(call, chosen)
    check_confirmed(disclosures(call, proposed_entries(call), {}), confirmed)
    reason = " ".join(reason.split())[:500]
    awards = _award(call, by_level(call.programme, chosen), reason, by)
    taken = {each.submission.pk for each in chosen}
    for each in found:
        if each.submission.pk not in taken:
            _turn_down(call, each.submission, reason, by)
    start_projects(awards=awards, by=by)
    if awards:
        with override("zh-hans"):
            sheet = decision_sheet(phase.call, awards)
        post_awards(
            call=call, awards=awards, happened_on=timezone.localdate(), evidence=sheet, by=by
        )
    return awards


@transaction.atomic
def revoke_award(*, award: Award, reason: str, by: Account | None) -> Award:
    """Take an award back: its records are reversed, its certificates no longer valid. A project that
    runs is terminated first, so that its lead and the ledger learn how it ended.
    """
    call = locked_call(award.call)
    reason = needed(reason)
    award = Award.objects.select_for_update(of=("self",)).select_related("submission").get(pk=award.pk)  # fmt: skip
    if award.revoked_at is not None:
        raise BadInput(_("This award was revoked already."))
    if Project.objects.filter(award=award, closing=None).exists():
        raise BadInput(_("Its project runs. Terminate the project first, then revoke the award."))
    award.call = call
    award.revoked_at, award.revoked_by = timezone.now(), by
    award.save(update_fields=["revoked_at", "revoked_by"])
    submission = locked(award.submission)
    take_step(Step.Act.REVOKED, call=call, submission=submission, by=by, reason=reason,
              number=award.number)  # fmt: skip
    reverse_postings(award=award, reason=reason, by=by)
    revoke_certificates(
        certificates=award.certificates.filter(revoked_at=None), reason=reason, by=by
    )
    tell_writers("calls.revoked", submission, by=by, reason=reason, number=award.number)
    return award


def _award(call: Call, chosen: list[Candidate], reason: str, by: Account | None) -> list[Award]:
    """The awards in the order of their numbers, each with its step and letter."""
    Organisation.objects.select_for_update().get(pk=call.organisation_id)
    years, today = call.programme.outcome.years, timezone.localdate()
    running, awards = serials(call), []
    for each in chosen:
        proposed, submission = each.proposed, locked(each.submission)
        if proposed is None:
            continue
        serial = next(running)
        award = Award.objects.create(
            submission=submission, call=call, level=proposed.level, amount=proposed.amount,
            serial=serial, number=number_of(call, submission, serial, proposed.level),
            holds_until=_years_on(today, years) if years else None, decided_on=today, by=by,
        )  # fmt: skip
        award.call = call
        take_step(Step.Act.AWARDED, call=call, submission=submission, by=by, reason=reason,
                  number=award.number, level=award.level, amount=plain(award.amount))  # fmt: skip
        tell_writers(
            "calls.awarded", submission, by=by, number=award.number, reason=reason,
            level=level_name(call.programme, award.level), amount=plain(award.amount),
        )  # fmt: skip
        awards.append(award)
    return awards


def _turn_down(call: Call, submission: Submission, reason: str, by: Account | None) -> None:
    submission = locked(submission)
    take_step(Step.Act.NOT_AWARDED, call=call, submission=submission, by=by, reason=reason)
    tell_writers("calls.not_awarded", submission, by=by, reason=reason)


def _check_notice(call: Call, chosen: list[Candidate]) -> None:
    """The public saw just this, for the whole time, and every objection was answered."""
    if not call.programme.stages_of("notice"):
        return
    if open_objections(call):
        raise BadInput(_("Objections wait for an answer."))
    notice = standing_notice(call)
    if notice is None:
        if chosen:
            raise BadInput(_("The list has not been published."))
        return
    if not is_over(notice):
        day = notice.closes_on.isoformat()
        raise BadInput(_("The list is public until %(day)s.") % {"day": day})
    public = {(entry["submission"], entry["level"]) for entry in notice.entries}
    for each in chosen:
        if each.proposed and (each.submission.pk, each.proposed.level) not in public:
            raise BadInput(
                _("“%(title)s” does not stand on the public list.")
                % {"title": each.submission.title}
            )


def _years_on(day: date, years: int) -> date:
    """The day before the same day so many years later."""
    try:
        later = day.replace(year=day.year + years)
    except ValueError:  # 29 February
        later = day.replace(year=day.year + years, month=3, day=1)
    return date.fromordinal(later.toordinal() - 1)
