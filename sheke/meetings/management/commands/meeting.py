"""sheke meeting list|show|minutes"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_typer.management import TyperCommand, command

from sheke.core.errors import BadInput
from sheke.directory.commands import Json, print_json, print_table
from sheke.directory.queries import organisation_by_code
from sheke.meetings.documents import minutes_word
from sheke.meetings.minutes import content_of, is_approved
from sheke.meetings.models import Meeting
from sheke.meetings.queries import decision_rows, decisions_of, found, listed

Number = Annotated[int, typer.Argument(help="The meeting's number, as “meeting list” prints it.")]


class Command(TyperCommand):
    help = gettext_lazy("Meetings: agenda, minutes, decisions and what came of them.")

    @command("list", help="List meetings, the latest first.")
    def list_(
        self,
        organisation: Annotated[str, typer.Option(help="Code of the organisation.")] = "",
        year: Annotated[int, typer.Option(help="Only of this year.")] = 0,
        text: Annotated[str, typer.Option(help="Words in title, agenda, minutes, decisions.")] = "",
        as_json: Json = False,
    ) -> None:
        meetings = listed(found(Meeting.objects.all(), text))
        if organisation:
            meetings = meetings.filter(organisation=organisation_by_code(organisation))
        if year:
            meetings = meetings.filter(starts_at__year=year)
        rows = [
            {
                "meeting": one.pk, "starts_at": _local(one), "organisation": one.organisation.code,
                "kind": one.kind, "title": one.title, "approved": one.approved,  # type: ignore[attr-defined]
            }
            for one in meetings
        ]  # fmt: skip
        if as_json:
            return print_json(rows)
        print_table(list(rows[0]) if rows else [], [[str(v) for v in r.values()] for r in rows])

    @command(help="Show a meeting with its agenda and decisions.")
    def show(self, meeting: Number, as_json: Json = False) -> None:
        one = _meeting(meeting)
        data: dict[str, Any] = {"meeting": one.pk, "kind": one.kind, "approved": is_approved(one)}
        data |= content_of(one)
        data["followed"] = [
            {
                "number": row.decision.number, "text": row.decision.text, "done": row.done,
                "duties": [
                    {"duty": d.duty.pk, "who": d.duty.who, "state": d.standing.value,
                     "due": d.due.isoformat() if d.due else None}
                    for d in row.duties
                ],
            }
            for row in decision_rows(decisions_of(one), timezone.localdate())
        ]  # fmt: skip
        if as_json:
            return print_json(data)
        self.stdout.write(f"{one.title}  {_local(one)}  {one.place}")
        for number, point in enumerate(data["agenda"], 1):
            self.stdout.write(f"{number}. {point['title']}")
        for decision in data["followed"]:
            done = "✓" if decision["done"] else "·"
            self.stdout.write(f"{done} {decision['number']} {decision['text']}")

    @command(help="Print the minutes, or write them as a Word document.")
    def minutes(
        self,
        meeting: Number,
        output: Annotated[
            Path | None, typer.Option("-o", "--output", help="A .docx file to write.")
        ] = None,
        as_json: Json = False,
    ) -> None:
        one = _meeting(meeting)
        if output is not None:
            if output.suffix.lower() != ".docx":
                raise BadInput(_("%(file)s: give the file the ending .docx") % {"file": output})
            output.write_bytes(minutes_word(one))
        if as_json:
            return print_json(content_of(one) | ({"file": str(output)} if output else {}))
        if output is not None:
            self.stdout.write(str(output))
            return
        for number, point in enumerate(content_of(one)["agenda"], 1):
            self.stdout.write(f"{number}. {point['title']}\n{point['minutes']}")
            for decision in point["decisions"]:
                self.stdout.write(f"[{decision['number']}] {decision['text']}")


def _meeting(number: int) -> Meeting:
    meeting = Meeting.objects.select_related("organisation").filter(pk=number).first()
    if meeting is None:
        raise BadInput(
            _("There is no meeting %(number)s; “meeting list” prints them.") % {"number": number}
        )
    return meeting


def _local(meeting: Meeting) -> str:
    return timezone.localtime(meeting.starts_at).isoformat(timespec="minutes")
