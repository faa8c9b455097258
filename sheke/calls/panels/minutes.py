"""The minutes of a sitting: the part that the records say, and the whole as a Word file by the
layout of official documents.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sheke.core.documents.official import OfficialDocument
from sheke.core.numerals import chinese_numeral

from ..models import Absence, Ballot, Call, Panel, PanelItem, PanelMember
from .counting import ABSTAIN, NO, YES
from .results import Outcome, outcome_of


def mark_of(text: str) -> str:
    """Short words for a state of the text, to see whether somebody wrote in between."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Line:
    """An item with who left the room and its ballots, in words."""

    item: PanelItem
    absent: list[str]
    ballots: list[str]
    last: Outcome | None

    @property
    def label(self) -> str:
        number = self.item.submission.number
        return f"{number} {self.item.submission}" if number else str(self.item.submission)


@dataclass(frozen=True)
class Record:
    """What the records say of a sitting."""

    panel: Panel
    members: list[PanelMember]
    lines: list[Line]

    @property
    def present(self) -> list[str]:
        return [m.person.name for m in self.members if m.present_at is not None]

    @property
    def missing(self) -> list[str]:
        return [m.person.name for m in self.members if m.present_at is None]

    @property
    def chair(self) -> str:
        return next((m.person.name for m in self.members if m.is_chair), "")

    @property
    def carried(self) -> int:
        return sum(line.last is not None and line.last.is_carried for line in self.lines)

    @property
    def voted(self) -> int:
        return sum(line.last is not None and line.last.quorate for line in self.lines)


def record_of(panel: Panel) -> Record:
    """Attendance, items, absences, results. Four queries."""
    absent: dict[int, list[str]] = defaultdict(list)
    left = Absence.objects.filter(item__panel=panel, lifted_at=None)
    for absence in left.select_related("member__person"):
        absent[absence.item_id].append(absence.member.person.name)
    ballots: dict[int, list[Ballot]] = defaultdict(list)
    closed = Ballot.objects.filter(item__panel=panel, closed_at__isnull=False).order_by("round")
    for ballot in closed:
        ballots[ballot.item_id].append(ballot)
    items = panel.items.select_related("submission__organisation")
    lines = [_line(item, absent[item.pk], ballots[item.pk], panel.call) for item in items]
    return Record(panel, list(panel.members.select_related("person")), lines)


def _line(item: PanelItem, absent: list[str], ballots: list[Ballot], call: Call) -> Line:
    counted = [ballot for ballot in ballots if "annulled" not in (ballot.result or {})]
    words = [ballot_in_words(ballot, call, many=len(ballots) > 1) for ballot in ballots]
    return Line(item, absent, words, outcome_of(counted[-1]) if counted else None)


def option_name(option: dict[str, Any], call: Call) -> str:
    """What an option is called: a level by the programme, the others by the interface."""
    names = {
        YES: pgettext("ballot", "Yes"), NO: pgettext("ballot", "No"),
        ABSTAIN: pgettext("ballot", "Abstain"),
    }  # fmt: skip
    level = call.programme.outcome.level(option["key"])
    return str(level.name) if level else names.get(option["key"], option["name"])


def verdict(outcome: Outcome, call: Call) -> str:
    """What came out, in a word or two."""
    if not outcome.quorate:
        return pgettext("ballot", "no quorum")
    if not outcome.is_carried:
        return pgettext("ballot", "not carried")
    level = call.programme.outcome.level(outcome.level) if outcome.level else None
    carried = pgettext("ballot", "carried")
    return f"{carried}（{level.name}）" if level else carried


def ballot_in_words(ballot: Ballot, call: Call, *, many: bool) -> str:
    """A closed ballot in one sentence."""
    head = _("Round %(n)s: ") % {"n": ballot.round} if many else ""
    result = ballot.result or {}
    if "annulled" in result:
        return head + _("annulled: %(reason)s") % {"reason": result["annulled"]}
    found = outcome_of(ballot)
    votes = "，".join(
        _("%(option)s %(n)s") % {"option": option_name(each, call), "n": found.votes[each["key"]]}
        for each in ballot.options
    )
    numbers = {"members": found.members, "present": found.present, "voters": found.voters}
    there = _("%(members)s members, %(present)s present, %(voters)s voted") % numbers
    return f"{head}{there}；{votes}。{verdict(found, call)}。"


def minutes_word(panel: Panel) -> bytes:
    """The minutes as a Word file (GB/T 9704)."""
    record = record_of(panel)
    document = OfficialDocument()
    document.title(_("Minutes of %(meeting)s") % {"meeting": panel.title})
    _facts(document, record)
    if panel.notes.strip():
        document.heading(_("1. Course of the sitting"))
        document.lines(panel.notes)
    document.heading(_("2. Votes") if panel.notes.strip() else _("Votes"))
    numbers = {"items": len(record.lines), "voted": record.voted, "carried": record.carried}
    document.body(
        _("%(items)s items were on the agenda, %(voted)s were voted on by secret ballot, "
          "%(carried)s were carried.") % numbers
    )  # fmt: skip
    for number, line in enumerate(record.lines, start=1):
        _item(document, number, line)
    _signed(document, panel)
    return document.content()


def _facts(document: OfficialDocument, record: Record) -> None:
    panel = record.panel
    then = timezone.localtime(panel.held_at)
    document.fact(_("Time"), f"{then.year}年{then.month}月{then.day}日{then:%H:%M}")
    document.fact(_("Place"), panel.place or "—")
    document.fact(_("Call"), panel.call.title)
    for label, names in (
        (_("Chair"), [record.chair] if record.chair else []), (_("Present"), record.present),
        (_("Not present"), record.missing),
    ):  # fmt: skip
        if names:
            document.fact(label, "、".join(names))


def _item(document: OfficialDocument, number: int, line: Line) -> None:
    document.body(line.label, head=f"（{chinese_numeral(number)}）")
    if line.absent:
        document.body(_("Left the room: %(names)s.") % {"names": "、".join(line.absent)})
    if line.item.note.strip():
        document.lines(line.item.note)
    for words in line.ballots:
        document.body(words)
    if not line.ballots:
        document.body(_("Not voted on."))


def _signed(document: OfficialDocument, panel: Panel) -> None:
    lines = [panel.call.organisation.name]
    if panel.closed_at:
        day = timezone.localtime(panel.closed_at)
        lines.append(f"{day.year}年{day.month}月{day.day}日")
    document.signature(*lines)
