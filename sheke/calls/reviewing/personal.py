"""What is held of somebody as a reviewer: invitations, what they know, their reviews, their conflicts."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import pgettext

from sheke.directory.holdings import Mention, Rows
from sheke.directory.models import Person

from ..models import Assignment, Conflict, Review, Reviewer


def reviewing(person: Person) -> Rows:
    """Their own reviews, by the packet's number: reviewers never learn whose they were."""
    mine = Reviewer.objects.filter(person=person).select_related("call", "organisation")
    return [
        {"call": one.call.title, "employer": one.organisation.name if one.organisation else "",
         "disciplines": one.disciplines, "words": one.words, "invited": one.invited_at,
         "answered": one.answered_at, "accepted": one.accepted, "reason": one.reason,
         "reviews": [_review(each) for each in one.assignments.select_related("review", "submission")]}
        for one in mine
    ]  # fmt: skip


def _review(assignment: Assignment) -> dict[str, object]:
    review = getattr(assignment, "review", None)
    row: dict[str, object] = {"packet": assignment.submission.packet, "assigned": assignment.made_at,
           "ended": assignment.end, "reason": assignment.reason}  # fmt: skip
    if review is not None:
        row |= {"scores": review.scores, "total": review.total, "comment": review.comment,
                "private": review.private, "sent": review.sent_at}  # fmt: skip
    return row


def conflicts(person: Person) -> Rows:
    """Why they must not see a submission. What the records showed names others and is left out."""
    mine = Conflict.objects.filter(reviewer__person=person).select_related("call", "submission")
    return [
        {"call": one.call.title, "packet": one.submission.packet, "kind": one.kind,
         "source": one.source, "at": one.at, "lifted": one.lifted_at,
         "note": one.note if one.source == Conflict.Source.REVIEWER else ""}
        for one in mine
    ]  # fmt: skip


def forget_expertise(person: Person) -> int:
    """Topic words and the reason of declining go; that they were asked and what they wrote stays."""
    mine = Reviewer.objects.filter(person=person).exclude(words=[], reason="")
    return mine.update(words=[], reason="")


def mentions(person: Person) -> Iterator[Mention]:
    """Comments of reviewers that name the person."""
    named = Review.objects.filter(comment__contains=person.name)
    named |= Review.objects.filter(private__contains=person.name)
    for call, title in named.values_list("assignment__call", "assignment__call__title").distinct():
        url = reverse("calls:reviewing_progress", args=[call])
        yield Mention(title, pgettext("mention", "review"), url)
