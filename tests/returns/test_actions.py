"""The way of a return: opened, filled in, sent, sent back, accepted, corrected."""

from __future__ import annotations

import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from sheke.core.errors import BadInput
from sheke.core.tables import write_xlsx
from sheke.definitions.actions import publish_edition
from sheke.directory.models import Organisation
from sheke.ledger.confirming import queries as confirming
from sheke.ledger.models import Record
from sheke.notices.models import Notice
from sheke.returns import actions, queries
from sheke.returns.actions.answers import Conflict, Stopped
from sheke.returns.models import Answer, Asked, Return
from tests import factories

from .conftest import FORM, MAY, fill, opened, sent

pytestmark = pytest.mark.django_db


def state(asked: Asked) -> str:
    return Asked.objects.with_state().get(pk=asked.pk).state


def test_opening_fixes_who_is_asked_and_tells_them(world) -> None:
    late = factories.organisation(world.city, code="D")
    assert {a.organisation.code for a in world.of.asked.all()} == {"A", "B", "C"}
    assert Notice.objects.filter(account=world.secretary, kind="returns.opened").exists()
    with pytest.raises(BadInput):
        actions.add_organisations(of=world.of, organisations=[late], reason=" ", by=world.staff)
    actions.add_organisations(of=world.of, organisations=[late], reason="新成立", by=world.staff)
    actions.add_organisations(of=world.of, organisations=[late], reason="再加", by=world.staff)
    assert world.of.asked.get(organisation=late).reason == "新成立"


def test_nobody_strange_is_asked(world) -> None:
    with pytest.raises(BadInput):
        opened(world, audience={"kinds": ["research_base"]})
    with pytest.raises(BadInput):
        opened(world, organisation=world.a, audience={"codes": ["B"]})
    assert Return.objects.count() == 1


def test_the_edition_stays(world) -> None:
    world.form.definition.kind  # noqa: B018
    factories.definition("group", {"key": "popularisation", "name": {"zh": "普及"}})
    changed = FORM | {"name": {"zh": "改过的月报"}, "key": "month"}
    publish_edition(kind="return_form", key="month", data=changed, by=None)
    assert str(Return.objects.get().form.name) == "学会月报"


def test_a_draft_is_kept_and_two_windows_are_told_apart(world) -> None:
    first = fill(world.asked, world.secretary)
    assert state(world.asked) == "draft" or world.of.is_overdue
    with pytest.raises(Conflict):
        actions.save_draft(asked=world.asked, values={}, remarks={}, revision=0, by=world.secretary)
    assert fill(world.asked, world.secretary, people="31").revision == first.revision + 1


def test_an_error_stops_and_a_warning_wants_a_remark(world) -> None:
    factories.record(world.lecture, world.a)
    with pytest.raises(Stopped) as stopped:
        sent(world.asked, world.secretary, men="11")
    assert {(f.field, f.severity) for f in stopped.value.findings} == {
        ("people", "error"), ("lectures", "warning"),
    }  # fmt: skip
    assert not Answer.objects.exists()
    answer = sent(world.asked, world.secretary, {"lectures": "一场尚未办完"})
    assert answer.counted == {"lectures": "2", "complete": "2"}
    assert answer.values["complete"] == "complete"


def test_what_is_missing_or_no_number_is_named(world) -> None:
    with pytest.raises(Stopped) as stopped:
        sent(world.asked, world.secretary, lectures="很多", people="", complete="")
    assert {f.field for f in stopped.value.findings} == {"lectures", "people", "complete"}


def test_sent_back_with_reasons_and_sent_again_and_accepted(world) -> None:
    sent(world.asked, world.secretary)
    with pytest.raises(BadInput):
        fill(world.asked, world.secretary)
    with pytest.raises(BadInput):
        actions.send_back(asked=world.asked, reason="", by=world.staff)
    actions.send_back(
        asked=world.asked,
        reason="请核对",
        fields={"people": "偏少", "nothing": "x"},
        by=world.staff,
    )
    assert state(world.asked) == "back"
    assert Answer.objects.get().sending_back.fields == {"people": "偏少"}
    assert Notice.objects.filter(account=world.secretary, kind="returns.sent_back").exists()
    sent(world.asked, world.secretary, people="40", men="20")
    (made,) = actions.accept_answers(asked=[world.asked], by=world.staff)
    assert made.answer.number == 2 and state(world.asked) == "accepted"
    assert actions.accept_answers(asked=[world.asked], by=world.staff) == []
    with pytest.raises(BadInput):
        actions.send_back(asked=world.asked, reason="太晚", by=world.staff)


def test_the_reporter_takes_it_back_before_it_is_accepted(world) -> None:
    sent(world.asked, world.secretary)
    actions.withdraw_answer(asked=world.asked, by=world.secretary)
    world.asked.refresh_from_db()
    assert world.asked.first_sent_on is None
    sent(world.asked, world.secretary)
    actions.accept_answers(asked=[world.asked], by=world.staff)
    with pytest.raises(BadInput):
        actions.withdraw_answer(asked=world.asked, by=world.secretary)


