"""A filled application form in Word: what it says is proposed, and only what is confirmed is taken."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sheke.core.errors import BadInput
from sheke.definitions.programmes import PeopleRole

from ..actions.people import add_member
from ..actions.submissions import save_draft
from ..applying import word
from ..applying.merging import mark
from ..applying.posted import posted_marks, posted_values
from ..applying.writing import asked_for, guide, may_write
from ..forms.people import MemberForm
from ..models import Submission
from ..values import shown
from .access import account
from .writers import own_submission

LARGEST = 20 * 1024 * 1024
PARTICULARS = (
    "name", "employer", "title", "degree", "discipline", "task", "phone", "email", "gender",
    "born_on",
)  # fmt: skip


@require_http_methods(["GET", "POST"])
def import_form(request: HttpRequest, pk: int) -> HttpResponse:
    """Upload, look through, confirm."""
    submission = own_submission(request, pk)
    if reason := may_write(submission):
        messages.error(request, reason)
        return redirect("calls:standing", pk)
    if request.method == "POST" and "confirm" in request.POST:
        return _take(request, submission)
    context: dict[str, Any] = {"submission": submission, "step": "form"}
    file = request.FILES.get("file")
    if request.method == "POST" and file is None:
        context["problem"] = _("Choose the filled form, a Word file that ends in .docx.")
    elif file is not None:
        try:
            context |= _proposed(submission, file.read(LARGEST + 1), file.name or "")
        except BadInput as error:
            context["problem"] = str(error)
    return render(request, "calls/word.html", context, status=422 if "problem" in context else 200)


def _proposed(submission: Submission, data: bytes, name: str) -> dict[str, Any]:
    programme, topics, asked = (
        submission.edition.programme,
        guide(submission.call),
        asked_for(submission),
    )
    found = [f for f in word.proposals(data, name, programme, topics) if asked.opens(f.field.key)]
    role = _role(submission)
    people = word.people_in(data, name, role) if role and asked.opens("people") else []
    rows = [
        {
            "found": each, "held": _inputs(each), "mark": mark(submission.values.get(each.field.key)),
            "now": shown(each.field, submission.values.get(each.field.key), topics=topics),
        }
        for each in found
    ]  # fmt: skip
    return {
        "rows": rows, "name": name, "role": role, "read": True,
        "people": [{"text": word.summary(one), "held": one.items()} for one in people],
    }  # fmt: skip


def _inputs(found: word.Found) -> list[tuple[str, str]]:
    """The value under the names that the form itself posts."""
    name, value = f"f-{found.field.key}", found.value
    if found.field.kind == "boolean":
        return [(name, {"是": "true", "否": "false"}.get(str(value), str(value)))]
    if found.field.kind == "table":
        return [
            (f"{name}-{n}-{key}", str(text))
            for n, row in enumerate(value, start=1) for key, text in row.items()
        ]  # fmt: skip
    if isinstance(value, list):
        return [(name, str(part)) for part in value]
    return [(name, str(value))]


def _take(request: HttpRequest, submission: Submission) -> HttpResponse:
    """Keep what was confirmed: all of it or nothing."""
    by, typed = account(request), posted_values(submission.edition.programme, request.POST)
    try:
        with transaction.atomic():
            saved = save_draft(
                submission=submission, typed=typed, was=posted_marks(request.POST), by=by
            )
            added = _add_people(request, submission)
    except BadInput as error:
        messages.error(request, str(error))
        return redirect("calls:word", submission.pk)
    if saved.conflicts:
        messages.warning(
            request, _("Fields that changed in another window meanwhile stay as they are.")
        )
    count = len(typed) - len(saved.conflicts)
    messages.success(
        request,
        _("Taken over: %(fields)s fields, %(people)s people. Look through the form.")
        % {"fields": count, "people": added},
    )
    return redirect("calls:apply", submission.pk)


def _add_people(request: HttpRequest, submission: Submission) -> int:
    role, added = _role(submission), 0
    for number in request.POST.getlist("people")[:50]:
        given = {name: request.POST.get(f"p-{number}-{name}", "") for name in PARTICULARS}
        if role is None:
            break
        form = MemberForm(given, programme=submission.edition.programme, role=role.key)
        if not form.is_valid():
            text = _("%(name)s: %(what)s") % {
                "name": given["name"] or number, "what": " ".join(str(said) for errors in form.errors.values() for said in errors)
            }  # fmt: skip
            raise BadInput(text)
        add_member(
            submission=submission, role=role.key, data=form.cleaned_data, by=account(request)
        )
        added += 1
    return added


def _role(submission: Submission) -> PeopleRole | None:
    """The first role of those who take part."""
    roles = submission.edition.programme.people.roles
    return next((role for role in roles if not role.referee), None)
