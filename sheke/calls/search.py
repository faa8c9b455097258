"""What is searched of calls: announced calls by everybody, submissions by those who read them.

Reviewing gives nobody a hit: what reviewers see is a packet, and no packet is indexed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sheke.core.search.sources import Document, Row, Source, register, same

from .models import Call, Project, Submission
from .projects.listing import visible_projects
from .queries import visible_calls, visible_submissions


def _calls(numbers: Collection[int]) -> Iterable[Document]:
    found = Call.objects.filter(pk__in=numbers).select_related(
        "organisation", "edition__definition"
    )
    for call in found.prefetch_related("topics"):
        guide = " ".join(str(topic) for topic in call.topics.all())
        words = f"{call.about} {call.organisation.name} {call.programme.name} {guide}"
        yield Document(call.pk, call.title, words)


def _call_row(call: Call) -> Row:
    detail = f"{call.organisation.label} · {call.closes_at:%Y-%m-%d}"
    return Row(call.title, reverse("calls:announcement", args=[call.pk]), detail)


def _submissions(numbers: Collection[int]) -> Iterable[Document]:
    """Drafts too: their authors find them. Seen through no organisation, but by `visible`."""
    found = Submission.objects.filter(pk__in=numbers).select_related("organisation", "call")
    for one in found.prefetch_related("members"):
        people = " ".join(member.name for member in one.members.all())
        unit = one.organisation.name if one.organisation else ""
        yield Document(one.pk, one.title, f"{people} {unit} {one.call.title}")


def _submission_row(submission: Submission) -> Row:
    detail = f"{submission.lead_name} · {submission.call.title}"
    name = "calls:standing" if submission.sent_id is None else "calls:submission"
    return Row(str(submission), reverse(name, args=[submission.pk]), detail)


def _projects(numbers: Collection[int]) -> Iterable[Document]:
    """By title, number, people and works; the title as it was sent too."""
    found = Project.objects.filter(pk__in=numbers).select_related(
        "award__call", "award__submission__organisation"
    )
    for one in found.prefetch_related("outputs"):
        submission = one.award.submission
        unit = submission.organisation.name if submission.organisation else one.employer
        works = " ".join(output.title for output in one.outputs.all())
        people = " ".join([one.lead_name, *one.members])
        words = (
            f"{one.award.number} {submission.title} {people} {unit} {one.award.call.title} {works}"
        )
        yield Document(one.pk, one.title, words)


def _project_row(project: Project) -> Row:
    detail = f"{project.award.number} · {project.lead_name} · {project.award.call.title}"
    return Row(project.title, reverse("calls:project", args=[project.pk]), detail)


def _projects_of(numbers: Collection[int]) -> Iterable[int]:
    return Project.objects.filter(award__submission__in=numbers).values_list("pk", flat=True)


def _of_calls(numbers: Collection[int]) -> Iterable[int]:
    return Submission.objects.filter(call__in=numbers).values_list("pk", flat=True)


register(
    Source(
        kind="call", label=_("Calls"), icon="stamp",
        documents=_calls,
        ids=lambda: Call.objects.order_by("pk").values_list("pk", flat=True),
        visible=lambda account: visible_calls(account).select_related("organisation"),
        row=_call_row,
        follows={"calls.call": same},
    )
)  # fmt: skip
register(
    Source(
        kind="submission", label=pgettext_lazy("search", "Submissions"), icon="files",
        documents=_submissions,
        ids=lambda: Submission.objects.order_by("pk").values_list("pk", flat=True),
        visible=lambda account: visible_submissions(account).select_related("call"),
        row=_submission_row,
        follows={"calls.submission": same, "calls.call": _of_calls},
    )
)  # fmt: skip
register(
    Source(
        kind="project", label=pgettext_lazy("search", "Projects"), icon="flag",
        documents=_projects,
        ids=lambda: Project.objects.order_by("pk").values_list("pk", flat=True),
        visible=lambda account: visible_projects(account).select_related("award__call"),
        row=_project_row,
        follows={"calls.submission": _projects_of},
    )
)  # fmt: skip
