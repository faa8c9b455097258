"""A version of a submission as a Word file: the form as it was sent, its people, its receipt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.definitions.programmes import Field, Programme

from ..models import Submission, Version
from ..values import Topics, shown
from .paper import Paper

SHORT = 40  # characters: what is longer stands below its name


def form_of(
    submission: Submission, version: Version, programme: Programme, *, topics: Topics,
    files: Mapping[int, str],
) -> bytes:  # fmt: skip
    """The Word file's bytes. files: {number of an upload: its name}."""
    paper = Paper()
    paper.title(submission.title or _("Submission"))
    paper.fact(_("Number"), str(submission.number or "—"))
    paper.fact(str(programme.applicant), submission.lead_name)
    if submission.organisation is not None:
        paper.fact(_("Organisation"), submission.organisation.name)
    for section in programme.sections:
        paper.heading(str(section.name))
        for field in section.fields:
            _field(paper, field, version.values.get(field.key), topics, files)
    _people(paper, version, programme)
    _receipt(paper, version)
    return paper.content()


def _field(
    paper: Paper, field: Field, value: Any, topics: Topics, files: Mapping[int, str]
) -> None:
    name = str(field.name)
    if field.kind == "table" and value:
        paper.label(name)
        lines = shown(field, value, topics=topics).split("\n")
        heads = [str(column.name) for column in field.columns]
        paper.table(
            heads, [line.split(" | ") for line in lines] if len(heads) > 1 else [[x] for x in lines]
        )
        return
    text = shown(field, value, topics=topics, files=files)
    if len(text) <= SHORT and "\n" not in text:
        paper.fact(name, text or "—")
    else:
        paper.label(name)
        paper.lines(text)


def _people(paper: Paper, version: Version, programme: Programme) -> None:
    if not version.people:
        return
    paper.heading(_("People"))
    rows = []
    for person in version.people:
        role = programme.people.role(person.get("role", ""))
        agreed = {True: _("agreed"), False: _("declined")}.get(person.get("agreed"), "")
        rows.append([
            str(role.name) if role else str(programme.applicant), person.get("name", ""),
            person.get("employer", ""), person.get("title", ""), person.get("task", ""), agreed,
        ])  # fmt: skip
    heads = [_("Role"), _("Name"), _("Employer"), _("Title of office"), _("Task"), _("Consent")]
    paper.table(heads, rows)
    for person in version.people:
        if text := person.get("text"):
            paper.label(person.get("name", ""))
            paper.lines(text)


def _receipt(paper: Paper, version: Version) -> None:
    paper.heading(_("Receipt"))
    paper.fact(_("Version"), str(version.number))
    paper.fact(_("Sent"), f"{timezone.localtime(version.sent_at):%Y-%m-%d %H:%M:%S}")
    paper.fact("SHA-256", version.digest)
