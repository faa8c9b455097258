"""Keeping works from the command line."""

from __future__ import annotations

import json

import pytest
from django.core.management import call_command

from sheke.core.errors import BadInput
from sheke.library.models import Work

from . import factories


def printed(capsys, *words):
    call_command("library", *map(str, words), "--json")
    return json.loads(capsys.readouterr().out)


def test_works_are_listed_published_and_taken_back(capsys, city, society):
    tea, river = factories.work(society, "茶馆"), factories.work(city, "渡口")
    assert [w["title"] for w in printed(capsys, "works")] == ["渡口", "茶馆"]
    assert [w["id"] for w in printed(capsys, "works", "--text", "茶")] == [tea.pk]
    assert [w["id"] for w in printed(capsys, "works", "--organisation", "HIST")] == [tea.pk]
    assert printed(capsys, "publish", tea.pk, river.pk) == {"published": 2}
    taken = printed(capsys, "withdraw", tea.pk, "--reason", "版权")
    assert taken["address"].startswith("/id/")
    assert [w["state"] for w in printed(capsys, "works")] == ["public", "withdrawn"]
    assert printed(capsys, "works", "--state", "withdrawn")[0]["id"] == tea.pk


@pytest.mark.parametrize(
    "words",
    [("works", "--state", "lost"), ("works", "--organisation", "X"), ("publish", "999"),
     ("withdraw", "999", "--reason", "x")],
)  # fmt: skip
def test_what_is_not_there_is_named(city, words):
    with pytest.raises(BadInput):
        call_command("library", *words)


def test_nothing_is_published_when_one_is_unknown(city):
    work = factories.work(city)
    with pytest.raises(BadInput, match="999"):
        call_command("library", "publish", str(work.pk), "999")
    assert not Work.objects.public().exists()
