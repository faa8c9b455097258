"""Verbs of the office: open, announce, change, stages, quotas, checks, moving to an edition."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from sheke.calls.actions import calls as actions
from sheke.calls.actions import checks, phases, quotas
from sheke.calls.actions.migrating import migrate_call
from sheke.calls.migrating import effect_of
from sheke.calls.models import Call, Seat, Step, Submission
from sheke.calls.tables import topics_in_text
from sheke.core.errors import BadInput
from sheke.definitions.canonical import digest
from sheke.definitions.models import Edition
from sheke.notices.models import Notice
from tests.factories import account, organisation

from . import factories

pytestmark = pytest.mark.django_db


def opened(**fields) -> Call:
    edition = fields.pop("edition", None) or factories.programme()
    now = timezone.now()
    fields = {
        "organisation": organisation(kind="federation"), "title": "", "year": 2026,
        "opens_at": now, "closes_at": now + timedelta(days=30), "by": None,
    } | fields  # fmt: skip
    return actions.open_call(edition=edition, **fields)


def acts(call: Call) -> list[str]:
    return list(call.steps.values_list("act", flat=True))


def newer(edition: Edition, data: dict) -> Edition:
    return Edition.objects.create(
        definition=edition.definition, number=edition.number + 1, data=data, digest=digest(data)
    )


def test_a_call_pins_its_edition_and_has_a_phase_for_every_stage():
    edition = factories.programme()
    call = opened(edition=edition, topics=topics_in_text("A-1 县域治理\nA-2 文旅融合"))
    assert call.edition == edition and call.announced_at is None
    assert [p.stage for p in call.phases.all()] == [s.key for s in edition.programme.stages]
    assert [str(t) for t in call.topics.all()] == ["A-1 县域治理", "A-2 文旅融合"]
    assert acts(call) == []


def test_two_calls_of_one_programme_have_keys_of_their_own():
    edition = factories.programme()
    assert opened(edition=edition).key != opened(edition=edition).key


def test_a_call_that_closes_before_it_opens_is_refused():
    now = timezone.now()
    with pytest.raises(BadInput):
        opened(opens_at=now, closes_at=now)


def test_announcing_begins_the_collection_and_tells_the_organisations():
    city = organisation(kind="federation")
    secretary = account(organisation(city))
    call = actions.announce_call(call=opened(organisation=city), by=None)
    assert acts(call) == ["announced", "begun"]
    assert call.phases.get(stage="collect").is_running
    assert Notice.objects.get(account=secretary).kind == "calls.announced"


def test_after_the_announcement_a_change_needs_a_reason_and_stands_in_the_log():
    call = opened()
    actions.change_call(call=call, changes={"title": "改名"}, by=None)  # nobody knows it yet
    call = actions.announce_call(call=call, by=None)
    later = call.closes_at + timedelta(days=5)
    with pytest.raises(BadInput):
        actions.change_call(call=call, changes={"closes_at": later}, by=None)
    writer = account()
    factories.submission(call, by=writer, sent=False)
    actions.change_call(call=call, changes={"closes_at": later}, reason="应各单位要求", by=None)
    step = call.steps.get(act=Step.Act.CHANGED)
    assert step.reason == "应各单位要求" and set(step.data["after"]) == {"closes_at"}
    assert Notice.objects.get(account=writer).kind == "calls.dates_changed"


def test_a_chosen_topic_stays_in_the_guide():
    call = factories.call(topics=("甲", "乙"))
    factories.submission(call, topic=call.topics.get(title="甲"))
    with pytest.raises(BadInput):
        actions.set_topics(call=call, topics=topics_in_text("2 乙"), reason="精简", by=None)
    actions.set_topics(call=call, topics=topics_in_text("1 甲\n3 丙"), reason="精简", by=None)
    assert [t.title for t in call.topics.all()] == ["甲", "丙"]


def test_a_call_is_called_off_with_a_reason():
    call = factories.call()
    with pytest.raises(BadInput):
        actions.close_call(call=call, by=None)
    actions.close_call(call=call, reason="经费未落实", by=None)
    assert call.steps.get(act=Step.Act.CLOSED).data == {"called_off": True}
    with pytest.raises(BadInput):
        phases.end_phase(phase=call.phases.get(stage="collect"), by=None)


def test_stages_begin_in_their_order():
    call = factories.call()
    with pytest.raises(BadInput, match=r"推荐|Recommendation"):
        phases.begin_phase(phase=call.phases.get(stage="check"), by=None)
    phases.begin_phase(phase=call.phases.get(stage="recommend"), by=None)
    with pytest.raises(BadInput):
        phases.begin_phase(phase=call.phases.get(stage="recommend"), by=None)


def test_the_check_ends_when_everything_is_settled():
    call = factories.call(ended=("collect", "recommend"), begun=("check",))
    good, bad, back = (factories.submission(call) for _n in range(3))
    phase = call.phases.get(stage="check")
    checks.pass_submissions(call=call, submissions=[good], by=None)
    with pytest.raises(BadInput, match="2"):
        phases.end_phase(phase=phase, by=None)
    checks.refuse_submissions(call=call, submissions=[bad], reason="缺推荐意见", by=None)
    checks.return_submission(submission=back, reason="请补签字页", by=None)
    with pytest.raises(BadInput, match="1"):
        phases.end_phase(phase=phase, by=None)
    factories.send(back)
    checks.pass_submissions(call=call, submissions=[back], by=None)
    phases.end_phase(phase=phase, by=None)
    assert call.steps.filter(act=Step.Act.ENDED).count() == 1
    phases.reopen_phase(phase=phase, reason="补报一项", by=None)
    assert call.phases.get(stage="check").is_running


def test_passing_moves_on_and_leaves_out_what_does_not_stand_there():
    call = factories.call(begun=("recommend", "check"))
    here, elsewhere = factories.submission(call), factories.submission(call, stage="recommend")
    done = checks.pass_submissions(call=call, submissions=[here, elsewhere], by=None)
    assert done == [here] and done[0].stage == "copycheck"
    assert not checks.pass_submissions(call=call, submissions=[here], by=None)


def test_a_submission_of_another_call_is_not_judged_here():
    call, other = factories.call(begun=("recommend", "check")), factories.call(factories.programme(key="other"), begun=("recommend", "check"))  # fmt: skip
    assert not checks.pass_submissions(
        call=call, submissions=[factories.submission(other)], by=None
    )


def test_a_return_says_what_by_when_and_tells_the_applicant():
    call = factories.call(begun=("recommend", "check"))
    writer = account()
    submission = factories.submission(call, by=writer)
    day = timezone.localdate() + timedelta(days=3)
    with pytest.raises(BadInput):
        checks.return_submission(submission=submission, reason="", by=None)
    with pytest.raises(BadInput):
        checks.return_submission(submission=submission, reason="改", by=None,
                                 due_on=day - timedelta(days=30))  # fmt: skip
    step = checks.return_submission(
        submission=submission, reason="", fields={"title": "过长", "nothing": "x", "people": "缺"},
        due_on=day, by=None,
    )  # fmt: skip
    assert step.data["fields"] == {"title": "过长", "people": "缺"}
    assert step.data["due"] == day.isoformat()
    assert Submission.objects.get(pk=submission.pk).state == Submission.State.BACK
    assert Notice.objects.get(account=writer).kind == "calls.returned"


def test_the_programmes_letter_is_sent_where_it_has_one():
    letter = {"subject": {"zh": "退回：{title}"}, "body": {"zh": "{person}：{reason}"}}
    call = factories.call(
        factories.programme(letters={"refused": letter}), begun=("recommend", "check")
    )
    writer = account()
    submission = factories.submission(call, by=writer)
    checks.refuse_submissions(call=call, submissions=[submission], reason="超龄", by=None)
    notice = Notice.objects.get(account=writer)
    assert notice.kind == "calls.letter"
    assert notice.data["body"] == f"{submission.lead_name}：超龄"


def test_a_refused_submission_is_taken_in_again_where_it_stood():
    call = factories.call(begun=("recommend", "check"))
    submission = factories.submission(call)
    checks.refuse_submissions(call=call, submissions=[submission], reason="误", by=None)
    with pytest.raises(BadInput):
        checks.refuse_submissions(call=call, submissions=[submission], reason="", by=None)
    checks.restore_submission(submission=submission, reason="查实无误", by=None)
    again = Submission.objects.get(pk=submission.pk)
    assert (again.state, again.stage) == (Submission.State.IN, "check")
    with pytest.raises(BadInput):
        checks.restore_submission(submission=submission, reason="再来", by=None)


def test_the_copy_check_is_passed_by_hand_with_a_reason():
    call = factories.call(ended=("collect", "recommend", "check"), begun=("copycheck",))
    factories.submission(call, stage="copycheck")
    phase = call.phases.get(stage="copycheck")
    with pytest.raises(BadInput):
        phases.skip_copycheck(phase=phase, reason=" ", by=None)
    assert phases.skip_copycheck(phase=phase, reason="线下查重", by=None) == 1
    assert call.steps.get(act=Step.Act.PASSED).data["by_hand"] is True
    assert Submission.objects.get().stage == "review"


def test_quotas_are_places_and_cannot_fall_below_what_is_taken():
    call = factories.call()
    unit = organisation(call.organisation)
    assert quotas.set_quotas(call=call, places={unit: 3}, reason="核定", by=None) == 1
    assert quotas.set_quotas(call=call, places={unit: 3}, by=None) == 0
    Seat.objects.filter(call=call, rank=1).update(
        submission=factories.submission(call, unit, stage="recommend")
    )
    quotas.set_quotas(call=call, places={unit: 1}, reason="压缩", by=None)
    assert call.seats.count() == 1
    with pytest.raises(BadInput):
        quotas.set_quotas(call=call, places={unit: 0}, reason="压缩", by=None)


def test_a_new_edition_touches_no_open_call_until_it_is_moved():
    edition = factories.programme()
    call = factories.call(edition)
    whole = factories.submission(call)
    data = factories.grant()
    data["sections"][0]["fields"].append({"key": "budget_note", "name": {"zh": "经费说明"}})
    data["sections"][1]["fields"] = data["sections"][1]["fields"][:2]
    data["stages"].insert(3, {"key": "second", "name": {"zh": "复核"}, "kind": "check"})
    newest = newer(edition, data)
    assert Call.objects.get(pk=call.pk).edition == edition
    effect = effect_of(call, newest)
    assert [f.key for f in effect.fields_added] == ["budget_note"]
    assert [f.key for f in effect.fields_removed] == ["groundwork", "proposal"]
    assert [s.key for s in effect.stages_added] == ["second"]
    assert [each.submission for each in effect.incomplete] == [whole]
    assert "经费说明" in effect.incomplete[0].faults[0]
    migrate_call(call=call, edition=newest, reason="上级要求说明经费", by=None)
    call = Call.objects.get(pk=call.pk)
    assert call.edition == newest
    assert [p.stage for p in call.phases.all()] == [s.key for s in newest.programme.stages]
    again = Submission.objects.get()
    assert again.edition == newest and again.sent.edition == edition
    assert call.steps.get(act=Step.Act.MIGRATED).data["incomplete"] == [whole.number]


def test_a_stage_that_began_keeps_the_call_from_moving():
    edition = factories.programme()
    call = factories.call(edition, begun=("recommend",))
    data = factories.grant()
    del data["stages"][1]
    newest = newer(edition, data)
    assert effect_of(call, newest).blocks
    with pytest.raises(BadInput):
        migrate_call(call=call, edition=newest, reason="简化", by=None)


def test_reminders_are_told_once():
    city = organisation(kind="federation")
    head = account(city, "staff")
    writer = account()
    call = factories.call(organisation=city, closes_at=timezone.now() + timedelta(days=1))
    factories.submission(call, by=writer, sent=False)
    today = timezone.localdate()
    phase = call.phases.get(stage="collect")
    phase.due_on = today + timedelta(days=1)
    phase.save()
    for _twice in range(2):
        phases.remind_of_phases(today=today, by=None)
    assert [n.kind for n in Notice.objects.filter(account=head)] == ["calls.stage_due"]
    assert [n.kind for n in Notice.objects.filter(account=writer)] == ["calls.closing"]
