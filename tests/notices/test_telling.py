"""Notices are written with the act; what goes out is decided there and then."""

from __future__ import annotations

from datetime import datetime

import pytest
import time_machine
from django.core import mail
from django.db import transaction
from django.utils import timezone, translation

from sheke.core.errors import BadInput
from sheke.notices.actions import post_message, tell
from sheke.notices.models import Choice, Delivery, Message, Notice, Preference
from sheke.notices.tasks import forget_messages, send_due

pytestmark = pytest.mark.django_db


def local(text: str) -> datetime:
    return timezone.make_aware(datetime.fromisoformat(text))


def test_the_one_who_acts_is_not_told(reader, writer):
    tell(kind="test.plain", to=[reader, writer], by=writer, what="a")
    assert [notice.account for notice in Notice.objects.all()] == [reader]


def test_the_same_words_are_told_once(reader):
    for _time in range(2):
        tell(kind="test.plain", to=[reader], by=None, once="due-1", what="a")
    tell(kind="test.plain", to=[reader], by=None, once="due-2", what="b")
    assert Notice.objects.count() == 2


def test_an_act_that_fails_tells_nobody(reachable, reader):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        tell(kind="test.plain", to=[reader], by=None, what="a")
        1 / 0  # noqa: B018
    assert not Notice.objects.exists()
    assert not Delivery.objects.exists()


def test_a_kind_that_nobody_registered_is_a_fault(reader):
    with pytest.raises(KeyError):
        tell(kind="test.unknown", to=[reader], by=None)


def test_words_are_printed_in_the_readers_language(reader):
    tell(kind="notices.mention", to=[reader], by=None, who="严书", subject="讲座", text="请看")
    notice = Notice.objects.get()
    with translation.override("zh-hans"):
        assert "提到" in notice.text
    with translation.override("en"):
        assert notice.text == "严书 mentions you at “讲座”: 请看"


def test_a_notice_whose_kind_or_data_are_gone_still_prints(reader):
    gone = Notice(account=reader, kind="test.gone")
    assert "test.gone" in gone.text
    assert Notice(account=reader, kind="test.plain").text == "Plain: —"


def test_nothing_is_written_for_channels_that_are_not_set_up(settings, reader):
    settings.MAIL_READY, settings.SMS_URL = False, ""
    tell(kind="test.urgent", to=[reader], by=None, what="a")
    assert not Delivery.objects.exists()


def test_who_has_no_address_is_told_in_the_app_alone(reachable, reader):
    reader.person.email = ""
    reader.person.save()
    tell(kind="test.plain", to=[reader], by=None, what="a")
    assert Notice.objects.count() == 1
    assert not Delivery.objects.exists()


def test_choices_decide_the_channels(reachable, reader):
    Choice.objects.create(account=reader, kind="test.plain", channel="mail", pace="off")
    Choice.objects.create(account=reader, kind="test.plain", channel="sms", pace="once")
    tell(kind="test.plain", to=[reader], by=None, what="a")
    assert [delivery.channel for delivery in Delivery.objects.all()] == ["sms"]


@time_machine.travel("2026-03-04 10:00+08:00", tick=False)
def test_telling_costs_the_same_for_one_and_for_many(reachable, city, django_assert_num_queries):
    from .conftest import person

    many = [person(city, "staff", f"同事{n}", email=f"n{n}@example.org") for n in range(4)]
    for readers in (many[:1], many):
        with django_assert_num_queries(7):  # a savepoint's two among them
            tell(kind="test.plain", to=readers, by=None, what="a")


def test_a_mail_at_once(reachable, reader):
    with time_machine.travel("2026-03-04 10:00+08:00", tick=False):
        tell(kind="test.plain", to=[reader], by=None, what="科普周方案", url="/plans/7/")
        assert send_due().sent == 1
        assert send_due().sent == 0
    (letter,) = mail.outbox
    assert letter.to == ["fang@example.org"]
    assert letter.subject == "Plain: 科普周方案"
    assert letter.body == "Plain: 科普周方案\nhttps://sheke.example/plans/7/"
    assert str(Message.objects.get().key) in letter.extra_headers["Message-ID"]


