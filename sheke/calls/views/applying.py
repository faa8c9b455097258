"""The applicant's form: filling it in, its files, what the draft keeps."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sheke.core.errors import BadInput
from sheke.core.numerals import whole_number

from ..actions import submissions as actions
from ..actions import uploads
from ..applying import sheet
from ..applying.merging import mark
from ..applying.posted import posted_marks, posted_values
from ..applying.writing import asked_for, guide, may_write
from ..models import Submission, Upload
from ..queries import visible_submissions
from ..values import shown
from .access import account, visible_call
from .writers import own_submission


@require_POST
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a submission to a call."""
    call = visible_call(request, pk)
    try:
        made = actions.begin_submission(call=call, by=account(request))
    except BadInput as error:
        messages.error(request, str(error))
        return redirect("calls:announcement", pk)
    return redirect("calls:apply", made.pk)


@require_safe
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """The form, as far as the submission may be written; else what was sent."""
    submission = own_submission(request, pk)
    if may_write(submission):
        return redirect("calls:standing", pk)
    asked = asked_for(submission)
    parts = sheet.parts(submission, asked)
    context = {
        "submission": submission, "parts": parts, "asked": asked, "step": "form",
        "wanted": sum(part.wanted for part in parts), "done": sum(part.done for part in parts),
    }  # fmt: skip
    return render(request, "calls/apply.html", context)


@require_POST
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what was typed, and files. A script gets JSON; without one the page comes back."""
    submission = own_submission(request, pk)
    scripted = request.headers.get("Accept", "").startswith("application/json")
    try:
        saved = _save(request, submission)
        _files(request, saved.submission)
    except BadInput as error:
        if scripted:
            return JsonResponse({"message": str(error)}, status=422)
        messages.error(request, str(error))
        return redirect("calls:apply", pk)
    if scripted:
        return _said(saved)
    if saved.conflicts:
        return _choice(request, saved)
    messages.success(request, _("Saved."))
    after = {"people": "calls:people", "check": "calls:check"}.get(request.POST.get("next", ""))
    return redirect(after or "calls:apply", pk)


@require_http_methods(["POST"])
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    submission = own_submission(request, pk)
    try:
        actions.discard_draft(submission=submission, by=account(request))
    except BadInput as error:
        messages.error(request, str(error))
        return redirect("calls:standing", pk)
    messages.success(request, _("The draft is thrown away."))
    return redirect("calls:mine")


@require_safe
def download(request: HttpRequest, pk: int) -> FileResponse:
    """A file of a submission, for those who see its whole."""
    seen = visible_submissions(account(request)).values("pk")
    found = get_object_or_404(Upload.objects.select_related("stored"), pk=pk, submission__in=seen)
    answer = FileResponse(found.stored.file.open("rb"), as_attachment=True, filename=found.name)
    answer["Content-Type"] = found.stored.content_type
    return answer


def _save(request: HttpRequest, submission: Submission) -> actions.Saved:
    """Save the posted fields; those for which the other window's text was chosen are left out."""
    typed = posted_values(submission.edition.programme, request.POST)
    typed = {k: v for k, v in typed.items() if request.POST.get(f"choose-{k}") != "theirs"}
    return actions.save_draft(
        submission=submission, typed=typed, was=posted_marks(request.POST), by=account(request)
    )


def _files(request: HttpRequest, submission: Submission) -> None:
    for name in request.FILES:
        for file in request.FILES.getlist(name):
            uploads.hold_upload(
                submission=submission, field=name.removeprefix("u-"), name=file.name or "file",
                file=file, by=account(request),  # type: ignore[arg-type]
            )  # fmt: skip
    if (number := whole_number(request.POST.get("remove", ""))) is not None:
        upload = get_object_or_404(submission.uploads, pk=number)
        uploads.remove_upload(upload=upload, by=account(request))


def _said(saved: actions.Saved) -> JsonResponse:
    """What a script learns: marks of what is kept now, faults, conflicts, lists of files."""
    submission = saved.submission
    parts = sheet.parts(submission)
    lines = [line for part in parts for line in part.lines]
    fields = {
        line.field.key: {
            "mark": line.mark, "filled": line.filled,
            "faults": [_fault(fault, line) for fault in line.faults],
            **_listed(line),
        }
        for line in lines
    }  # fmt: skip
    said = {
        "saved_at": f"{timezone.localtime(submission.saved_at):%H:%M:%S}",
        "fields": fields,
        "parts": {part.number: [part.done, part.wanted, part.complete] for part in parts},
        "conflicts": _conflicts(saved),
    }
    return JsonResponse(said, status=409 if saved.conflicts else 200,
                        json_dumps_params={"ensure_ascii": False})  # fmt: skip


def _fault(fault: Any, line: sheet.Line) -> dict[str, Any]:
    column = next((str(c.name) for c in line.field.columns if c.key == fault.column), "")
    place = _("row %(n)s") % {"n": fault.row} if fault.row is not None else ""
    text = " · ".join(part for part in (place, column) if part)
    return {"text": f"{text}: {fault.message}" if text else fault.message, "missing": fault.missing}


def _listed(line: sheet.Line) -> dict[str, str]:
    if line.field.kind != "files":
        return {}
    return {"files": render_to_string("calls/apply_files.html", {"line": line})}


def _conflicts(saved: actions.Saved) -> list[dict[str, Any]]:
    submission = saved.submission
    topics = guide(submission.call)
    found = []
    for key, mine in saved.conflicts.items():
        field = submission.edition.programme.field(key)
        if field is None:
            continue
        theirs = submission.values.get(key)
        found.append({
            "key": key, "name": str(field.name), "mark": mark(theirs),
            "mine": shown(field, mine, topics=topics), "theirs": shown(field, theirs, topics=topics),
        })  # fmt: skip
    return found


def _choice(request: HttpRequest, saved: actions.Saved) -> HttpResponse:
    """Both texts of each conflict, for those without scripts; what is chosen is posted again."""
    rows = []
    for conflict in _conflicts(saved):
        start = f"f-{conflict['key']}"
        held = [
            (name, value)
            for name, values in request.POST.lists()
            if name == start or name.startswith(f"{start}-")
            for value in values
        ]
        rows.append(conflict | {"held": held})
    context = {
        "submission": saved.submission, "conflicts": rows,
        "back": reverse("calls:apply", args=[saved.submission.pk]),
    }  # fmt: skip
    return render(request, "calls/conflict.html", context, status=409)
