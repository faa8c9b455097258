"""sheke duty list|report|remind"""

from __future__ import annotations

import json

import pytest
from django.core.management import call_command

from sheke.core.errors import BadInput
from sheke.plans.models import Duty
from tests import factories


def printed(capsys, *words: object) -> object:
    call_command("duty", *words)
    return json.loads(capsys.readouterr().out)


def test_duties_are_listed_reported_and_reminded_of(plan, office, capsys):
    clerk = factories.account(office, username="clerk")
    duty = Duty.objects.get()
    (row,) = printed(capsys, "list", "--organisation", "first", "--json")
    assert (row["duty"], row["state"], row["due"]) == (duty.pk, "new", "2025-06-30")
    told = printed(capsys, "remind", "--day", "2025-06-23", "--json")
    assert [one["account"] for one in told] == [clerk.pk]
    assert printed(capsys, "remind", "--day", "2025-06-23", "--json") == []
    words = ("report", duty.pk, "blocked", "--note", "等批复", "--by", "clerk", "--json")
    assert printed(capsys, *words)["state"] == "blocked"
    assert printed(capsys, "list", "--state", "done", "--json") == []


@pytest.mark.parametrize(
    "words", [("report", "999", "done"), ("report", "1", "perhaps"), ("remind", "--day", "soon")]
)
def test_what_is_wrong_is_said(plan, words):
    pk = Duty.objects.get().pk
    with pytest.raises(BadInput):
        call_command("duty", *(str(pk) if word == "1" else word for word in words))
