"""Verbs of the agenda: add, change, order, drop; papers."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from sheke.core import audit
from sheke.core.errors import BadInput
from sheke.directory.models import Account
from sheke.ledger.models import StoredFile
from sheke.plans.models import Item

from ..minutes import check_open
from ..models import AgendaItem, Meeting, Paper


@transaction.atomic
def add_agenda_item(
    *, meeting: Meeting, title: str, by: Account | None, presenter: str = "",
    item: Item | None = None, link: str = "",
) -> AgendaItem:  # fmt: skip
    """A new point at the end."""
    check_open(meeting)
    made = AgendaItem.objects.create(
        meeting=meeting, position=meeting.agenda.count() + 1, title=_title(title),
        presenter=presenter.strip()[:100], item=item, link=_link(link),
    )  # fmt: skip
    audit.record("meeting.add_agenda_item", meeting, by=by, agenda=made.pk)
    return made


@transaction.atomic
def change_agenda_item(
    *, agenda: AgendaItem, title: str, by: Account | None, presenter: str = "",
    item: Item | None = None, link: str = "",
) -> None:  # fmt: skip
    check_open(agenda.meeting)
    agenda.title, agenda.presenter = _title(title), presenter.strip()[:100]
    agenda.item, agenda.link = item, _link(link)
    agenda.save(update_fields=["title", "presenter", "item", "link"])
    audit.record("meeting.change_agenda_item", agenda.meeting, by=by, agenda=agenda.pk)


@transaction.atomic
def place_agenda_item(
    *, agenda: AgendaItem, by: Account | None, before: AgendaItem | None = None
) -> None:
    """Put the point in front of another one, or at the end."""
    check_open(agenda.meeting)
    Meeting.objects.select_for_update().get(pk=agenda.meeting_id)
    order = [one for one in agenda.meeting.agenda.all() if one.pk != agenda.pk]
    at = next((n for n, one in enumerate(order) if before and one.pk == before.pk), len(order))
    order.insert(at, agenda)
    for position, one in enumerate(order, 1):
        one.position = position
    AgendaItem.objects.bulk_update(order, ["position"])
    audit.record("meeting.place_agenda_item", agenda.meeting, by=by, agenda=agenda.pk, at=at + 1)


@transaction.atomic
def drop_agenda_item(*, agenda: AgendaItem, by: Account | None) -> None:
    """Take a point off. BadInput when something was written or decided under it."""
    check_open(agenda.meeting)
    if agenda.minutes.strip() or agenda.decisions.exists():
        raise BadInput(_("Minutes or decisions stand under this point; it stays."))
    audit.record("meeting.drop_agenda_item", agenda.meeting, by=by, title=agenda.title)
    meeting = agenda.meeting
    agenda.delete()
    left = list(meeting.agenda.all())
    for position, one in enumerate(left, 1):
        one.position = position
    AgendaItem.objects.bulk_update(left, ["position"])


@transaction.atomic
def attach_paper(*, agenda: AgendaItem, stored: StoredFile, name: str, by: Account | None) -> Paper:
    """Lay a kept file before the meeting; the same one only once for a point."""
    held = agenda.papers.filter(stored=stored, withdrawn_at=None).first()
    if held is not None:
        return held
    paper = Paper.objects.create(
        agenda=agenda, stored=stored, name=Path(name).name[-200:] or stored.sha256, added_by=by
    )
    audit.record(
        "meeting.attach_paper", agenda.meeting, by=by, name=paper.name, sha256=stored.sha256
    )
    return paper


@transaction.atomic
def withdraw_paper(*, paper: Paper, by: Account | None) -> None:
    """Take a paper back; the file is kept."""
    if paper.withdrawn_at:
        return
    paper.withdrawn_at = timezone.now()
    paper.save(update_fields=["withdrawn_at"])
    audit.record("meeting.withdraw_paper", paper.agenda.meeting, by=by, name=paper.name)


def _title(title: str) -> str:
    title = " ".join(title.split())
    if not title:
        raise BadInput(_("Give the point a title."))
    return title[:300]


def _link(link: str) -> str:
    link = link.strip()
    # Browsers read “/\host” and “//host” as another site.
    ours = url_has_allowed_host_and_scheme(link, allowed_hosts=None)
    if link and not (link.startswith("/") and ours):
        raise BadInput(_("Give the path of a page here, such as /reports/3/."))
    return link[:200]
