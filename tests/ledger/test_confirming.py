"""Records are confirmed by the office above, or asked about."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from sheke.core.errors import BadInput
from sheke.ledger.actions import reverse_record, revise_record
from sheke.ledger.confirming import actions, queries
from sheke.ledger.models import Confirmation, Record, Reply
from sheke.notices.models import Notice
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    class World:
        city = factories.organisation(kind="federation", code="city")
        a = factories.organisation(city, code="A")
        b = factories.organisation(city, code="B")
        staff = factories.account(city, "staff")
        secretary = factories.account(a)
        lecture = factories.lecture_type()
        record = factories.record(lecture, a, amounts={"attendance": "30"}, by=secretary)

    return World


def waits(world) -> list[int]:
    return list(queries.waiting_for(world.staff).values_list("pk", flat=True))


def test_what_is_posted_waits_until_it_is_confirmed(world) -> None:
    assert waits(world) == [world.record.pk]
    (made,) = actions.confirm_records(records=[world.record], by=world.staff)
    assert waits(world) == [] and made.revision == 1
    assert actions.confirm_records(records=[world.record], by=world.staff) == []


def test_records_of_the_office_itself_wait_for_nobody(world) -> None:
    own = factories.record(world.lecture, world.city)
    assert own.pk not in waits(world)
    assert not queries.waiting(Record.objects.filter(pk=own.pk)).exists()


def test_a_revision_needs_a_new_confirmation(world) -> None:
    actions.confirm_records(records=[world.record], by=world.staff)
    revise_record(record=world.record, reason="更正", by=world.secretary, title="另一个题目")
    assert waits(world) == [world.record.pk]
    assert not queries.confirmed(Record.objects.all()).exists()


def test_a_confirmation_is_taken_back(world) -> None:
    made = actions.confirm_records(records=[world.record], by=world.staff)
    assert actions.withdraw_confirmations(confirmations=made, by=world.staff) == 1
    assert waits(world) == [world.record.pk]
    assert Confirmation.objects.get().withdrawn_by == world.staff
    actions.confirm_records(records=[world.record], by=world.staff)
    assert waits(world) == []


def test_a_question_reaches_the_secretary_and_the_answer_the_asker(world) -> None:
    query = actions.ask_about(record=world.record, text="人数是否有误？", by=world.staff)
    assert waits(world) == []
    assert Notice.objects.get(account=world.secretary).kind == "ledger.question"
    assert list(queries.queries_to_answer(world.secretary)) == [query]
    with pytest.raises(BadInput):
        actions.ask_about(record=world.record, text="再问", by=world.staff)
    actions.answer_query(query=query, text="无误，见签到表", by=world.secretary)
    assert Notice.objects.get(account=world.staff).kind == "ledger.answer"
    assert waits(world) == [world.record.pk]
    with pytest.raises(BadInput):
        actions.answer_query(query=query, text="又答", by=world.secretary)


def test_revising_the_record_answers_the_question(world) -> None:
    query = actions.ask_about(record=world.record, text="题目不全", by=world.staff)
    revise_record(record=world.record, reason="补全题目", by=world.secretary, title="补全的题目")
    query.refresh_from_db()
    assert query.reply.way == Reply.Way.REVISION and waits(world) == [world.record.pk]


def test_reversing_the_record_ends_the_question_and_nothing_waits(world) -> None:
    query = actions.ask_about(record=world.record, text="是否重复？", by=world.staff)
    reverse_record(record=world.record, reason="重复填报", by=world.secretary)
    assert query.__class__.objects.get().reply.way == Reply.Way.REVERSAL
    assert waits(world) == []
    with pytest.raises(BadInput):
        actions.ask_about(record=world.record, text="？", by=world.staff)


def test_a_question_takes_a_confirmation_back_and_withdrawing_it_lets_it_wait(world) -> None:
    actions.confirm_records(records=[world.record], by=world.staff)
    query = actions.ask_about(record=world.record, text="再核一下", by=world.staff)
    actions.withdraw_query(query=query, by=world.staff)
    assert waits(world) == [world.record.pk]


def test_posting_asks_the_database_nothing_more(world, django_assert_num_queries) -> None:
    from sheke.ledger.actions import post_record
    from sheke.ledger.content import Draft

    draft = Draft(
        edition=world.lecture,
        organisation=world.a,
        happened_on=world.record.happened_on,
        title="又一讲",
    )
    factories.record(world.lecture, world.a)  # what is prepared once
    with django_assert_num_queries(5 + 2):  # five statements and the savepoint
        post_record(draft=draft, by=None)


def test_the_page_confirms_many_and_undoes_it(world) -> None:
    factories.record(world.lecture, world.b)
    client = Client()
    client.force_login(world.staff)
    url = reverse("ledger:confirmations")
    assert client.get(url).context["page"].paginator.count == 2
    narrowed = f"{url}?organisation=B"
    client.post(narrowed, {"all": "1"})
    assert waits(world) == [world.record.pk]
    batch = Confirmation.objects.get().batch
    client.post(reverse("ledger:confirmations_withdrawal", args=[batch]))
    assert len(waits(world)) == 2
    client.post(url, {"records": [world.record.pk, "x"]})
    assert len(waits(world)) == 1
    assert world.record.title in client.get(f"{url}?state=confirmed").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_number_of_queries(
    world, count, django_assert_max_num_queries
) -> None:
    for _ in range(count - 1):
        factories.record(world.lecture, world.b)
    client = Client()
    client.force_login(world.staff)
    with django_assert_max_num_queries(17):
        client.get(reverse("ledger:confirmations"))


def test_only_those_above_confirm_and_ask(world) -> None:
    client = Client()
    client.force_login(world.secretary)
    assert client.get(reverse("ledger:confirmations")).status_code == 404
    assert client.post(reverse("ledger:confirmation", args=[world.record.pk])).status_code == 403
    assert client.post(reverse("ledger:ask", args=[world.record.pk])).status_code == 403
    assert waits(world) == [world.record.pk]


def test_the_record_page_says_how_it_stands(world) -> None:
    client = Client()
    client.force_login(world.secretary)
    url = reverse("ledger:record", args=[world.record.pk])
    assert "待确认" in client.get(url).content.decode()
    actions.ask_about(record=world.record, text="请补签到表", by=world.staff)
    page = client.get(url).content.decode()
    assert "请补签到表" in page and 'name="text"' in page
    client.post(
        reverse("ledger:reply", args=[world.record.queries.get().pk]), {"text": "已补，请看佐证"}
    )
    assert "已补，请看佐证" in client.get(url).content.decode()
