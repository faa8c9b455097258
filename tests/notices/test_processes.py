"""Senders as real processes: side by side, and killed between sending and marking."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from sheke.notices.models import Hook, Message

from .gateway import SECRET

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sender(tmp_path: Path, gateway) -> Callable[[str], subprocess.Popen[str]]:
    """`sender("go")` starts one on this database; SQLite's, which lies in memory, as a copy."""
    held: list[str] = []

    def start(mode: str) -> subprocess.Popen[str]:
        name = held[0] if held else database(tmp_path)
        held.append(name)
        arguments = [sys.executable, "-m", "tests.notices.sender", name, gateway.url, mode]
        return subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True, env=dict(os.environ))

    return start


def database(folder: Path) -> str:
    if connection.vendor != "sqlite":
        return str(connection.settings_dict["NAME"])
    path = folder / "copy.sqlite3"
    with sqlite3.connect(path) as copy:
        connection.connection.backup(copy)
    return str(path)


def ended(path: Path) -> tuple[bool, bool]:
    """Whether the one message was sent, given up."""
    if connection.vendor != "sqlite":
        one = Message.objects.get()
        return bool(one.sent_at), bool(one.given_up_at)
    with sqlite3.connect(path / "copy.sqlite3") as copy:
        row = copy.execute("SELECT sent_at, given_up_at FROM notices_message").fetchone()
    return bool(row[0]), bool(row[1])


def message(channel: str, **fields: object) -> None:
    Message.objects.create(
        channel=channel, subject="s", text="t", due_at=timezone.now(), **fields
    )  # fmt: skip


def test_many_senders_send_each_message_once(gateway, sender):
    for number in range(12):
        message("sms", address=f"+86138001380{number:02}")
    running = [sender("go") for _one in range(3)]
    sent = [int(one.communicate(timeout=60)[0]) for one in running]
    assert sum(sent) == 12
    assert len(gateway.asked) == 12


@pytest.mark.parametrize(("channel", "again"), [("webhook", True), ("sms", False)])
def test_a_sender_is_killed_between_sending_and_marking(
    gateway, sender, city, tmp_path, channel, again
):
    """At least once where the other side drops a repetition; else at most once, and it is said."""
    if channel == "webhook":
        hook = Hook.objects.create(
            organisation=city, channel=channel, name="群", address=f"{gateway.url}/hook",
            secret=SECRET,
        )  # fmt: skip
        message(channel, hook=hook)
    else:
        message(channel, address="+8613800138000")
    dying = sender("die")
    assert dying.stdout is not None
    assert dying.stdout.readline() == "sent\n"
    dying.kill()
    dying.communicate()

    said, _errors = sender("go").communicate(timeout=60)
    assert int(said) == int(again)
    assert len(gateway.asked) == (2 if again else 1)
    assert len(gateway.taken) == 1
    assert ended(tmp_path) == (again, not again)
