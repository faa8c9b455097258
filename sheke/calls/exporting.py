"""Submissions as a sheet: what stands in lists, then the whole form, then the people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core.tables import write_xlsx

from .applying.writing import guide
from .listing import Wanted, named, submissions_of
from .models import Call, Submission, Upload
from .values import Topics, shown


def submissions_table(call: Call, wanted: Wanted) -> bytes:
    """The submissions that the list shows, each in a row, with all that was sent."""
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
    return write_xlsx(
        columns, _rows(call, wanted), title=call.title,
        widths={_("Title"): 40, _("Organisation"): 28, _("People"): 40},
    )  # fmt: skip


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
    found = submissions_of(call, wanted).defer(None).select_related("seat")
    for submission in found.iterator(chunk_size=500):
        version = submission.sent
        if version is None:
            continue
        seat = getattr(submission, "seat", None)
        sent = timezone.localtime(version.sent_at)
        yield [
            submission.number, submission.title, submission.lead_name,
            submission.organisation.name if submission.organisation else "",
            names.get(submission.stage, submission.stage), str(submission.get_state_display()),
            f"{sent:%Y-%m-%d %H:%M}", version.number, seat.rank if seat else None,
            *(_cell(field, version.values.get(field.key), topics, files) for field in fields),
            _people(version.people, roles),
        ]  # fmt: skip


def _cell(field: Any, value: Any, topics: Topics, files: dict[int, str]) -> Any:
    return shown(field, value, topics=topics, files=files)


def _people(people: list[dict[str, Any]], roles: dict[str, str]) -> str:
    others = [p for p in people if p.get("role") != "lead"]
    return "；".join(
        " ".join(filter(None, [roles.get(p.get("role", ""), ""), p.get("name"), p.get("employer")]))
        for p in others
    )
