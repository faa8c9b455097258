"""Sittings: members, agenda, absences, ballots, minutes, how the stage ends."""

from __future__ import annotations

import io
from datetime import timedelta

import docx
import pytest
from django.utils import timezone

from sheke.calls import personal
from sheke.calls.actions import ballots, panel_absences, panel_agenda, panel_minutes
from sheke.calls.actions import panels as actions
from sheke.calls.actions.phases import end_phase
from sheke.calls.models import (
    Absence,
    Ballot,
    Conflict,
    Member,
    Reviewer,
    Step,
    Submission,
    Vote,
    Voter,
)
from sheke.calls.panels.agenda import candidates
from sheke.calls.panels.minutes import mark_of, minutes_word
from sheke.calls.panels.results import last_results
from sheke.core.errors import BadInput
from sheke.core.models import AuditEvent
from sheke.directory.models import Tenure
from sheke.notices.models import Notice

from .panels import at_panel, person, sitting

pytestmark = pytest.mark.django_db


def vote(made, item, *options, kind="plain", close=True) -> Ballot:
    """Open a ballot, let the members vote in turn, close it."""
    ballot = ballots.open_ballot(item=item, kind=kind, by=made.staff)
    for account, option in zip(made.accounts, options, strict=False):
        ballots.cast_vote(ballot=ballot, option=option, by=account)
    return ballots.close_ballot(ballot=ballot, by=made.staff) if close else ballot


def test_quorum_and_majority_are_pinned_from_the_stage():
    made = sitting(quorum=0.75, majority=0.6667)
    assert (made.panel.quorum, made.panel.majority) == (0.75, 0.6667)


def test_a_sitting_needs_a_stage_of_panels():
    made = sitting()
    with pytest.raises(BadInput):
        actions.make_panel(
            phase=made.call.phases.get(stage="review"), title="", held_at=timezone.now(), place="",
            by=made.staff,
        )  # fmt: skip


def test_members_are_told_once_and_those_without_an_account_are_named():
    made = sitting(invited=False)
    actions.add_members(panel=made.panel, people=[person("没有账号的委员")], by=made.staff)
    told = actions.invite_panel(panel=made.panel, by=made.staff)
    assert told.told == 3 and told.unreached == ["没有账号的委员"]
    assert actions.invite_panel(panel=made.panel, by=made.staff).told == 0
    assert Notice.objects.filter(kind="calls.panel_asked").count() == 3


def test_the_clock_reminds_once_of_each_time():
    made = sitting()
    today = timezone.localdate(made.panel.held_at)
    assert actions.remind_panels_by_clock(today=today - timedelta(days=1), by=None) == 3
    actions.remind_panels_by_clock(today=today, by=None)
    assert Notice.objects.filter(kind="calls.panel_soon").count() == 3


def test_who_was_invited_is_told_when_time_or_place_change():
    made = sitting()
    actions.change_panel(panel=made.panel, title="终评会", by=made.staff)
    assert not Notice.objects.filter(kind="calls.panel_moved").exists()
    actions.change_panel(panel=made.panel, place="报告厅", by=made.staff)
    assert Notice.objects.filter(kind="calls.panel_moved").count() == 3


def test_the_agenda_takes_what_stands_at_the_stage_in_order():
    made = sitting(items=3)
    elsewhere = at_panel(made.call, state=Submission.State.WITHDRAWN)
    assert panel_agenda.add_items(panel=made.panel, submissions=[elsewhere], by=None) == []
    order = [item.pk for item in made.items][::-1]
    panel_agenda.order_items(panel=made.panel, order=order, by=None)
    assert list(made.panel.items.values_list("pk", flat=True)) == order
    with pytest.raises(BadInput):
        panel_agenda.order_items(panel=made.panel, order=order[1:], by=None)
    panel_agenda.remove_item(item=made.items[0], by=None)
    assert [c.submission for c in candidates(made.panel)] == [made.items[0].submission]


def test_candidates_by_category_and_by_score():
    made = sitting(items=0)
    youth = at_panel(made.call, category="youth")
    general = at_panel(made.call, category="general")
    assert [c.submission for c in candidates(made.panel, "youth")] == [youth]
    assert [c.submission for c in candidates(made.panel, sort="score")] == [youth, general]


