"""The office's lists of a call as sheets, each under its name: one way for all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sheke.core.tables import Sheet

from .archiving import tables
from .models import Assignment, Call, Packet, PanelItem
from .panels.minutes import option_name

BATCH = 1000  # rows read at once


def log(call: Call) -> Sheet:
    heads, found = tables.log(call)
    return Sheet(_("Log"), heads, tables.steps(found), {_("Title"): 40, _("Reason"): 40})


def pairs(call: Call) -> Sheet:
    """Who reviews what, of the assignments in force."""
    heads = [_("Stage"), _("Submission"), _("Title"), _("Reviewer"), _("Employer"), _("Sent")]
    return Sheet(_("Assignment"), heads, _pairs(call), {_("Title"): 40, _("Employer"): 28})


def progress(call: Call) -> Sheet:
    """How far each reviewer is, by stage; no scores."""
    heads = [
        _("Stage"),
        _("Reviewer"),
        _("Employer"),
        _("Assigned"),
        pgettext("reviews", "Sent in"),
    ]
    return Sheet(_("Progress"), heads, _progress(call), {_("Employer"): 28})


def packets(call: Call) -> Sheet:
    """The packets for reviewers, by their numbers."""
    heads = [
        _("Submission"),
        _("Title"),
        pgettext("packet", "Blind number"),
        _("To decide"),
        _("Written"),
        _("Released"),
    ]
    return Sheet(_("Packets"), heads, _packets(call), {_("Title"): 40})


def agenda(call: Call) -> Sheet:
    """What panels voted on, with the counts of each ballot that was closed."""
    heads = [_("Panel"), _("Submission"), _("Title"), _("Round"), _("Present"), _("Votes"),
             pgettext("ballot", "Carried")]  # fmt: skip
    return Sheet(_("Panels"), heads, _agenda(call), {_("Panel"): 28, _("Title"): 40})


SHEETS: Mapping[str, Callable[[Call], Sheet]] = {
    "log": log, "pairs": pairs, "progress": progress, "packets": packets, "panels": agenda,
    "conflicts": tables.conflicts, "objections": tables.objections,
}  # fmt: skip


def _pairs(call: Call) -> Iterator[list[Any]]:
    found = Assignment.objects.in_force().filter(call=call).select_related(
        "submission", "reviewer__person", "reviewer__organisation", "review"
    )  # fmt: skip
    found = found.defer("submission__values").order_by("stage", "submission__number", "pk")
    names = _stages(call)
    for one in found.iterator(chunk_size=BATCH):
        review, unit = getattr(one, "review", None), one.reviewer.organisation
        yield [names.get(one.stage, one.stage), one.submission.number, one.submission.title, str(one.reviewer),
               unit.name if unit else "", tables.at(review.sent_at) if review else ""]  # fmt: skip


def _progress(call: Call) -> Iterator[list[Any]]:
    here = (
        Assignment.objects.in_force()
        .filter(call=call)
        .order_by("stage", "reviewer__person__name", "reviewer")
    )
    rows = here.values_list(
        "stage", "reviewer", "reviewer__person__name", "reviewer__organisation__name"
    )
    names = _stages(call)
    sent = Count("pk", filter=Q(review__sent_at__isnull=False))
    for stage, _reviewer, name, unit, count, done in rows.annotate(all=Count("pk"), done=sent):
        yield [names.get(stage, stage), name, unit or "", count, done]


def _packets(call: Call) -> Iterator[list[Any]]:
    found = Packet.objects.filter(submission__call=call).order_by("submission__number")
    rows = found.values_list("submission__number", "submission__title", "submission__packet", "open", "made_at",
                             "released_at")  # fmt: skip
    for number, title, blind, waiting, made, released in rows.iterator(chunk_size=BATCH):
        yield [number, title, blind, waiting, tables.at(made), tables.at(released)]


def _agenda(call: Call) -> Iterator[list[Any]]:
    found = PanelItem.objects.filter(panel__call=call).select_related("panel", "submission")
    found = found.defer("submission__values").prefetch_related("ballots")
    for item in found.order_by("panel__held_at", "panel", "position", "pk"):
        head = [item.panel.title, item.submission.number, item.submission.title]
        closed = [b for b in item.ballots.all() if b.closed_at and "votes" in (b.result or {})]
        for ballot in sorted(closed, key=lambda each: each.round):
            result = ballot.result or {}
            votes = "，".join(
                f"{option_name(o, call)} {result['votes'].get(o['key'], 0)}" for o in ballot.options
            )
            carried = _("yes") if result.get("carried") else _("no")
            yield [*head, ballot.round, result.get("present"), votes, carried]
        if not closed:
            yield [*head, None, None, "", ""]


def _stages(call: Call) -> dict[str, str]:
    return {stage.key: str(stage.name) for stage in call.programme.stages}
