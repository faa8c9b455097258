"""Minutes: whether they are open, what they say, what a correction changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from sheke.core.errors import BadInput

from .models import Approval, Attendance, Correction, Meeting


def open_correction(meeting: Meeting) -> Correction | None:
    return meeting.corrections.filter(approval=None).first()


def is_approved(meeting: Meeting) -> bool:
    """Approved and not opened again."""
    return meeting.approvals.exists() and open_correction(meeting) is None


def check_open(meeting: Meeting) -> None:
    """BadInput while the minutes stand as approved."""
    if is_approved(meeting):
        raise BadInput(
            _("The minutes are approved. Open them for a correction and say why, then change them.")
        )


def content_of(meeting: Meeting) -> dict[str, Any]:
    """What is approved: {title, starts_at, place, attendance, agenda: [{title, minutes, decisions}],
    decisions} as JSON.
    """
    agenda = meeting.agenda.prefetch_related("decisions")
    return {
        "title": meeting.title,
        "starts_at": meeting.starts_at.isoformat(),
        "place": meeting.place,
        "attendance": [
            {"name": one.name, "part": one.part, "presence": one.presence}
            for one in meeting.attendances.all()
        ],
        "agenda": [
            {
                "title": one.title, "presenter": one.presenter, "minutes": one.minutes,
                "decisions": [{"number": d.number, "text": d.text} for d in one.decisions.all()],
            }
            for one in agenda
        ],
        "decisions": [
            {"number": d.number, "text": d.text} for d in meeting.decisions.filter(agenda=None)
        ],
    }  # fmt: skip


@dataclass(frozen=True)
class Change:
    """One place of the minutes that a version has otherwise than the one before."""

    place: str
    before: str
    after: str


def changes(before: Approval, after: Approval) -> list[Change]:
    """What the later version says otherwise, place by place."""
    old, new = _places(before.content), _places(after.content)
    return [
        Change(place, old.get(place, ""), new.get(place, ""))
        for place in [*new, *(place for place in old if place not in new)]
        if old.get(place, "") != new.get(place, "")
    ]


def _places(content: dict[str, Any]) -> dict[str, str]:
    """Each line of the minutes under the words that name its place."""
    found = {str(_("Title")): content["title"], str(_("Place")): content["place"]}
    labels = dict(Attendance.Presence.choices)
    for one in content["attendance"]:
        found[one["name"]] = str(labels.get(one["presence"], one["presence"]))
    for item in content["agenda"]:
        found[item["title"]] = item["minutes"]
    for item in [*content["agenda"], content]:
        for decision in item["decisions"]:
            found[_("Decision %(n)s") % {"n": decision["number"]}] = decision["text"]
    return found
