"""The submissions of a call with all that belongs to them, a part at a time."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Prefetch

from ..models import (
    Agreement,
    Assignment,
    Award,
    Ballot,
    Call,
    Certificate,
    Member,
    PanelItem,
    Project,
    Step,
    Submission,
    Upload,
    Version,
)  # fmt: skip
from .projects import with_people

PART = 50  # submissions that are in memory at once; a form has a hundred kilobytes at most


def parts(call: Call) -> Iterator[list[Submission]]:
    """What was sent in, by number; drafts are their authors' alone. A constant number of queries a part."""
    numbers = list(
        call.submissions.filter(sent__isnull=False).order_by("number", "pk").values_list("pk", flat=True)
    )  # fmt: skip
    found = Submission.objects.select_related(
        "organisation", "topic", "made_by__person", "seat__taken_by__person", "edition__definition",
        "blind", "proposed__by__person",
    ).prefetch_related(*_related()).order_by("number", "pk")  # fmt: skip
    for start in range(0, len(numbers), PART):
        yield list(found.filter(pk__in=numbers[start : start + PART]))


def _related() -> list[Prefetch]:
    return [
        Prefetch("versions", Version.objects.select_related("edition__definition", "sent_by__person")),
        Prefetch("members", Member.objects.select_related("organisation", "person")),
        Prefetch("members__agreement", Agreement.objects.select_related("by__person")),
        Prefetch("uploads", Upload.objects.select_related("stored", "added_by__person")),
        Prefetch("steps", Step.objects.select_related("by__person").order_by("pk")),
        Prefetch(
            "assignments",
            Assignment.objects.select_related("reviewer__person", "reviewer__organisation", "review"),
        ),
        Prefetch("panel_items", PanelItem.objects.select_related("panel")),
        # Results are counts; votes, and who has voted, are read nowhere here.
        Prefetch("panel_items__ballots", Ballot.objects.filter(closed_at__isnull=False).order_by("round")),
        Prefetch("award", Award.objects.select_related("by__person", "revoked_by__person")),
        Prefetch(
            "award__certificates",
            Certificate.objects.select_related("stored", "issued_by__person").order_by("pk"),
        ),
        Prefetch("award__project", with_people(Project.objects.all())),
    ]  # fmt: skip
