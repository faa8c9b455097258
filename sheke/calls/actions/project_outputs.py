"""Verbs: record a work that came out of a project, take it off."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core.errors import BadInput
from sheke.directory.models import Account

from ..models import Output, Project
from ..projects.holding import note_step, running_project
from ..values.texts import clean_line

MOST = 100  # of one project


@transaction.atomic
def add_output(
    *, project: Project, kind: str, title: str, by: Account | None, author: str = "",
    venue: str = "", level: str = "", out_on: date | None = None,
) -> Output:  # fmt: skip
    """Record a work: at the closing it is counted, and posted where the programme says so."""
    project = running_project(project)
    title = clean_line(title)[:300]
    if not title:
        raise BadInput(_("Write the title of the work."))
    if kind not in Output.Kind.values or (level and level not in Output.Level.values):
        raise BadInput(_("There is no such kind or level of work."))
    if out_on is not None and out_on > timezone.localdate():
        raise BadInput(_("A work that is not out yet is recorded when it is."))
    if project.outputs.filter(kind=kind, title=title).exists():
        raise BadInput(_("This work is recorded already."))
    if project.outputs.count() >= MOST:
        raise BadInput(_("A project has at most %(n)s works.") % {"n": MOST})
    output = Output.objects.create(
        project=project, kind=kind, title=title, level=level, out_on=out_on, by=by,
        author=clean_line(author)[:200], venue=clean_line(venue)[:200],
    )  # fmt: skip
    note_step(project, "output", by=by, kind=kind, work=title)
    return output


@transaction.atomic
def remove_output(*, output: Output, by: Account | None) -> None:
    """Take a work off that was recorded by mistake, as long as the project runs."""
    project = running_project(output.project)
    found = project.outputs.get(pk=output.pk)
    note_step(project, "output_gone", by=by, kind=found.kind, work=found.title)
    found.delete()