def test_conflicts_become_absences():
    made = sitting(items=0)
    member = made.members[0]
    own = at_panel(made.call)
    Member.objects.create(submission=own, role="member", person=member.person, name="甲")
    colleague = at_panel(made.call)
    colleague.organisation = Tenure.objects.get(person=made.members[1].person).organisation
    colleague.save()
    pinned = at_panel(made.call)
    reviewer = Reviewer.objects.create(call=made.call, person=made.members[2].person)
    Conflict.objects.create(
        call=made.call, reviewer=reviewer, submission=pinned, kind="family", source="reviewer"
    )
    panel_agenda.add_items(panel=made.panel, submissions=[own, colleague, pinned], by=None)
    found = Absence.objects.order_by("item__position").values_list("member", "item__submission")
    assert list(found) == [
        (made.members[0].pk, own.pk), (made.members[1].pk, colleague.pk),
        (made.members[2].pk, pinned.pk),
    ]  # fmt: skip


def test_what_is_lifted_stays_lifted_and_what_is_declared_stays():
    made = sitting(items=0)
    own = at_panel(made.call)
    Member.objects.create(submission=own, role="member", person=made.members[0].person, name="甲")
    (item,) = panel_agenda.add_items(panel=made.panel, submissions=[own], by=None)
    absence = Absence.objects.get()
    with pytest.raises(BadInput):
        panel_absences.lift_absence(absence=absence, reason=" ", by=made.staff)
    panel_absences.lift_absence(absence=absence, reason="同名不同人", by=made.staff)
    assert panel_absences.record_absences(panel=made.panel, by=None) == 0
    absence.refresh_from_db()
    assert absence.lifted_at is not None
    panel_absences.leave_room(item=item, reason="确有关系", by=made.accounts[0])
    absence.refresh_from_db()
    assert absence.declared and absence.lifted_at is None
    with pytest.raises(BadInput):
        panel_absences.lift_absence(absence=absence, reason="请留下", by=made.staff)
    assert made.call.steps.filter(act=Step.Act.RECUSED).count() == 1


def test_a_vote_is_cast_once_and_by_those_who_are_there():
    made = sitting(members=3, quorum=0.5)
    ballot = vote(made, made.items[0], "yes", close=False)
    with pytest.raises(BadInput):
        ballots.cast_vote(ballot=ballot, option="no", by=made.accounts[0])
    with pytest.raises(BadInput):
        ballots.cast_vote(ballot=ballot, option="perhaps", by=made.accounts[1])
    actions.mark_presence(member=made.members[1], present=False, by=made.staff)
    with pytest.raises(BadInput):
        ballots.cast_vote(ballot=ballot, option="no", by=made.accounts[1])
    with pytest.raises(BadInput):
        ballots.cast_vote(ballot=ballot, option="no", by=made.staff)
    assert list(ballot.votes.values_list("option", flat=True)) == ["yes"]
    ballots.close_ballot(ballot=ballot, by=made.staff)
    with pytest.raises(BadInput):
        ballots.cast_vote(ballot=ballot, option="no", by=made.accounts[2])


def test_a_ballot_needs_a_quorum_of_those_who_do_not_leave_the_room():
    made = sitting(members=3, present=False)
    with pytest.raises(BadInput):
        ballots.open_ballot(item=made.items[0], kind="plain", by=made.staff)
    actions.mark_presence(member=made.members[0], present=True, by=made.staff)
    panel_absences.leave_room(item=made.items[0], reason="同事", by=made.accounts[1])
    with pytest.raises(BadInput):  # one of two is no two thirds
        ballots.open_ballot(item=made.items[0], kind="plain", by=made.staff)
    panel_absences.leave_room(item=made.items[0], reason="同事", by=made.accounts[2])
    ballot = vote(made, made.items[0], "yes")
    assert (ballot.result["members"], ballot.result["present"]) == (1, 1)
    assert ballot.result["carried"] == "yes"


def test_a_second_round_follows_a_tie_and_nothing_follows_what_was_carried():
    made = sitting(members=2)
    first = vote(made, made.items[0], "yes", "no")
    assert first.result["carried"] is None
    second = vote(made, made.items[0], "yes", "yes")
    assert (second.round, second.result["carried"]) == (2, "yes")
    with pytest.raises(BadInput):
        ballots.open_ballot(item=made.items[0], kind="plain", by=made.staff)
    assert last_results(made.call)[made.items[0].submission_id].ballot == second.pk