def test_acceptance_posts_the_figure_and_a_correction_replaces_it(world) -> None:
    sent(world.asked, world.secretary)
    actions.accept_answers(asked=[world.asked], by=world.staff)
    posted = Record.objects.get(return_posting__isnull=False)
    assert posted.organisation == world.a and posted.amounts == {"attendance": "30"}
    assert posted.happened_on == MAY[1] and posted.evidence.count() == 1
    assert confirming.confirmation_of(posted) is not None
    with pytest.raises(BadInput):
        actions.begin_correction(asked=world.asked, reason="", by=world.secretary)
    actions.begin_correction(asked=world.asked, reason="漏计一场", by=world.secretary)
    assert queries.accepted_figure("month", "people", world.city, *MAY) == Decimal(30)
    sent(world.asked, world.secretary, {"lectures": "台账多计"}, people="50", women="40")
    actions.accept_answers(asked=[world.asked], by=world.staff)
    posted.refresh_from_db()
    assert hasattr(posted, "reversal")
    standing = Record.objects.standing().get(return_posting__isnull=False)
    assert standing.amounts == {"attendance": "50"}
    assert queries.accepted_figure("month", "people", world.city, *MAY) == Decimal(50)
    assert [a.reason for a in world.asked.answers.all()] == ["", "漏计一场"]


def test_an_answer_that_was_sent_is_never_changed(world) -> None:
    answer = sent(world.asked, world.secretary)
    with pytest.raises(TypeError):
        answer.save()
    with pytest.raises(TypeError):
        answer.delete()


def test_last_year_is_compared(world) -> None:
    before = opened(world, span=(date(2024, 5, 1), date(2024, 5, 31)), due_on=date(2024, 6, 10))
    old = before.asked.get(organisation=world.a)
    sent(old, world.secretary, people="100", men="80")
    actions.accept_answers(asked=[old], by=world.staff)
    with pytest.raises(Stopped) as stopped:
        sent(world.asked, world.secretary)
    assert [f.message for f in stopped.value.findings] == ["与上年相差太大"]
    sent(world.asked, world.secretary, {"people": "场地小了"})


def test_nothing_is_taken_after_the_close(world) -> None:
    fill(world.asked, world.secretary)
    actions.close_return(of=world.of, reason="统计完毕", by=world.staff)
    for act in (
        lambda: actions.send_answer(asked=world.asked, by=world.secretary),
        lambda: actions.close_return(of=world.of, reason="", by=world.staff),
        lambda: actions.remind_late(of=world.of, by=world.staff),
    ):
        with pytest.raises(BadInput):
            act()


def test_a_series_opens_every_period_once(world) -> None:
    start = date(2025, 7, 1)
    series = actions.start_series(
        form=world.form, organisation=world.city, audience={"kinds": ["society"]}, since=start,
        due_days=10, by=world.staff,
    )  # fmt: skip
    with pytest.raises(BadInput):
        actions.start_series(
            form=world.form, organisation=world.city, audience={"kinds": ["society"]},
            since=start, due_days=10, by=world.staff,
        )  # fmt: skip
    opened_ = actions.open_due(today=date(2025, 9, 1), by=None)
    assert [of.key for of in opened_] == ["month-2025-07", "month-2025-08"]
    assert opened_[0].due_on == date(2025, 8, 10)
    assert actions.open_due(today=date(2025, 9, 1), by=None) == []
    actions.end_series(series=series, by=world.staff)
    assert actions.open_due(today=date(2026, 1, 1), by=None) == []


def test_reminders_go_out_once_and_only_to_who_has_not_answered(world) -> None:
    today = timezone.localdate()
    of = opened(world, span=(today, today), due_on=today + timedelta(days=3), remind=[-3, 1])
    sent(of.asked.get(organisation=world.b), world.other, {"lectures": "x"}, lectures="0")
    Notice.objects.all().delete()
    assert actions.remind_due(today=today, by=None) == 1
    assert actions.remind_due(today=today, by=None) == 0
    assert Notice.objects.get().account == world.secretary
    assert actions.remind_due(today=today + timedelta(days=4), by=None) == 1
    assert set(Notice.objects.values_list("kind", flat=True)) == {"returns.due", "returns.late"}


def test_a_file_is_held_and_sent_with_the_answer(world) -> None:
    data = io.BytesIO(write_xlsx(["名称"], [["甲"]]))
    upload = actions.hold_upload(
        asked=world.asked, question="proof", file=data, name="表.xlsx", by=world.secretary
    )
    answer = sent(world.asked, world.secretary)
    assert answer.values["proof"] == [upload.pk]
    actions.withdraw_answer(asked=world.asked, by=world.secretary)
    with pytest.raises(BadInput):
        actions.remove_upload(upload=upload, by=world.secretary)


def test_who_is_due_late_and_complete(world) -> None:
    assert [a.organisation.code for a in queries.due_for(world.secretary)] == ["A"]
    sent(world.asked, world.secretary)
    assert not queries.due_for(world.secretary).exists()
    assert [a.organisation.code for a in queries.late(world.staff)] == ["B", "C"]
    assert not queries.late(world.secretary).exists()
    assert [a.pk for a in queries.to_accept(world.staff)] == [world.asked.pk]
    rows = queries.completeness(world.city, date(2025, 1, 1), date(2025, 12, 31))
    assert [(r.organisation.code, r.completeness, r.timeliness) for r in rows] == [
        ("A", 100, 0), ("B", 0, 0), ("C", 0, 0),
    ]  # fmt: skip


def test_an_organisation_that_is_dissolved_is_not_asked(world) -> None:
    Organisation.objects.filter(pk=world.c.pk).update(valid_to=date(2025, 1, 1))
    assert opened(world, span=(date(2025, 6, 1), date(2025, 6, 30))).asked.count() == 2
