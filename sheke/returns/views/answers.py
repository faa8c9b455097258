"""One organisation's answer: filling it in, sending, taking back; the office accepts or sends back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sheke.core.errors import BadInput

from .. import actions, checking, sheet
from ..actions.answers import Conflict, Stopped
from ..models import Asked
from .access import account, judged_asked, visible_asked

WRITABLE = (Asked.State.OPEN, Asked.State.DRAFT, Asked.State.LATE, Asked.State.BACK)


@require_safe
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    asked = visible_asked(request, pk)
    return _page(request, asked)


@require_POST
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what was typed; a script gets JSON with what the rules say so far."""
    asked = visible_asked(request, pk)
    wants_json = request.headers.get("Accept", "").startswith("application/json")
    try:
        saved = _save(request, asked)
    except Conflict as error:
        if wants_json:
            return JsonResponse({"message": str(error)}, status=409)
        return _page(request, asked, conflict=str(error), status=409)
    except BadInput as error:
        if wants_json:
            return JsonResponse({"message": str(error)}, status=422)
        messages.error(request, str(error))
        return redirect("returns:answer", pk)
    if not wants_json:
        messages.success(request, _("Saved."))
        return redirect("returns:answer", pk)
    checked = checking.check(asked, saved.values, saved.remarks)
    findings = [
        {"field": f.field, "severity": f.severity, "message": f.message} for f in checked.findings
    ]
    at = f"{timezone.localtime(saved.saved_at):%H:%M:%S}"
    return JsonResponse({"revision": saved.revision, "saved_at": at, "findings": findings})


@require_POST
def sending(request: HttpRequest, pk: int) -> HttpResponse:
    """Save what stands in the form, then send it; what breaks a rule comes back with messages."""
    asked = visible_asked(request, pk)
    try:
        if "revision" in request.POST:
            _save(request, asked)
        actions.send_answer(asked=asked, by=account(request))
    except Conflict as error:
        return _page(request, asked, conflict=str(error), status=409)
    except Stopped as error:
        asked = visible_asked(request, pk)
        return _page(request, asked, findings=error.findings, status=422)
    except BadInput as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Sent in. The office was told."))
    return redirect("returns:answer", pk)


@require_POST
def withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    asked = visible_asked(request, pk)
    try:
        actions.withdraw_answer(asked=asked, by=account(request))
    except BadInput as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Taken back; you can change it and send it again."))
    return redirect("returns:answer", pk)


@require_POST
def correction(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a new version of an accepted answer."""
    asked = visible_asked(request, pk)
    try:
        actions.begin_correction(
            asked=asked, reason=request.POST.get("reason", ""), by=account(request)
        )
    except BadInput as error:
        messages.error(request, str(error))
    return redirect("returns:answer", pk)


@require_POST
def acceptance(request: HttpRequest, pk: int) -> HttpResponse:
    asked = judged_asked(request, pk)
    try:
        made = actions.accept_answers(asked=[asked], by=account(request))
    except BadInput as error:
        messages.error(request, str(error))
    else:
        text = _("Accepted.") if made else _("Nothing was left to accept.")
        messages.success(request, text)
    return redirect("returns:return", asked.of_id)


@require_POST
def sending_back(request: HttpRequest, pk: int) -> HttpResponse:
    asked = judged_asked(request, pk)
    fields = {
        name.removeprefix("wrong-"): str(text)
        for name, text in request.POST.items()
        if name.startswith("wrong-")
    }
    try:
        actions.send_back(
            asked=asked, reason=request.POST.get("reason", ""), fields=fields, by=account(request)
        )
    except BadInput as error:
        messages.error(request, str(error))
        return redirect("returns:answer", pk)
    messages.success(request, _("Sent back. The organisation was told."))
    return redirect("returns:return", asked.of_id)


def _save(request: HttpRequest, asked: Asked) -> Any:
    values, remarks = sheet.posted(asked.of.form, request.POST)
    text = request.POST.get("revision", "")
    revision = int(text) if text.isdecimal() and len(text) < 10 else 0
    return actions.save_draft(
        asked=asked, values=values, remarks=remarks, revision=revision, by=account(request)
    )


def _page(
    request: HttpRequest, asked: Asked, *, findings: list[checking.Finding] | None = None,
    conflict: str = "", status: int = 200,
) -> HttpResponse:  # fmt: skip
    held = getattr(asked, "draft", None)
    correcting = asked.state == Asked.State.ACCEPTED and held is not None
    writing = (asked.state in WRITABLE or correcting) and not asked.is_closed
    source = held if writing else _shown(asked)
    values, remarks = (source.values, source.remarks) if source else ({}, {})
    if conflict:
        values, remarks = sheet.posted(asked.of.form, request.POST)
    if findings is None and held and writing:
        findings = checking.check(asked, values, remarks).findings
    context = {
        "asked": asked,
        "of": asked.of,
        "lines": sheet.lines(
            asked, values, remarks, findings or [], fresh=writing and held is None and not conflict
        ),
        "findings": findings or [],
        "stopped": status == 422,
        "conflict": conflict,
        "writing": writing,
        "correcting": correcting,
        "revision": held.revision if held else 0,
        "held": held,
        "versions": asked.answers.select_related(
            "sent_by__person", "acceptance__by__person", "sending_back__by__person", "withdrawal"
        ).order_by("-number"),
        "may_run": request.user.has_perm("returns.run", asked.of),
    }
    return render(request, "returns/answer.html", context, status=status)


def _shown(asked: Asked) -> Any:
    """The answer that a reader sees: what was sent, else what was accepted."""
    return asked.latest if asked.state == Asked.State.SENT else asked.accepted or asked.latest