def test_a_digest_is_one_mail_for_several_notices(reachable, reader):
    Preference.objects.create(account=reader, language="zh-hans")
    Choice.objects.create(account=reader, kind="test.plain", channel="mail", pace="daily")
    with time_machine.travel("2026-03-04 10:00+08:00", tick=False) as clock:
        for what in ("甲", "乙"):
            tell(kind="test.plain", to=[reader], by=None, what=what)
        clock.move_to(local("2026-03-04 18:00"))
        tell(kind="test.plain", to=[reader], by=None, what="丙")
        assert send_due().sent == 0
        clock.move_to(local("2026-03-05 08:00"))
        assert send_due().sent == 1
    (letter,) = mail.outbox
    assert letter.subject == "社科：3 条通知"
    assert [letter.body.count(what) for what in ("甲", "乙", "丙")] == [1, 1, 1]


def test_a_weekly_digest_waits_for_its_day(reachable, reader):
    Preference.objects.create(account=reader, digest_on=4)
    Choice.objects.create(account=reader, kind="test.plain", channel="mail", pace="weekly")
    with time_machine.travel("2026-03-04 10:00+08:00", tick=False):  # a Wednesday
        tell(kind="test.plain", to=[reader], by=None, what="a")
    assert Delivery.objects.get().due_at == local("2026-03-06 08:00")


def test_what_is_urgent_does_not_wait_for_the_digest_but_for_the_end_of_quiet(reachable, reader):
    Choice.objects.create(account=reader, kind="test.urgent", channel="mail", pace="weekly")
    with time_machine.travel("2026-03-04 22:30+08:00", tick=False) as clock:
        tell(kind="test.urgent", to=[reader], by=None, what="夜里")
        assert send_due().sent == 0
        clock.move_to(local("2026-03-05 07:00"))
        assert send_due().sent == 1


def test_what_was_read_by_then_is_left_out(reachable, reader):
    Choice.objects.create(account=reader, kind="test.plain", channel="mail", pace="daily")
    with time_machine.travel("2026-03-04 10:00+08:00", tick=False) as clock:
        tell(kind="test.plain", to=[reader], by=None, what="甲")
        tell(kind="test.plain", to=[reader], by=None, what="乙")
        Notice.objects.filter(data__what="甲").update(read_at=timezone.now())
        clock.move_to(local("2026-03-05 08:00"))
        send_due()
        Notice.objects.update(read_at=timezone.now())
        tell(kind="test.plain", to=[reader], by=None, what="丙")
        Notice.objects.update(read_at=timezone.now())
        clock.move_to(local("2026-03-06 08:00"))
        assert send_due().sent == 0
    (letter,) = mail.outbox
    assert letter.subject == "Plain: 乙"
    assert Delivery.objects.count() == 1


def test_a_message_to_an_address_goes_once_and_its_words_are_forgotten(reachable):
    letter = {"channel": "mail", "address": "new@example.org", "subject": "s", "text": "a link"}
    for _time in range(2):
        post_message(**letter, once="invitation-7", by=None)
    assert send_due().sent == 1
    assert mail.outbox[0].body == "a link"
    assert Message.objects.get().text == ""
    for _time in range(2):
        post_message(**letter, once="", by=None)
    assert Message.objects.count() == 3


def test_a_message_needs_a_channel_that_is_set_up_and_an_address(reachable):
    reachable.MAIL_READY = False
    with pytest.raises(BadInput):
        post_message(channel="mail", address="a@b.cn", subject="s", text="t", once="", by=None)
    with pytest.raises(BadInput, match="12345"):
        post_message(channel="sms", address="12345", subject="s", text="t", once="", by=None)


def test_messages_are_forgotten_after_their_time(reachable, reader):
    with time_machine.travel("2026-03-04 10:00+08:00", tick=False) as clock:
        tell(kind="test.plain", to=[reader], by=None, what="a")
        send_due()
        clock.move_to(local("2026-06-30 10:00"))
        forget_messages.func()
    assert not Message.objects.exists()
    assert Notice.objects.count() == 1


def test_the_demonstration_sends_nothing(reachable, reader):
    reachable.DEMO = True
    tell(kind="test.urgent", to=[reader], by=None, what="a")
    assert not Delivery.objects.exists()
    Message.objects.create(channel="wecom", subject="s", text="t", due_at=timezone.now())
    assert send_due().sent == 0
    assert Message.objects.get().tries == 0
