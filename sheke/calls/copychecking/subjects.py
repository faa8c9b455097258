"""What the library asks of calls' texts: what else they are compared with, and who may see it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.urls import reverse

from sheke.library.passages.subjects import Other, register

from ..models import Delivery, Submission, Version
from ..rules import runs
from .texts import text_of_delivery, text_of_version

VERSION, DELIVERY = "calls.version", "calls.delivery"


class Versions:
    """Versions of submissions: against the other submissions of the call."""

    def others(self, pk: int) -> Iterator[Other]:
        """Whatever else was sent in to the call and not withdrawn, as it was sent last."""
        mine = _version(pk)
        if mine is None:
            return
        there = mine.submission.call.submissions.filter(sent__isnull=False)
        there = there.exclude(pk=mine.submission_id).exclude(state=Submission.State.WITHDRAWN)
        leads = {mine.submission.lead_name} - {""}
        for one in there.select_related("sent").defer("values").order_by("number"):
            if one.sent is None:
                continue
            yield Other(
                key=f"{VERSION}:{one.sent_id}", label=f"{one.number} {one.title}",
                text=text_of_version(one.sent), detail=one.lead_name,
                own=one.lead_name in leads,
            )  # fmt: skip

    def own_files(self, pk: int) -> Sequence[int]:
        return []

    def may_see(self, account: Any, pk: int) -> bool:
        """The office that runs the call."""
        mine = _version(pk)
        return mine is not None and bool(runs(account, mine.submission.call))

    def url(self, pk: int) -> str:
        mine = _version(pk)
        return reverse("calls:submission", args=[mine.submission_id]) if mine else ""


class Deliveries:
    """Reports of projects: against the project's own submission, and reports of the call's others."""

    def others(self, pk: int) -> Iterator[Other]:
        mine = _delivery(pk)
        if mine is None:
            return
        project = mine.milestone.project
        if project.award.submission.sent:
            yield Other(
                key=f"{VERSION}:{project.award.submission.sent_id}",
                label=project.award.submission.title, detail=project.lead_name, own=True,
                text=text_of_version(project.award.submission.sent),
            )  # fmt: skip
        there = Delivery.objects.filter(milestone__project__award__call=project.award.call_id)
        there = there.filter(withdrawn_at=None).exclude(pk=pk).exclude(accepted=False)
        for one in there.select_related("milestone__project").order_by("pk"):
            yield Other(
                key=f"{DELIVERY}:{one.pk}", label=one.milestone.project.title,
                text=text_of_delivery(one), detail=one.milestone.project.lead_name,
                own=one.milestone.project_id == project.pk,
            )  # fmt: skip

    def own_files(self, pk: int) -> Sequence[int]:
        return []

    def may_see(self, account: Any, pk: int) -> bool:
        mine = _delivery(pk)
        return mine is not None and bool(runs(account, mine.milestone.project.award.call))

    def url(self, pk: int) -> str:
        mine = _delivery(pk)
        return reverse("calls:project", args=[mine.milestone.project_id]) if mine else ""


def _version(pk: int) -> Version | None:
    found = Version.objects.select_related(
        "submission__call__organisation", "submission__call__edition__definition"
    )
    return found.filter(pk=pk).first()


def _delivery(pk: int) -> Delivery | None:
    return Delivery.objects.select_related(
        "milestone__project__award__call__organisation", "milestone__project__award__submission__sent"
    ).filter(pk=pk).first()  # fmt: skip


register(VERSION, Versions())
register(DELIVERY, Deliveries())
