"""sheke meeting list|show|minutes"""

from __future__ import annotations

import json

import docx
import pytest
from django.core.management import call_command

from sheke.core.errors import BadInput
from sheke.meetings import actions


@pytest.fixture
def held(meeting):
    point = actions.add_agenda_item(meeting=meeting, title="审议章程", by=None)
    actions.write_minutes(agenda=point, text="逐条审议。", revision=0, by=None)
    actions.decide(meeting=meeting, agenda=point, text="通过章程。", by=None)
    return meeting


def printed(capsys, *words: object):
    call_command("meeting", *words, "--json")
    return json.loads(capsys.readouterr().out)


def test_meetings_are_listed_and_shown(held, capsys):
    (row,) = printed(capsys, "list", "--year", "2025", "--text", "章程")
    assert (row["meeting"], row["starts_at"]) == (held.pk, "2025-03-03T09:00+08:00")
    assert printed(capsys, "list", "--year", "2024") == []
    shown = printed(capsys, "show", held.pk)
    assert shown["followed"] == [{"number": 1, "text": "通过章程。", "done": False, "duties": []}]
    assert printed(capsys, "minutes", held.pk)["agenda"][0]["minutes"] == "逐条审议。"


def test_minutes_become_a_word_document(held, tmp_path):
    path = tmp_path / "纪要.docx"
    call_command("meeting", "minutes", held.pk, "-o", str(path))
    assert any("通过章程" in p.text for p in docx.Document(str(path)).paragraphs)
    with pytest.raises(BadInput):
        call_command("meeting", "minutes", held.pk, "-o", str(tmp_path / "纪要.pdf"))


def test_a_meeting_that_is_not_there_is_named(db):
    with pytest.raises(BadInput, match="99"):
        call_command("meeting", "show", 99)