def test_levels_are_voted_on():
    made = sitting(members=3)
    ballot = vote(made, made.items[0], "key", "key", "general", kind="levels")
    assert ballot.result["votes"] == {"key": 2, "general": 1, "no": 0, "abstain": 0}
    assert last_results(made.call)[made.items[0].submission_id].level == "key"


def test_who_leaves_after_voting_annuls_the_open_ballot():
    made = sitting(members=3)
    ballot = vote(made, made.items[0], "no", close=False)
    panel_absences.leave_room(item=made.items[0], reason="想起是老师", by=made.accounts[0])
    ballot.refresh_from_db()
    assert "annulled" in ballot.result and not ballot.votes.exists()
    assert last_results(made.call) == {}
    again = ballots.open_ballot(item=made.items[0], kind="plain", by=made.staff)
    assert again.round == 2


def test_nothing_links_a_vote_to_its_voter():
    made = sitting(members=6)
    options = ["yes", "no", "abstain", "yes", "no", "yes"]
    vote(made, made.items[0], *options, close=False)
    assert {f.name for f in Vote._meta.get_fields()} == {"uid", "ballot", "option"}
    assert {f.name for f in Voter._meta.get_fields()} == {"id", "ballot", "member"}
    assert Vote.objects.count() == Voter.objects.count() == 6
    said = " ".join(
        [str(e.data) + e.subject_name for e in AuditEvent.objects.filter(verb="panel.vote")]
        + [str(s.data) + s.reason for s in Step.objects.all()]
        + [str(n.data) for n in Notice.objects.all()]
    )
    assert AuditEvent.objects.filter(verb="panel.vote").count() == 6
    assert not {"yes", "no", "abstain", "option"} & set(said.replace("'", " ").split())


def test_the_rows_of_votes_are_written_anew_with_each_vote(monkeypatch):
    made = sitting(members=4)
    ballot = ballots.open_ballot(item=made.items[0], kind="plain", by=made.staff)
    monkeypatch.setattr(ballots._urn, "shuffle", lambda options: options.reverse())
    seen: set[object] = set()
    for account, option in zip(made.accounts, ["yes", "no", "abstain", "yes"], strict=True):
        ballots.cast_vote(ballot=ballot, option=option, by=account)
        keys = set(ballot.votes.values_list("pk", flat=True))
        assert not keys & seen  # no row outlives the next vote
        seen |= keys


def test_the_places_of_rows_do_not_follow_the_order_of_voting():
    """Eight members vote yes first and no after: that order comes back in one shuffle of seventy."""
    kept = 0
    made = sitting(members=8, items=12)
    wanted = ["yes"] * 4 + ["no"] * 4
    for item in made.items:
        ballot = vote(made, item, *wanted, close=False)
        written = ballots.Vote.objects.filter(ballot=ballot)
        kept += [v.option for v in written] == wanted
        ballots.close_ballot(ballot=ballot, by=made.staff)
    assert kept < 12


def test_minutes_are_written_over_the_text_one_saw():
    made = sitting()
    write = panel_minutes.write_panel_minutes
    panel = write(panel=made.panel, text="会议开始", was=mark_of(""), by=made.staff)
    with pytest.raises(panel_minutes.Overtaken):
        write(panel=panel, text="另一段", was=mark_of(""), by=made.staff)
    write(panel=panel, text="会议开始", was=mark_of(""), by=made.staff)  # the same words
    assert (
        write(panel=panel, text="会议结束", was=mark_of("会议开始"), by=made.staff).notes
        == "会议结束"
    )


def test_the_minutes_as_a_word_file_say_who_left_and_how_it_went():
    made = sitting(members=3, items=2)
    panel_absences.leave_room(item=made.items[0], reason="同事", by=made.accounts[2])
    vote(made, made.items[0], "yes", "yes")
    vote(made, made.items[1], "yes", "no", "abstain")
    panel_minutes.write_panel_minutes(
        panel=made.panel, text="主持人说明了议程。", was=mark_of(""), by=made.staff
    )
    panel_minutes.close_panel(panel=made.panel, by=made.staff)
    made.panel.refresh_from_db()
    document = docx.Document(io.BytesIO(minutes_word(made.panel)))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert document.sections[0].left_margin.mm == pytest.approx(28, abs=0.1)
    for words in ("主持人说明了议程。", made.members[2].person.name, str(made.items[0].submission),
                  "云川市社科联"):  # fmt: skip
        assert words in text
    assert "yes" not in text.lower().split()


