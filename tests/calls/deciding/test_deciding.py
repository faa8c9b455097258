"""From proposals to awards: limits, the public list, the decision, what follows from it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone

from sheke.calls.actions import deciding, objections, phases, proposing, publishing
from sheke.calls.actions.proposing import Wish
from sheke.calls.models import Award, Call, Proposed, PublicNotice, Step, Submission
from sheke.core.errors import BadInput
from sheke.ledger.models import Reversal
from sheke.ledger.queries import draft_of
from tests.factories import account, organisation

from .made import award, phase, there, waiting_call

pytestmark = pytest.mark.django_db
LATER = timedelta(days=15)


@pytest.fixture
def call() -> Call:
    return waiting_call()


@pytest.fixture
def office(call):
    return account(call.organisation, "office")


def propose(call: Call, *levels: str | None) -> None:
    pairs = zip(there(call), levels, strict=False)
    wishes = {one.pk: Wish(level) if level is not None else None for one, level in pairs}
    proposing.propose(call=call, wishes=wishes, by=None)


def publish(call: Call) -> PublicNotice:
    return publishing.publish_notice(call=call, title="名单公示", text="", confirmed=(), by=None)


def decided(call: Call, *levels: str, by=None) -> list[Award]:
    """Through the notice to the awards."""
    propose(call, *levels)
    publish(call)
    with time_machine.travel(timezone.now() + LATER, tick=False):
        phases.end_phase(phase=phase(call, "notice"), by=by)
        phases.begin_phase(phase=phase(call, "decide"), by=by)
        return deciding.decide_call(call=call, by=by)


class TestProposals:
    def test_a_level_brings_its_amount(self, call):
        propose(call, "first", "second")
        assert [p.amount for p in Proposed.objects.order_by("pk")] == [10000, 5000]

    def test_a_level_is_not_given_more_often_than_it_may(self, call):
        with pytest.raises(BadInput, match="2"):
            propose(call, "first", "first")
        assert not Proposed.objects.exists()

    def test_the_budget_is_kept(self, call):
        Call.objects.filter(pk=call.pk).update(budget=12000)
        with pytest.raises(BadInput, match="12000"):
            propose(call, "first", "second")

    def test_taking_back(self, call):
        propose(call, "first")
        propose(call, None)
        assert not Proposed.objects.exists()

    def test_an_unknown_level_and_a_wrong_amount(self, call):
        with pytest.raises(BadInput, match="third"):
            propose(call, "third")
        one = there(call)[0].pk
        with pytest.raises(BadInput):
            proposing.propose(call=call, wishes={one: Wish("first", Decimal("-1"))}, by=None)

    def test_what_stands_elsewhere_cannot_be_proposed(self, call):
        Submission.objects.filter(pk=there(call)[0].pk).update(stage="check")
        with pytest.raises(BadInput):
            propose(call, "first")

    def test_without_scores_there_is_no_first(self, call):
        with pytest.raises(BadInput):
            proposing.propose_first(call=call, level="first", count=1, by=None)


class TestNotice:
    def test_it_keeps_what_was_published(self, call):
        propose(call, "second", "first")
        notice = publish(call)
        assert [entry["level"] for entry in notice.entries] == ["first", "second"]
        assert Step.objects.filter(act="published", call=call).count() == 1

    def test_proposals_are_fixed_while_it_stands(self, call):
        propose(call, "first")
        notice = publish(call)
        with pytest.raises(BadInput):
            propose(call, None)
        publishing.withdraw_notice(notice=notice, reason="名单有误", by=None)
        propose(call, None)
        assert not Proposed.objects.exists()

    def test_nothing_proposed_is_no_list(self, call):
        with pytest.raises(BadInput):
            publish(call)

    def test_personal_data_is_confirmed_one_by_one(self, call):
        propose(call, "first")
        text = "咨询电话13812345678。"
        with pytest.raises(BadInput, match=r"138\*\*\*\*5678"):
            publishing.publish_notice(call=call, title="公示", text=text, confirmed=(), by=None)

    def test_the_stage_waits_for_the_last_day(self, call):
        propose(call, "first")
        publish(call)
        with pytest.raises(BadInput):
            phases.end_phase(phase=phase(call, "notice"), by=None)
        with time_machine.travel(timezone.now() + LATER, tick=False):
            phases.end_phase(phase=phase(call, "notice"), by=None)
        assert {one.stage for one in there(call)} == {"decide"}


class TestObjections:
    @pytest.fixture
    def notice(self, call):
        propose(call, "first", "second")
        return publish(call)

    def file(self, notice, entry=1):
        return objections.object_to(
            notice=notice, entry=entry, name="林知远", contact="0591-87654321", text="与已发表论文重复。",
            by=None,
        )  # fmt: skip

    def test_the_log_does_not_say_who_or_about_whom(self, notice):
        self.file(notice)
        step = Step.objects.get(act="objected")
        assert step.submission is None and step.by is None
        assert "林知远" not in str(step.data) and step.reason == ""

    def test_the_stage_waits_for_the_answer(self, call, notice):
        objection = self.file(notice)
        with time_machine.travel(timezone.now() + LATER, tick=False):
            with pytest.raises(BadInput):
                phases.end_phase(phase=phase(call, "notice"), by=None)
            objections.answer_objection(
                objection=objection, upheld=False, reason="经核对不属实。", by=None
            )
            phases.end_phase(phase=phase(call, "notice"), by=None)

    def test_upheld_takes_the_submission_out(self, call, notice):
        objection = self.file(notice)
        objections.answer_objection(objection=objection, upheld=True, reason="属实。", by=None)
        out = objection.submission
        out.refresh_from_db()
        assert out.state == "refused"
        with time_machine.travel(timezone.now() + LATER, tick=False):
            phases.end_phase(phase=phase(call, "notice"), by=None)
            phases.begin_phase(phase=phase(call, "decide"), by=None)
            awards = deciding.decide_call(call=call, by=None)
        assert [a.level for a in awards] == ["second"]

    def test_the_answer_does_not_name_who_objected(self, notice):
        objection = self.file(notice)
        with pytest.raises(BadInput):
            objections.answer_objection(
                objection=objection, upheld=True, reason="林知远反映属实。", by=None
            )

    def test_once_answered_it_stays_answered(self, notice):
        objection = self.file(notice)
        for upheld in (False, True):
            if upheld:
                with pytest.raises(BadInput):
                    objections.answer_objection(
                        objection=objection, upheld=True, reason="x", by=None
                    )
            else:
                objections.answer_objection(objection=objection, upheld=False, reason="x", by=None)

    def test_after_the_last_day_none_is_taken(self, notice):
        with (
            time_machine.travel(timezone.now() + LATER, tick=False),
            pytest.raises(BadInput),
        ):
            self.file(notice)


class TestDecision:
    def test_awards_have_numbers_records_and_letters(self, call, office):
        awards = decided(call, "second", "first", "second", by=office)
        assert [a.number for a in awards] == [f"测试奖〔2026〕第00{n}号" for n in (1, 2, 3)]
        assert [a.level for a in awards] == ["first", "second", "second"]
        states = [one.state for one in there(call)]
        assert states == ["awarded", "awarded", "awarded", "not_awarded"]
        record = awards[0].postings.get().record
        assert record.organisation == call.organisation
        assert record.settled == record.revision
        assert record.evidence.get().name.endswith(".xlsx")
        assert draft_of(record).amounts == {"money": "10000"}
        assert draft_of(record).attributes == {"grade": "first", "number": awards[0].number}

    def test_the_list_must_have_been_public(self):
        call = waiting_call(stage="decide")
        propose(call, "first")
        with pytest.raises(BadInput):
            deciding.decide_call(call=call, by=None)

    def test_nobody_proposed_turns_all_down(self):
        call = waiting_call(2, stage="decide")
        assert deciding.decide_call(call=call, by=None) == []
        assert {one.state for one in there(call)} == {"not_awarded"}

    def test_another_call_of_the_programme_numbers_on(self, call):
        decided(call, "first")
        other = waiting_call(1, organisation=call.organisation, edition=call.edition)
        assert decided(other, "first")[0].number == "测试奖〔2026〕第002号"

    def test_an_accreditation_holds_for_years(self):
        edition = award(kind="accreditation", years=3, levels=[], records=[])
        call = waiting_call(1, edition=edition)
        found = decided(call, "")[0]
        assert found.holds_until is not None
        assert found.holds_until.year == found.decided_on.year + 3
        assert found.level == ""

    def test_what_the_ledger_refuses_undoes_the_decision(self, call):
        Submission.objects.filter(call=call).update(title=" ")
        with pytest.raises(BadInput):
            decided(call, "first")
        assert not Award.objects.exists()

    def test_revoking_reverses_the_records(self, call):
        found = decided(call, "first", "second")[0]
        deciding.revoke_award(award=found, reason="查实抄袭", by=None)
        assert Reversal.objects.filter(record__call_posting__award=found).count() == 1
        found.submission.refresh_from_db()
        assert found.submission.state == "not_awarded"
        with pytest.raises(BadInput):
            deciding.revoke_award(award=found, reason="再次", by=None)

    def test_the_applying_organisation_where_the_record_says_so(self):
        record = {"type": "prize_given", "of": "applying", "fields": {"grade": "first"}}
        call = waiting_call(1, edition=award(records=[record]))
        found = decided(call, "first")[0]
        assert found.postings.get().record.organisation == found.submission.organisation


def test_a_call_of_another_office_is_not_shown(client, call):
    client.force_login(account(organisation(), "other"))
    assert client.get(f"/calls/{call.pk}/deciding/").status_code == 404
