"""The tables of an archive: who reviewed what, objections, awards, the log of decisions."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sheke.core.tables import Sheet, save_xlsx, write_csv

from ..models import Assignment, Call, Conflict, Objection, Step
from .package import Package
from .plain import named

BATCH = 1000  # rows read at once


def sheet(title: str, columns: list[str], rows: Iterator[list[Any]], **widths: float) -> Sheet:
    """A sheet whose rows are read while it is written. widths: by the number of the column, `c2=40`."""
    by_name = {columns[int(key[1:]) - 1]: width for key, width in widths.items()}
    return Sheet(title, columns, rows, by_name)


def add_sheet(package: Package, path: str, *sheets: Sheet) -> str:
    """Write a workbook by way of a file of its own: the rows are never in memory together."""
    with tempfile.TemporaryFile() as file:
        save_xlsx(file, *sheets)
        file.seek(0)
        return package.add_file(path, file)[0]


def reviewing(call: Call, over: Collection[str]) -> list[Sheet]:
    """Reviewers, who reviewed what, conflicts of interest."""
    criteria = call.programme.rubric.criteria if call.programme.rubric else ()
    heads = [
        _("Submission"), _("Title"), _("Stage"), _("Reviewer"), pgettext("assignment", "Ended"), _("Sent"),
        *(str(each.name) for each in criteria), _("Total"), _("Comment"), _("For the office only"),
    ]  # fmt: skip
    return [
        sheet(_("Reviews"), heads, _reviews(call, [c.key for c in criteria], over), c2=40.0),
        sheet(_("Reviewers"), [_("Name"), _("Employer"), _("Disciplines"), _("Invited"), _("Answered"),
              pgettext("reviewer", "Accepted"), _("Reason")], _reviewers(call), c2=28.0),
        conflicts(call),
    ]  # fmt: skip


def conflicts(call: Call) -> Sheet:
    """Who must not review what, and why."""
    heads = [_("Reviewer"), _("Submission"), _("Kind"), _("Source"), _("Note"), _("Found on"),
             pgettext("conflict", "Lifted")]  # fmt: skip
    return sheet(_("Conflicts"), heads, _conflicts(call))


def objections(call: Call) -> Sheet:
    """In confidence: who objected to what, and the answer."""
    heads = [_("Number"), _("Submission"), _("Name"), _("Contact"), _("Objection"), _("Received"),
             pgettext("objection", "Upheld"), _("Answer"), pgettext("objection", "Answered"), pgettext("objection", "By")]  # fmt: skip
    return sheet(_("Objections"), heads, _objections(call), c5=60.0, c8=60.0)


def log(call: Call) -> tuple[list[str], QuerySet[Step]]:
    """Headings and lines of the log of decisions, the first first."""
    heads = [
        pgettext("log", "When"),
        _("Who"),
        pgettext("log", "What"),
        _("Stage"),
        _("Submission"),
        _("Title"),
        _("Reason"),
        pgettext("log", "More"),
    ]
    return heads, call.steps.select_related("by__person", "submission").defer(
        "submission__values"
    ).order_by("pk")  # fmt: skip


def add_log(package: Package, call: Call, name: str) -> int:
    """The log as csv and as xlsx, read once; how many lines it has."""
    heads, found = log(call)
    count = 0
    with tempfile.TemporaryFile() as file:
        file.write(write_csv(heads, []))

        def copied() -> Iterator[list[Any]]:
            nonlocal count
            for row in steps(found):
                file.write(write_csv(None, [row]))
                count += 1
                yield row

        add_sheet(package, f"{name}.xlsx", sheet(_("Log"), heads, copied(), c6=40.0, c7=40.0))
        file.seek(0)
        package.add_file(f"{name}.csv", file)
    return count


def steps(found: QuerySet[Step]) -> Iterator[list[Any]]:
    """Lines of the log in words."""
    acts = dict(Step.Act.choices)
    for step in found.iterator(chunk_size=BATCH):
        of = step.submission
        more = "；".join(f"{key}: {value}" for key, value in step.data.items()) if step.data else ""
        yield [
            at(step.at), named(step.by), str(acts.get(step.act, step.act)), step.stage,
            of.number if of else None, of.title if of else "", step.reason, more,
        ]  # fmt: skip


def _reviews(call: Call, criteria: list[str], over: Collection[str]) -> Iterator[list[Any]]:
    found = Assignment.objects.filter(call=call).select_related(
        "submission", "reviewer__person", "review"
    )
    found = found.defer("submission__values").order_by("submission__number", "pk")
    for one in found.iterator(chunk_size=BATCH):
        review = getattr(one, "review", None)
        told = review if review and review.sent_at and one.stage in over else None
        said = (
            [at(told.sent_at), *(told.scores.get(key) for key in criteria), told.total, told.comment, told.private]
            if told else [""] * (len(criteria) + 4)
        )  # fmt: skip
        yield [one.submission.number, one.submission.title, one.stage, named(one.reviewer.person),
               one.reason or one.end, *said]  # fmt: skip


def _reviewers(call: Call) -> Iterator[list[Any]]:
    disciplines = call.programme.used_as("discipline")
    names = {c.key: str(c.name) for c in disciplines.choices} if disciplines else {}
    for one in (
        call.reviewers.select_related("person", "organisation")
        .order_by("pk")
        .iterator(chunk_size=BATCH)
    ):
        accepted = (
            {True: _("yes"), False: _("no")}.get(one.accepted, "")
            if one.accepted is not None
            else ""
        )
        yield [
            named(one.person), one.organisation.name if one.organisation else "",
            "、".join(names.get(key, key) for key in one.disciplines), at(one.invited_at),
            at(one.answered_at), accepted, one.reason,
        ]  # fmt: skip


def _conflicts(call: Call) -> Iterator[list[Any]]:
    found = Conflict.objects.filter(call=call).select_related("reviewer__person", "submission")
    for one in found.defer("submission__values").order_by("pk").iterator(chunk_size=BATCH):
        yield [
            named(one.reviewer.person), one.submission.number, str(one.get_kind_display()),
            str(one.get_source_display()), one.note, at(one.at), at(one.lifted_at),
        ]  # fmt: skip


def _objections(call: Call) -> Iterator[list[Any]]:
    found = Objection.objects.filter(notice__call=call).select_related(
        "submission", "answer__by__person"
    )
    for number, one in enumerate(found.defer("submission__values").order_by("pk"), start=1):
        answer = getattr(one, "answer", None)
        said = (
            [
                _("yes") if answer.upheld else _("no"),
                answer.reason,
                at(answer.at),
                named(answer.by),
            ]
            if answer
            else [""] * 4
        )
        yield [number, str(one.submission) if one.submission else "", one.name, one.contact, one.text,
               at(one.received_at), *said]  # fmt: skip


def at(moment: Any) -> str:
    """To the minute, as it is read here; "" for never."""
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment else ""
