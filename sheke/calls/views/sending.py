"""Check list, preview, sending, the receipt, withdrawing, what became of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sheke.core.errors import BadInput

from ..actions import submissions as actions
from ..applying.checklist import check_list
from ..applying.history import told
from ..applying.reviewers_view import seen_by_reviewers
from ..applying.snapshots import digest_again
from ..applying.writing import asked_for, guide, may_write
from ..models import Version
from ..reading import changes_between, names_of_files, parts_of, people_in_words
from .access import account
from .writers import own_submission


@require_safe
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """What is missing, and the button that sends."""
    submission = own_submission(request, pk)
    if may_write(submission):
        return redirect("calls:standing", pk)
    context = {
        "submission": submission, "checked": check_list(submission), "step": "check",
        "asked": asked_for(submission), "again": submission.sent_id is not None,
        "programme": submission.edition.programme,
    }  # fmt: skip
    return render(request, "calls/check.html", context)


@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """As reviewers will see it: without people, with the names marked that stand in the texts."""
    submission = own_submission(request, pk)
    seen = seen_by_reviewers(submission)
    context = {
        "submission": submission, "seen": seen, "names": sum(len(each.names) for each in seen),
        "hidden": [f for f in submission.edition.programme.fields if not f.reviewers],
        "step": "" if may_write(submission) else "preview",
        "open": any(s.blind == "open" for s in submission.edition.programme.stages_of("review")),
    }  # fmt: skip
    return render(request, "calls/preview.html", context)


@require_POST
def sending(request: HttpRequest, pk: int) -> HttpResponse:
    submission = own_submission(request, pk)
    try:
        version = actions.send_submission(
            submission=submission, by=account(request), reason=request.POST.get("reason", "")
        )
    except BadInput as error:
        messages.error(request, str(error))
        return redirect("calls:check", pk)
    messages.success(request, _("Sent in. This is your receipt."))
    return redirect("calls:receipt", pk, version.number)


@require_safe
def receipt(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """What was sent, with its digest; made for printing."""
    submission = own_submission(request, pk)
    version = get_object_or_404(
        submission.versions.select_related("edition__definition", "sent_by__person"), number=number
    )
    version.submission = submission
    programme = version.edition.programme
    names = names_of_files(submission)
    context = {
        "submission": submission, "version": version,
        "same": digest_again(version) == version.digest,
        "parts": parts_of(programme, version.values, topics=guide(submission.call), files=names),
        "people": people_in_words(version, programme),
    }  # fmt: skip
    return render(request, "calls/receipt.html", context)


@require_safe
def standing(request: HttpRequest, pk: int) -> HttpResponse:
    """Where a submission stands, what to do next, its versions compared."""
    submission = own_submission(request, pk)
    versions = list(
        submission.versions.select_related("edition__definition", "sent_by__person")
        .order_by("-number")
    )  # fmt: skip
    context = {
        "submission": submission, "versions": versions, "closed": may_write(submission),
        "told": told(submission), "compared": _compared(request, versions),
        "asked": asked_for(submission), "step": "",
    }  # fmt: skip
    return render(request, "calls/standing.html", context)


@require_POST
def withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    submission = own_submission(request, pk)
    try:
        actions.withdraw_submission(
            submission=submission, reason=request.POST.get("reason", ""), by=account(request)
        )
    except BadInput as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request, _("Withdrawn. Until the deadline it can be changed and sent again.")
        )
    return redirect("calls:standing", pk)


def _compared(request: HttpRequest, versions: list[Version]) -> object:
    """What the latest version changed; `version` in the address chooses another."""
    if len(versions) < 2:
        return None
    wanted = request.GET.get("version", "")
    places = [n for n, v in enumerate(versions[:-1]) if str(v.number) == wanted]
    place = places[0] if places else 0
    newer, older = versions[place], versions[place + 1]
    submission = newer.submission
    changes = changes_between(
        newer, older, topics=guide(submission.call), files=names_of_files(submission)
    )
    programme = newer.edition.programme
    people = (people_in_words(newer, programme), people_in_words(older, older.edition.programme))
    return {
        "newer": newer, "older": older, "changes": changes,
        "people": people if people[0] != people[1] else None,
    }  # fmt: skip
