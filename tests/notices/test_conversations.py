"""Comments about a record: who sees them, who is told, what is kept."""

from __future__ import annotations

import pytest
from django.urls import reverse

from sheke.core.errors import BadInput
from sheke.core.models import AuditEvent
from sheke.notices.actions.conversations import change_comment, withdraw_comment, write_comment
from sheke.notices.conversations import mentioned, people
from sheke.notices.models import Comment, Notice
from tests import factories

from .conftest import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def record(society):
    return factories.record(factories.lecture_type(), society, title="地方史讲座")


@pytest.fixture
def secretary(society):
    return person(society, "secretary", "李诗")


@pytest.fixture
def stranger(city):
    return person(factories.organisation(city, name="别的学会"), "secretary", "外人甲")


def address(record):
    return reverse("notices:conversation", args=["ledger", "record", record.pk])


def test_a_mention_tells_that_person(record, reader, secretary):
    comment = write_comment(subject=record, text="@李诗，请补一张照片。", by=reader)
    notice = Notice.objects.get(account=secretary)
    assert notice.kind == "notices.mention"
    assert notice.url == f"/ledger/{record.pk}/#comment-{comment.pk}"
    assert notice.data["who"] == "方远"
    assert AuditEvent.objects.get(verb="comment.write").subject_id == record.pk


def test_who_may_not_see_it_is_neither_offered_nor_told(record, reader, secretary, stranger):
    assert people(record, "外人", but=reader) == []
    assert people(record, "李", but=reader) == [secretary]
    write_comment(subject=record, text="@外人甲 看看", by=reader)
    assert not Notice.objects.filter(account=stranger).exists()


def test_those_who_wrote_before_are_told_once_each(record, reader, writer, secretary):
    write_comment(subject=record, text="一", by=reader)
    write_comment(subject=record, text="二", by=secretary)
    write_comment(subject=record, text="三，@方远", by=writer)
    kinds = list(
        Notice.objects.filter(account=reader).order_by("id").values_list("kind", flat=True)
    )
    assert kinds == ["notices.reply", "notices.mention"]
    assert Notice.objects.filter(account=secretary).count() == 1


def test_people_of_one_name_are_told_apart_by_the_list(record, reader, city):
    one, two = (person(city, "staff", "王伟") for _number in range(2))
    with pytest.raises(BadInput, match="王伟"):
        write_comment(subject=record, text="@王伟 请看", by=reader)
    assert not Comment.objects.exists()
    assert mentioned("@王伟 请看", record, chosen=[two.pk, 999]) == [two]
    assert one != two


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("@方远请看", True), ("请@方远。", True), ("(@方远)", True), ("@方远远", True),
        ("fang@方远", False), ("方远", False), ("@ 方远", False), ("@方", False), ("@" * 50, False),
    ],
)  # fmt: skip
def test_what_counts_as_a_mention(record, reader, text, found):
    assert mentioned(text, record) == ([reader] if found else [])


def test_the_longest_name_is_meant(record, reader, city):
    longer = person(city, "staff", "方远山")
    assert mentioned("@方远山你好", record) == [longer]
    assert mentioned("@方远你好", record) == [reader]


def test_earlier_words_are_kept(record, reader, secretary):
    comment = write_comment(subject=record, text="原话 @李诗", by=reader)
    change_comment(comment=comment, subject=record, text="新话 @李诗", by=reader)
    assert [version.text for version in comment.versions.all()] == ["原话 @李诗"]
    assert Notice.objects.filter(account=secretary).count() == 1
    withdraw_comment(comment=comment, subject=record, by=reader)
    assert Comment.objects.get().text == "新话 @李诗"
    with pytest.raises(BadInput):
        change_comment(comment=comment, subject=record, text="再改", by=reader)


def test_only_who_wrote_it_changes_it(record, reader, writer, client):
    comment = write_comment(subject=record, text="我的话", by=reader)
    for verb in (change_comment, withdraw_comment):
        more = {"text": "别人的话"} if verb is change_comment else {}
        with pytest.raises(BadInput):
            verb(comment=comment, subject=record, by=writer, **more)
    client.force_login(writer)
    url = reverse("notices:comment_revision", args=[comment.pk])
    assert client.post(url, {"text": "别人的话"}).status_code == 404


def test_the_record_s_page_has_the_conversation(record, reader, client, settings):
    write_comment(subject=record, text="见 https://example.org/a <script>", by=reader)
    client.force_login(reader)
    page = client.get(reverse("ledger:record", args=[record.pk])).content.decode()
    assert 'href="https://example.org/a"' in page
    assert "&lt;script&gt;" in page
    assert address(record) in page


def test_writing_and_withdrawing_in_place(record, reader, client):
    client.force_login(reader)
    htmx = {"HX-Request": "true"}
    assert client.post(address(record), {"text": " "}, headers=htmx).status_code == 422
    answer = client.post(address(record), {"text": "请补照片"}, headers=htmx)
    assert "请补照片" in answer.content.decode()
    comment = Comment.objects.get()
    url = reverse("notices:comment_revision", args=[comment.pk])
    assert "<textarea" in client.get(url, headers=htmx).content.decode()
    client.post(url, {"text": "请补两张照片"}, headers=htmx)
    withdrawal = reverse("notices:comment_withdrawal", args=[comment.pk])
    gone = client.post(withdrawal, headers=htmx).content.decode()
    assert "请补" not in gone
    plain = client.post(address(record), {"text": "没有脚本也行"})
    assert plain["Location"] == f"/ledger/{record.pk}/#conversation"


@pytest.mark.parametrize("count", [1, 3])
def test_a_conversation_asks_the_same_for_one_and_for_three(
    record, reader, client, count, django_assert_num_queries
):
    for number in range(count):
        write_comment(subject=record, text=f"第{number}句", by=reader)
    client.force_login(reader)
    with django_assert_num_queries(8):
        client.get(address(record), headers={"HX-Request": "true"})


def test_a_stranger_learns_nothing(record, stranger, client):
    client.force_login(stranger)
    assert client.get(address(record)).status_code == 404
    assert client.post(address(record), {"text": "x"}).status_code == 404
    assert client.get("/notices/conversations/directory/account/1/").status_code == 404
    assert not Comment.objects.exists()
