"""sheke notice list|send|test|failures"""

from __future__ import annotations

import json

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from sheke.core.errors import BadInput
from sheke.notices.actions import tell
from sheke.notices.models import Message

pytestmark = pytest.mark.django_db


def answer(capsys, *words):
    call_command("notice", *words, "--json")
    return json.loads(capsys.readouterr().out)


def test_listing(reader, capsys):
    tell(kind="test.plain", to=[reader], by=None, url="/ledger/", what="甲")
    (notice,) = answer(capsys, "list", reader.username, "--unread")
    assert (notice["kind"], notice["text"], notice["url"]) == (
        "test.plain",
        "Plain: 甲",
        "/ledger/",
    )
    call_command("notice", "list", reader.username)
    assert "Plain: 甲" in capsys.readouterr().out
    with pytest.raises(BadInput, match="nobody"):
        call_command("notice", "list", "nobody")


def test_a_test_is_written_and_sent(reachable, reader, capsys):
    assert answer(capsys, "test", reader.username)["address"] == "fang@example.org"
    assert answer(capsys, "send") == {"sent": 1, "later": 0, "given_up": 0}
    assert len(mail.outbox) == 1
    call_command("notice", "send")
    assert capsys.readouterr().out == "sent: 0  later: 0  given up: 0\n"


def test_what_was_given_up(reader, capsys):
    now = timezone.now()
    Message.objects.create(
        channel="mail", address="a@example.org", subject="s", text="t", due_at=now,
        given_up_at=now, problem="550",
    )  # fmt: skip
    (failure,) = answer(capsys, "failures")
    assert (failure["to"], failure["problem"]) == ("a@example.org", "550")
    call_command("notice", "failures")
    assert "550" in capsys.readouterr().out
