"""Stages of a call acted out by their real verbs, with judgements drawn by chance.

Each function does what the people of a stage do; the caller says when, by the clock.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from random import Random

from django.utils import timezone

from sheke.calls.actions import ballots, checks, panel_agenda, panel_minutes, panels, phases
from sheke.calls.actions.assigning import deploy_plan, propose_plan
from sheke.calls.actions.packets import make_packets, release_packets, settle_findings
from sheke.calls.actions.publishing import publish_notice
from sheke.calls.actions.recommending import recommend
from sheke.calls.actions.reviews import save_review, send_review
from sheke.calls.deciding.entries import disclosures, proposed_entries
from sheke.calls.models import (
    Assignment,
    AssignmentPlan,
    Call,
    Packet,
    Panel,
    PanelItem,
    Phase,
    PublicNotice,
    Submission,
)
from sheke.calls.reviewing import packing
from sheke.directory.models import Account, Person

Judged = Mapping[int, float]  # {submission: how good it is, about 0 to 100}


def phase_of(call: Call, stage: str) -> Phase:
    """The stage's phase, with its call."""
    phase: Phase = call.phases.get(stage=stage)
    phase.call = call
    return phase


def turn(call: Call, ends: str, begins: str, by: Account | None) -> None:
    """End one stage and begin the next; an empty key does nothing."""
    if ends:
        phases.end_phase(phase=phase_of(call, ends), by=by)
    if begins:
        phases.begin_phase(phase=phase_of(call, begins), by=by)


def recommend_within_quota(call: Call, made: Sequence[Submission], words: Sequence[str], random: Random) -> None:  # fmt: skip
    """Every organisation fills its places; what is left was not recommended."""
    acting: dict[int, Account | None] = {}
    for submission in made:
        place = submission.organisation_id or 0
        if place not in acting:
            acting[place] = _acting_for(submission)
        held = call.seats.filter(organisation=submission.organisation, submission=None)
        if held.exists() and random.random() < 0.93:
            recommend(submission=submission, reason=random.choice(words), by=acting[place])


def pass_but(call: Call, refused: int, reason: str, by: Account | None) -> None:
    """The office's check: the last `refused` by number are refused, the others pass."""
    there = list(call.submissions.filter(stage="check", state="in").order_by("number"))
    left = len(there) - refused
    checks.pass_submissions(call=call, submissions=there[:left], by=by)
    if refused:
        checks.refuse_submissions(call=call, submissions=there[left:], reason=reason, by=by)


def release(call: Call, by: Account | None) -> None:
    """Packets of all that stands at the review: names that were found are blacked out where they can be."""
    make_packets(call=call, stage="review", by=by)
    waiting = Packet.objects.filter(submission__call=call, released_at=None)
    for packet in waiting.filter(open__gt=0):
        keys = [each["key"] for each in packing.marked(packet.findings, packet.settled)]
        settle_findings(packet=packet, keys=keys, decision=packing.REPLACED, by=by)
    release_packets(call=call, packets=waiting, by=by)


def assign(call: Call, seed: int, by: Account | None) -> AssignmentPlan:
    """A plan with every rule kept, in force."""
    plan = propose_plan(phase=phase_of(call, "review"), by=by, seed=seed)
    return deploy_plan(plan=plan, by=by)


def write_reviews(
    assignments: Sequence[Assignment], judged: Judged, words: Sequence[str], random: Random,
    *, by: Mapping[int, Account] | None = None,
) -> None:  # fmt: skip
    """Each reviewer measures by a severity of their own. by: {person: account} of those who have one."""
    severity: dict[int, float] = {}
    for each in assignments:
        account = (by or {}).get(each.reviewer.person_id)
        bent = severity.setdefault(each.reviewer_id, random.gauss(0, 4))
        rubric = each.call.programme.rubric
        scores = {
            one.key: _within(judged[each.submission_id] + bent + random.gauss(0, 5), one)
            for one in (rubric.criteria if rubric else ())
        }
        comment = "".join(random.sample(list(words), 3))
        save_review(
            assignment=each, scores=scores, comment=comment, private="", revision=0, by=account
        )
        send_review(assignment=each, by=account)


def sit(
    call: Call, title: str, members: Sequence[Account], order: Sequence[tuple[Submission, str]],
    random: Random, *, place: str, by: Account | None, held_at: datetime | None = None,
) -> Panel:  # fmt: skip
    """A sitting that votes on everything, in secret. order: what is voted on, with the level that most
    members want (“yes” for a plain yes, “no” for none); at times somebody abstains.
    """
    phase = phase_of(call, "panel")
    held_at = held_at or timezone.now()
    panel = panels.make_panel(phase=phase, title=title, held_at=held_at, place=place, by=by)
    people = [each.person for each in members if each.person is not None]
    seats = panels.add_members(panel=panel, people=people, by=by)
    panels.name_chair(member=seats[0], by=by)
    items = panel_agenda.add_items(panel=panel, submissions=[one for one, _level in order], by=by)
    panels.invite_panel(panel=panel, by=by)
    for seat in seats:
        panels.mark_presence(member=seat, present=True, by=by)
    wanted = {submission.pk: level for submission, level in order}
    for item in items:
        _vote(item, wanted[item.submission_id], members, random, by)
    panel.refresh_from_db()
    return panel_minutes.close_panel(panel=panel, by=by)


def publish(call: Call, text: str, by: Account | None) -> PublicNotice:
    """The list as proposed; what looks like personal data was looked at."""
    title = f"{call.title}拟定名单公示"
    entries = proposed_entries(call)
    seen = disclosures(call, entries, {"标题": title, "正文": text})
    confirmed = {one.key for one in seen}
    return publish_notice(call=call, title=title, text=text, confirmed=confirmed, by=by)


def people_of(accounts: Sequence[Account]) -> list[Person]:
    return [account.person for account in accounts if account.person is not None]


def _acting_for(submission: Submission) -> Account | None:
    return Account.objects.filter(
        is_active=True, person__tenures__organisation=submission.organisation
    ).first()


def _within(value: float, criterion: object) -> str:
    least, most = criterion.least, criterion.most  # type: ignore[attr-defined]
    return str(round(min(max(value, least), most)))


def _vote(
    item: PanelItem, level: str, members: Sequence[Account], random: Random, by: Account | None
) -> None:
    """One ballot. Who leaves the room for the item does not vote."""
    kind = "plain" if level in ("yes", "no") else "levels"
    ballot = ballots.open_ballot(item=item, kind=kind, by=by)
    out = set(item.absences.filter(lifted_at=None).values_list("member__person_id", flat=True))
    for place, account in enumerate(members):
        if account.person_id in out:
            continue
        other = place and random.random() < 0.08
        ballots.cast_vote(ballot=ballot, option="abstain" if other else level, by=account)
    ballots.close_ballot(ballot=ballot, by=by)
