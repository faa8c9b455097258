"""Tags of the pages of reviewing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from sheke.calls.models import Review, Submission
from sheke.calls.reviewing.desk import assignments_of, invitations_of

register = template.Library()


@register.filter
def name_of(names: Mapping[Any, Any], key: Any) -> Any:
    """What stands under a key; the key itself where nothing does."""
    return names.get(key, key)


@register.filter
def under(groups: Mapping[Any, Any], key: Any) -> Any:
    """What stands under a key, or nothing."""
    return groups.get(key, [])


@register.filter
def place_by(ranks: Mapping[str, int], method: str) -> int:
    return ranks[method]


@register.inclusion_tag("calls/comments_shown.html")
def reviewers_comments(submission: Submission) -> dict[str, Any]:
    """The comments that the office opened to the applicants; with names only where nothing is blind."""
    found = Review.objects.filter(
        assignment__submission=submission, shown_at__isnull=False, assignment__ended_at=None
    ).select_related("assignment__reviewer__person")
    rows = []
    for review in found.order_by("comment", "pk"):
        stage = submission.edition.programme.stage(review.assignment.stage)
        named = stage is not None and stage.blind == "open"
        rows.append((review.comment, str(review.assignment.reviewer) if named else ""))
    return {"comments": rows}


@register.inclusion_tag("calls/my_reviews.html", takes_context=True)
def my_reviews(context: Mapping[str, Any]) -> dict[str, Any]:
    """What waits for the reader as a reviewer, for the first page of calls."""
    account = context["request"].user
    asked = invitations_of(account).filter(accepted=None, call__closure=None)
    todo = assignments_of(account).exclude(review__sent_at__isnull=False).order_by()
    return {"asked": asked.count(), "todo": todo.count(), "any": invitations_of(account).exists()}
