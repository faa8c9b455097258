"""A draft of the demonstration: half filled in, its co-author asked, for whoever looks at the applicant's side."""

from __future__ import annotations

from datetime import date, timedelta

from sheke.calls.actions.people import add_member, ask_member
from sheke.calls.actions.submissions import begin_submission, save_draft
from sheke.calls.models import Call
from sheke.directory.models import Account

from .calls import AWARD
from .clock import clock
from .source import read


def make_draft(applicant: Account, today: date) -> None:
    """The applicant began two days ago; the award's call still takes submissions."""
    words = read("applying")
    call = Call.objects.announced().get(edition__definition__key=AWARD, closure=None)
    person = {key: text for key, text in words["people"].items() if key != "role"}
    with clock(today - timedelta(days=2)):
        draft = begin_submission(call=call, by=applicant)
        save_draft(submission=draft, typed=words["values"], was={}, by=applicant)
        role = words["people"]["role"]
        author = add_member(submission=draft, role=role, data=person, by=applicant)
        ask_member(member=author, channel="", site="", by=applicant)
