"""A version of a submission as a Word file: the form as it was sent, its people, its receipt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.definitions.programmes import Field, Programme

from ..models import Submission, Version
from ..values import Topics, shown
from .sheets import Sheet

SHORT = 40  # characters: what is longer stands below its name


def form_of(
    submission: Submission, version: Version, programme: Programme, *, topics: Topics,
    files: Mapping[int, str],
) -> bytes:  # fmt: skip
    """The Word file's bytes. files: {number of an upload: its name}."""
    sheet = Sheet()
    sheet.title(submission.title or _("Submission"))
    sheet.fact(_("Number"), str(submission.number or "—"))
    sheet.fact(str(programme.applicant), submission.lead_name)
    if submission.organisation is not None:
        sheet.fact(_("Organisation"), submission.organisation.name)
    for section in programme.sections:
        sheet.heading(str(section.name))
        for field in section.fields:
            _field(sheet, field, version.values.get(field.key), topics, files)
    _people(sheet, version, programme)
    _receipt(sheet, version)
    return sheet.content()


def _field(
    sheet: Sheet, field: Field, value: Any, topics: Topics, files: Mapping[int, str]
) -> None:
    name = str(field.name)
    if field.kind == "table" and value:
        sheet.label(name)
        lines = shown(field, value, topics=topics).split("\n")
        heads = [str(column.name) for column in field.columns]
        sheet.table(
            heads, [line.split(" | ") for line in lines] if len(heads) > 1 else [[x] for x in lines]
        )
        return
    text = shown(field, value, topics=topics, files=files)
    if len(text) <= SHORT and "\n" not in text:
        sheet.fact(name, text or "—")
    else:
        sheet.label(name)
        sheet.lines(text)


def _people(sheet: Sheet, version: Version, programme: Programme) -> None:
    if not version.people:
        return
    sheet.heading(_("People"))
    rows = []
    for person in version.people:
        role = programme.people.role(person.get("role", ""))
        agreed = {True: _("agreed"), False: _("declined")}.get(person.get("agreed"), "")
        rows.append([
            str(role.name) if role else str(programme.applicant), person.get("name", ""),
            person.get("employer", ""), person.get("title", ""), person.get("task", ""), agreed,
        ])  # fmt: skip
    heads = [_("Role"), _("Name"), _("Employer"), _("Title of office"), _("Task"), _("Consent")]
    sheet.table(heads, rows)
    for person in version.people:
        if text := person.get("text"):
            sheet.label(person.get("name", ""))
            sheet.lines(text)


def _receipt(sheet: Sheet, version: Version) -> None:
    sheet.heading(_("Receipt"))
    sheet.fact(_("Version"), str(version.number))
    sheet.fact(_("Sent"), f"{timezone.localtime(version.sent_at):%Y-%m-%d %H:%M:%S}")
    sheet.fact("SHA-256", version.digest)
