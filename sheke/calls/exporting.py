"""Submissions as a sheet: what stands in lists, then the whole form, then the people."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core.tables import Sheet, save_xlsx

from .applying.writing import guide
from .listing import Wanted, named, numbers_of, submissions_of
from .models import Call, Submission, Upload
from .values import Topics, shown

Tell = Callable[[int, int], None]


AT_ONCE = 300  # more are written in the background
PART = 100  # rows that are in memory at once


def submissions_table(call: Call, wanted: Wanted) -> bytes:
    """The submissions that the list shows, each in a row, with all that was sent."""
    file = io.BytesIO()
    save_submissions(file, call, wanted)
    return file.getvalue()


def save_submissions(
    file: BinaryIO, call: Call, wanted: Wanted, *, tell: Tell | None = None
) -> int:
    """Write the same into an open file; how many rows. Memory does not grow with them."""
    counted = Counted(numbers_of(call, wanted).count(), tell)
    save_xlsx(file, _sheet(call, counted.rows(_rows(call, wanted))))
    return counted.done


@dataclass
class Counted:
    """Counts rows as they pass, and tells every hundred."""

    total: int
    tell: Tell | None
    done: int = 0

    def rows(self, rows: Iterator[list[Any]]) -> Iterator[list[Any]]:
        for row in rows:
            yield row
            self.done += 1
            if self.tell and self.done % 100 == 0:
                self.tell(self.done, self.total)


def _sheet(call: Call, rows: Iterator[list[Any]]) -> Sheet:
    programme = call.programme
    fields = [field for field in programme.fields if field.use != "title"]
    heads = [
        _("Number"), _("Title"), str(programme.applicant), _("Organisation"), _("Stage"),
        _("State"), _("Sent"), _("Version"), _("Places rank"),
    ]  # fmt: skip
    columns = [*heads]
    for field in fields:
        name = str(field.name)
        columns.append(name if name not in columns else f"{name} ({field.key})")
    columns.append(_("People"))
    widths = {_("Title"): 40, _("Organisation"): 28, _("People"): 40}
    return Sheet(call.title, columns, rows, widths)


def as_data(submission: Submission, call: Call) -> dict[str, Any]:
    """One submission for the command line."""
    programme = call.programme
    return {
        "number": submission.number, "title": submission.title, "lead": submission.lead_name,
        "organisation": submission.organisation.code if submission.organisation else None,
        "discipline": named(programme, "discipline", submission.discipline),
        "stage": submission.stage, "state": submission.state,
        "amount": submission.amount,
        "sent": submission.sent.sent_at if submission.sent else None,
    }  # fmt: skip


def _rows(call: Call, wanted: Wanted) -> Iterator[list[Any]]:
    programme, topics = call.programme, guide(call)
    names = {stage.key: str(stage.name) for stage in programme.stages}
    fields = [field for field in programme.fields if field.use != "title"]
    files = dict(
        Upload.objects.filter(submission__call=call).values_list("pk", "name")
        if any(field.kind == "files" for field in fields) else ()
    )  # fmt: skip
    roles = {role.key: str(role.name) for role in programme.people.roles}
    # The order is asked of an index, the long rows are read a part at a time.
    numbers = list(numbers_of(call, wanted).values_list("pk", flat=True))
    whole = submissions_of(call, Wanted()).defer("values", "sent__files", "sent__eligibility")
    whole = whole.select_related("organisation", "sent", "seat")
    for start in range(0, len(numbers), PART):
        part = numbers[start : start + PART]
        by_number = {one.pk: one for one in whole.filter(pk__in=part)}
        yield from (
            _row(by_number[pk], names, fields, topics, files, roles)
            for pk in part if pk in by_number
        )  # fmt: skip


def _row(
    submission: Submission, names: Mapping[str, str], fields: list[Any],
    topics: Topics, files: Mapping[int, str], roles: dict[str, str],
) -> list[Any]:  # fmt: skip
    version = submission.sent
    if version is None:
        raise LookupError(submission.pk)  # only what was sent in is listed
    seat = getattr(submission, "seat", None)
    return [
        submission.number, submission.title, submission.lead_name,
        submission.organisation.name if submission.organisation else "",
        names.get(submission.stage, submission.stage), str(submission.get_state_display()),
        f"{timezone.localtime(version.sent_at):%Y-%m-%d %H:%M}", version.number,
        seat.rank if seat else None,
        *(_cell(field, version.values.get(field.key), topics, files) for field in fields),
        _people(version.people, roles),
    ]  # fmt: skip


def _cell(field: Any, value: Any, topics: Topics, files: Mapping[int, str]) -> Any:
    return shown(field, value, topics=topics, files=files)


def _people(people: list[dict[str, Any]], roles: dict[str, str]) -> str:
    others = [p for p in people if p.get("role") != "lead"]
    return "；".join(
        " ".join(filter(None, [roles.get(p.get("role", ""), ""), p.get("name"), p.get("employer")]))
        for p in others
    )
