"""`sheke call assign|check|scores` on the database."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.management import call_command

from sheke.calls.actions.conflicts import declare_conflict
from sheke.calls.models import Assignment
from sheke.core.errors import BadInput

from .test_assigning import send
from .worlds import world

pytestmark = pytest.mark.django_db


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    call_command("call", *arguments, "--json")
    return dict(json.loads(capsys.readouterr().out))


def test_proposing_binds_nobody_and_repeats_by_its_seed(capsys) -> None:  # type: ignore[no-untyped-def]
    made = world()
    first = printed(capsys, "assign", made.call.key, "--seed", "5")
    again = printed(capsys, "assign", made.call.key, "--seed", "5")
    assert first["pairs"] == again["pairs"] and first["deployed"] is False
    assert first["verdict"]["holds"] and not Assignment.objects.exists()


def test_deploying_checking_scoring(capsys) -> None:  # type: ignore[no-untyped-def]
    made = world()
    made.released()
    assert printed(capsys, "assign", made.call.key, "--deploy")["deployed"] is True
    checked = printed(capsys, "check", made.call.key)
    assert checked["holds"] and checked["pairs"] == 8 and checked["missing"] == 0
    with pytest.raises(BadInput):
        call_command("call", "scores", made.call.key, "--json")
    for one in Assignment.objects.all():
        send(made, one)
    made.end()
    found = printed(capsys, "scores", made.call.key)
    assert {one["raw"] for one in found["submissions"]} == {77.0}


def test_a_broken_rule_ends_with_one(capsys) -> None:  # type: ignore[no-untyped-def]
    made = world()
    one = made.deployed()[0]
    declare_conflict(
        reviewer=one.reviewer, submission=one.submission, kind="other", note="", by=None
    )
    with pytest.raises(SystemExit) as end:
        call_command("call", "check", made.call.key, "--json")
    assert end.value.code == 1
    assert json.loads(capsys.readouterr().out)["violations"]
