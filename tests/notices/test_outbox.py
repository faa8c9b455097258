"""Each message is one sender's at a time and ends once, also when senders die."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from sheke.notices import outbox
from sheke.notices.actions.messages import send_again
from sheke.notices.channels import CHANNELS, NotNow, Unclear
from sheke.notices.models import Message
from sheke.notices.outbox import LEASE, LONGEST_WAIT, TRIES, claim, pause, send_messages

pytestmark = pytest.mark.django_db


def message(channel="mail", **fields):
    address = {"mail": "a@example.org", "sms": "+8613800138000"}.get(channel, "")
    fields = {"subject": "s", "text": "t", "due_at": timezone.now(), "address": address} | fields
    return Message.objects.create(channel=channel, **fields)


def broken(monkeypatch, channel, *errors):
    """The next sends fail so; those after go well. Gives what was tried."""
    tried, left = [], list(errors)

    def send(envelope):
        tried.append(envelope)
        if left:
            raise left.pop(0)
        return "ok"

    monkeypatch.setattr(CHANNELS[channel], "send", send)
    return tried


def test_what_is_claimed_is_nobody_else_s(reachable):
    message()
    now = timezone.now()
    assert claim(now) is not None
    assert claim(now) is None
    assert claim(now + LEASE + timedelta(seconds=1)) is not None


def test_what_is_not_due_waits(reachable):
    message(due_at=timezone.now() + timedelta(minutes=1))
    assert send_messages().sent == 0
    assert mail.outbox == []


def test_retries_come_later_and_later_with_one_key(reachable, monkeypatch):
    tried = broken(monkeypatch, "mail", *[NotNow("busy")] * 3)
    with time_machine.travel("2026-03-04 10:00+08:00", tick=False) as clock:
        made, waits = message(), []
        for _try in range(3):
            assert send_messages().later == 1
            made.refresh_from_db()
            waits.append(made.due_at - timezone.now())
            assert send_messages().later == 0
            clock.move_to(made.due_at)
        assert send_messages().sent == 1
    made.refresh_from_db()
    assert waits == sorted(waits)
    assert made.tries == 4
    assert (made.problem, made.reference) == ("", "ok")
    assert {envelope.key for envelope in tried} == {made.key}


def test_a_wait_asked_for_is_kept(reachable, monkeypatch):
    broken(monkeypatch, "mail", NotNow("slow down", timedelta(hours=3)))
    made = message()
    send_messages()
    made.refresh_from_db()
    assert made.due_at > timezone.now() + timedelta(hours=2, minutes=59)


def test_pauses_grow_to_an_end():
    assert timedelta(minutes=1.6) <= pause(1) <= timedelta(minutes=2.4)
    assert pause(60) <= LONGEST_WAIT * 1.2


def test_after_so_many_tries_it_is_given_up_with_the_reason(reachable, monkeypatch):
    broken(monkeypatch, "mail", NotNow("still busy"))
    made = message(tries=TRIES - 1)
    assert send_messages().given_up == 1
    made.refresh_from_db()
    assert made.given_up_at
    assert "still busy" in made.problem
    assert send_messages() == outbox.Tally()

    send_again(message=made, by=None)
    assert send_messages().sent == 1


def test_an_unclear_end_is_repeated_only_where_repetitions_are_dropped(reachable, monkeypatch):
    for channel, expected in (("mail", (1, 0)), ("sms", (0, 1)), ("dingtalk", (0, 1))):
        broken(monkeypatch, channel, Unclear("no answer"))
        message(channel)
        tally = send_messages()
        assert (tally.later, tally.given_up) == expected, channel


def test_a_fault_of_an_adapter_stops_no_other_message(reachable, monkeypatch):
    broken(monkeypatch, "sms", ValueError("a fault of ours"))
    lame, well = message("sms"), message()
    tally = send_messages()
    assert (tally.sent, tally.given_up) == (1, 1)
    lame.refresh_from_db()
    assert "ValueError" in lame.problem
    assert well.address == mail.outbox[0].to[0]


def test_who_lost_the_lease_writes_nothing(reachable):
    made = message()
    slow = claim(timezone.now())
    with time_machine.travel(timezone.now() + LEASE + timedelta(seconds=5)):
        other = claim(timezone.now())
        outbox._end(slow, given_up_at=timezone.now(), problem="too late")
        outbox._end(other, sent_at=timezone.now())
    made.refresh_from_db()
    assert (made.sent_at is None, made.given_up_at) == (False, None)
