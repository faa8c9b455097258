"""Deadlines as an iCalendar file (RFC 5545)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from sheke.directory.queries import acting_organisations

from .deadlines import Deadline, deadlines, deadlines_of
from .gathering import address
from .models import Feed

BACK, AHEAD = timedelta(days=90), timedelta(days=400)
REFRESH = timedelta(hours=6)


def feed_of(token: str) -> Feed | None:
    """The live feed of the token, or None: ended, its account switched off, or acting no more."""
    feeds = Feed.objects.select_related("account__notice_preference", "organisation")
    feed = feeds.filter(digest=digest_of(token), ended_at=None, account__is_active=True).first()
    if feed and feed.organisation_id:
        mine = acting_organisations(feed.account)
        return feed if mine.filter(pk=feed.organisation_id).exists() else None
    return feed


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def deadlines_in(feed: Feed) -> list[Deadline]:
    """What the feed shows today."""
    today = timezone.localdate()
    first, last = today - BACK, today + AHEAD
    if feed.organisation:
        return deadlines_of(feed.organisation, first, last)
    return deadlines(feed.account, first, last)


def version_of(found: Iterable[Deadline]) -> str:
    """A weak ETag: the same while the deadlines are, whatever the hour that is printed with them."""
    parts = "\0".join(repr((d.uid, d.day.isoformat(), d.title, d.url, d.done)) for d in found)
    return f'W/"{hashlib.sha256(parts.encode()).hexdigest()[:32]}"'


def calendar(name: str, found: Iterable[Deadline], now: datetime) -> bytes:
    """The file: one all-day event for each deadline, with a lasting UID."""
    made = Calendar()
    made.add("prodid", "-//Sheke//Deadlines//ZH")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("name", name)
    made.add("x-wr-calname", name)
    made.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    for deadline in found:
        made.add_component(_event(deadline, now))
    data: bytes = made.to_ical()
    return data


def _event(deadline: Deadline, now: datetime) -> Event:
    event = Event()
    title = _("Done: %(title)s") % {"title": deadline.title} if deadline.done else deadline.title
    event.add("uid", f"{deadline.uid}@sheke")
    event.add("dtstamp", now)
    event.add("dtstart", deadline.day)
    event.add("dtend", deadline.day + timedelta(days=1))
    event.add("summary", title)
    event.add("transp", "TRANSPARENT")  # a deadline takes nobody's time
    if link := address(deadline.url):
        event.add("url", link)
    return event
