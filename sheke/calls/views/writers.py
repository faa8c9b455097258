"""What the applicant's views ask first."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from ..models import Submission
from ..queries import own_submissions
from .access import account


def own_submission(request: HttpRequest, pk: int) -> Submission:
    """A submission that the account writes, or 404. Members see theirs in the list alone."""
    mine = own_submissions(account(request)).select_related(
        "call__edition__definition", "call__organisation", "call__closure", "edition__definition",
        "organisation", "sent", "topic",
    )  # fmt: skip
    found = get_object_or_404(mine, pk=pk)
    if not request.user.has_perm("calls.write", found):
        return get_object_or_404(mine.none(), pk=pk)
    return found
