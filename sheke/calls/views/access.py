"""What the views of calls ask first."""

from __future__ import annotations

from typing import cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from sheke.directory.models import Account

from ..models import Call, Submission
from ..queries import calls_of, visible_calls, visible_submissions


def account(request: HttpRequest) -> Account:
    return cast(Account, request.user)


def office_only(request: HttpRequest) -> None:
    """404 for those who work for no office."""
    if not request.user.has_perm("calls.run_something"):
        raise Http404


def own_call(request: HttpRequest, pk: int) -> Call:
    """A call of the account's office, or 404."""
    found = calls_of(account(request)).select_related(
        "edition__definition", "organisation", "closure__by__person"
    )
    return get_object_or_404(found, pk=pk)


def visible_call(request: HttpRequest, pk: int) -> Call:
    """A call that was announced or that the account prepares, or 404."""
    found = visible_calls(account(request)).select_related(
        "edition__definition", "organisation", "closure"
    )
    return get_object_or_404(found, pk=pk)


def visible_submission(request: HttpRequest, pk: int) -> Submission:
    """A submission whose whole the account sees, or 404: the others do not learn that it exists."""
    found = visible_submissions(account(request)).select_related(
        "call__edition__definition", "call__organisation", "edition__definition", "organisation",
        "sent", "topic", "made_by__person",
    )  # fmt: skip
    return get_object_or_404(found, pk=pk)


def judged_submission(request: HttpRequest, pk: int) -> Submission:
    """The same for the office that runs its call."""
    found = visible_submission(request, pk)
    if not request.user.has_perm("calls.run", found.call):
        raise PermissionDenied(_("Only the office that runs the call decides here."))
    return found


def recommended_submission(request: HttpRequest, pk: int) -> Submission:
    """The same for those who act for its organisation."""
    found = visible_submission(request, pk)
    if not request.user.has_perm("calls.recommend", found):
        raise PermissionDenied(_("Only those who act for the applying organisation decide here."))
    return found