def test_the_stage_ends_when_everything_is_voted_on_and_minutes_are_closed():
    made = sitting(members=3, items=3)
    phase = made.call.phases.get(stage="panel")
    carried, lost, tied = made.items
    vote(made, carried, "yes", "yes", "no")
    vote(made, lost, "no", "no", "yes")
    with pytest.raises(BadInput):
        end_phase(phase=phase, by=made.staff)
    vote(made, tied, "yes", "no", "abstain")
    with pytest.raises(BadInput):  # the minutes are open
        end_phase(phase=phase, by=made.staff)
    panel_minutes.close_panel(panel=made.panel, by=made.staff)
    assert made.call.steps.filter(act=Step.Act.VOTED).count() == 3
    end_phase(phase=phase, by=made.staff)
    S = Submission
    states = dict(S.objects.values_list("pk", "state"))
    assert states[carried.submission_id] == S.State.IN
    assert S.objects.get(pk=carried.submission_id).stage == "notice"
    assert states[lost.submission_id] == states[tied.submission_id] == S.State.REFUSED
    reasons = made.call.steps.filter(act=Step.Act.REFUSED).values_list("reason", flat=True)
    assert len(reasons) == 2 and all(reasons)


def test_without_a_quorum_nothing_was_voted_on():
    made = sitting(members=3, items=1)
    ballot = vote(made, made.items[0], "yes", close=False)
    for member in made.members[1:]:
        actions.mark_presence(member=member, present=False, by=made.staff)
    ballots.close_ballot(ballot=ballot, by=made.staff)
    panel_minutes.close_panel(panel=made.panel, by=made.staff)
    assert not last_results(made.call)[made.items[0].submission_id].quorate
    with pytest.raises(BadInput):
        end_phase(phase=made.call.phases.get(stage="panel"), by=made.staff)
    assert [c.submission for c in candidates(made.panel)] == []  # it stands on this agenda …
    second = actions.make_panel(
        phase=made.call.phases.get(stage="panel"), title="", held_at=timezone.now(), place="",
        by=made.staff,
    )  # fmt: skip
    assert [c.submission for c in candidates(second)] == [made.items[0].submission]  # … not on that


def test_closed_minutes_change_no_more():
    made = sitting(members=3)
    vote(made, made.items[0], "yes", "yes", "yes")
    panel_minutes.close_panel(panel=made.panel, by=made.staff)
    for act in (
        lambda: actions.add_members(panel=made.panel, people=[person("丁")], by=None),
        lambda: actions.mark_presence(member=made.members[0], present=False, by=None),
        lambda: ballots.open_ballot(item=made.items[0], kind="plain", by=None),
        lambda: panel_absences.leave_room(item=made.items[0], reason="x", by=made.accounts[0]),
        lambda: panel_minutes.write_panel_minutes(panel=made.panel, text="改", was="", by=None),
        lambda: panel_minutes.close_panel(panel=made.panel, by=None),
    ):
        with pytest.raises(BadInput):
            act()


def test_who_voted_stays_and_a_sitting_with_ballots_stays():
    made = sitting(members=3)
    vote(made, made.items[0], "yes")
    for act in (
        lambda: actions.remove_member(member=made.members[0], by=None),
        lambda: actions.remove_panel(panel=made.panel, by=None),
        lambda: panel_agenda.remove_item(item=made.items[0], by=None),
    ):
        with pytest.raises(BadInput):
            act()
    actions.remove_member(member=made.members[2], by=None)
    assert made.panel.members.count() == 2


def test_a_person_gets_their_sittings_and_no_vote():
    made = sitting(members=3, items=2)
    vote(made, made.items[0], "no")
    panel_absences.leave_room(item=made.items[1], reason="师生", by=made.accounts[0])
    (row,) = personal._sat(made.accounts[0].person)
    assert row["panel"] == "评审会" and row["left_room"] == ["师生"]
    assert "no" not in str(row).replace("'", " ").split()
