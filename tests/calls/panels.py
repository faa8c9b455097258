"""What tests of panels make: a call at its panel, submissions with released packets, a sitting."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from sheke.calls.actions import panel_agenda
from sheke.calls.actions import panels as actions
from sheke.calls.models import (
    Call,
    Packet,
    PacketFile,
    Panel,
    PanelItem,
    PanelMember,
    Submission,
    Upload,
)
from sheke.directory.models import Account, Organisation, Person
from sheke.ledger.evidence.actions import store_file
from tests.factories import account, organisation

from . import factories

BEFORE = ("collect", "recommend", "check", "copycheck", "review")


@dataclass
class Sitting:
    """A sitting: `members[n]` has the account `accounts[n]`; the first one chairs."""

    city: Organisation
    staff: Account
    call: Call
    panel: Panel
    accounts: list[Account] = field(default_factory=list)
    members: list[PanelMember] = field(default_factory=list)
    items: list[PanelItem] = field(default_factory=list)


def sitting(
    members: int = 3, items: int = 1, *, present: bool = True, invited: bool = True, **stage: Any
) -> Sitting:
    """A panel in a call whose review is over; `stage` changes the stage of the panel."""
    city = organisation(kind="federation", code="city", name="云川市社科联")
    stages = [s | stage if s["kind"] == "panel" else s for s in factories.GRANT["stages"]]
    call = factories.call(
        factories.programme(stages=stages), city, title="课题立项", ended=BEFORE, begun=("panel",)
    )
    staff = account(city, "staff")
    panel = actions.make_panel(
        phase=call.phases.get(stage="panel"), title="评审会", held_at=timezone.now(),
        place="三楼会议室", by=staff,
    )  # fmt: skip
    made = Sitting(city, staff, call, panel)
    for _n in range(members):
        made.accounts.append(account(organisation(), "member"))
    people = [one.person for one in made.accounts]
    made.members = actions.add_members(panel=panel, people=people, by=staff)
    if made.members:
        actions.name_chair(member=made.members[0], by=staff)
    rows = [at_panel(call) for _n in range(items)]
    made.items = panel_agenda.add_items(panel=panel, submissions=rows, by=staff)
    if invited and members:
        actions.invite_panel(panel=panel, by=staff)
    if present:
        PanelMember.objects.filter(panel=panel).update(present_at=timezone.now())
    return made


def at_panel(call: Call, **fields: Any) -> Submission:
    """A submission that stands at the panel, with a released packet and a file in it."""
    of = fields.pop("organisation") if "organisation" in fields else organisation()
    made = factories.submission(call, of, stage="panel", **fields)
    made.packet = 700 + (made.number or 0)
    made.save(update_fields=["packet"])
    shown = {
        key: made.values[key] for key in ("title", "summary", "keywords") if key in made.values
    }
    packet = Packet.objects.create(
        submission=made, version=made.sent, values=shown, released_at=timezone.now()
    )
    stored = store_file(file=io.BytesIO(b"%PDF-1.4 blind"), name="1.pdf")
    upload = Upload.objects.create(
        submission=made, field="proposal", stored=stored, name="张三的论证活页.pdf"
    )
    PacketFile.objects.create(packet=packet, upload=upload, stored=stored, name="论证活页1.pdf")
    return made


def person(name: str) -> Person:
    return Person.objects.create(name=name)


def sitting_in(call: Call, by: Account) -> Panel:
    """A bare sitting in a call that stands at its panel."""
    return actions.make_panel(
        phase=call.phases.get(stage="panel"), title="", held_at=timezone.now(), place="", by=by
    )
