"""Deadlines in a calendar program."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from sheke.notices import deadlines
from sheke.notices.deadlines import Deadline
from sheke.notices.models import Feed

pytestmark = pytest.mark.django_db
LONG = (
    "报送全市社科普及周活动总结、典型案例、照片资料和经费使用情况；逗号,分号;反斜杠\\与\n换行" * 3
)


@pytest.fixture(autouse=True)
def provided(monkeypatch, settings):
    settings.SITE_URL = "https://sheke.example"
    today = timezone.localdate()
    days = [
        Deadline("duty-1", today + timedelta(days=3), LONG, "/plans/items/1/"),
        Deadline("duty-2", today - timedelta(days=3), "已经办好的事", "", done=True),
    ]
    monkeypatch.setattr(deadlines, "PROVIDERS", [lambda account, first, last: [*days, days[0]]])
    theirs = [Deadline("return-1", today, "单位的报送", "/returns/1/")]
    monkeypatch.setattr(
        deadlines, "ORGANISATION_PROVIDERS", [lambda organisation, first, last: theirs]
    )
    return days


@pytest.fixture
def link(client, reader):
    """`link()` makes one on the page; the path of its file."""

    def make(**data):
        client.force_login(reader)
        answer = client.post(reverse("notices:feeds"), data)
        return answer.context["link"].removeprefix("http://testserver")

    return make


def read(path: str, **headers):
    """As a calendar program does: without a session."""
    return Client().get(path, headers=headers)


def test_the_file_is_valid_and_has_every_deadline_once(link, provided):
    answer = read(link())
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "Cookie" not in answer.get("Vary", "")
    parsed = Calendar.from_ical(answer.content)
    assert (parsed["VERSION"], parsed["PRODID"]) == ("2.0", "-//Sheke//Deadlines//ZH")
    first, second = parsed.walk("VEVENT")
    assert (first["UID"], second["UID"]) == ("duty-2@sheke", "duty-1@sheke")
    assert second["SUMMARY"] == LONG
    assert second["URL"] == "https://sheke.example/plans/items/1/"
    assert second["DTSTART"].dt == provided[0].day
    assert isinstance(second["DTEND"].dt, date)
    assert second["DTSTAMP"].dt.tzinfo is not None
    assert "已办" in first["SUMMARY"]


def test_lines_are_folded_at_75_bytes_and_end_as_they_must(link):
    data = read(link()).content
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert max(map(len, data.split(b"\r\n"))) <= 75
    assert b"\n" not in data.replace(b"\r\n", b"")


def test_what_did_not_change_is_not_sent_again(link, provided, monkeypatch):
    path = link()
    first = read(path)
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        same = read(path, if_none_match=first["ETag"])
        assert (same.status_code, same.content) == (304, b"")
        monkeypatch.setattr(deadlines, "PROVIDERS", [lambda *asked: provided[:1]])
        changed = read(path, if_none_match=first["ETag"])
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]
    assert "Last-Modified" in changed


def test_the_token_is_kept_as_a_digest_alone_and_shown_once(link, client):
    path = link()
    token = path.rsplit("/", 1)[1].removesuffix(".ics")
    assert len(token) >= 43
    assert token not in str(Feed.objects.values())
    assert token not in client.get(reverse("notices:feeds")).content.decode()


def test_an_ended_or_replaced_link_leads_nowhere(link, client):
    first = link()
    second = link()
    assert [read(path).status_code for path in (first, second)] == [404, 200]
    feed = Feed.objects.get(ended_at=None)
    client.post(reverse("notices:feed_ending", args=[feed.pk]))
    assert read(second).status_code == 404
    assert read("/notices/calendar/guessed.ics").status_code == 404


def test_a_switched_off_account_s_link_leads_nowhere(link, reader):
    path = link()
    reader.is_active = False
    reader.save()
    assert read(path).status_code == 404


def test_an_organisation_s_link_holds_while_one_acts_for_it(link, reader, city):
    path = link(organisation=city.pk)
    (event,) = Calendar.from_ical(read(path).content).walk("VEVENT")
    assert event["SUMMARY"] == "单位的报送"
    reader.person.tenures.update(until=timezone.localdate() - timedelta(days=1))
    assert read(path).status_code == 404


def test_nobody_gets_the_calendar_of_another_organisation(client, reader, society):
    client.force_login(reader)
    answer = client.post(reverse("notices:feeds"), {"organisation": society.pk})
    assert answer.status_code == 404
    assert not Feed.objects.exists()
