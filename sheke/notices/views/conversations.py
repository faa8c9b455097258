"""The conversation about a thing, below that thing's page."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sheke.core.errors import BadInput
from sheke.directory.models import Account

from .. import conversations
from ..actions.conversations import change_comment, withdraw_comment, write_comment
from ..models import Comment
from .access import account


@require_http_methods(["GET", "HEAD", "POST"])
def conversation(request: HttpRequest, app: str, model: str, pk: int) -> HttpResponse:
    thing = _thing(request, f"{app}.{model}", pk)
    if request.method == "POST":
        try:
            write_comment(
                subject=thing, text=request.POST.get("text", ""), by=account(request),
                chosen=_chosen(request),
            )  # fmt: skip
        except BadInput as error:
            return _render(request, thing, error=str(error), text=request.POST.get("text", ""))
    return _answer(request, thing)


@require_safe
def people(request: HttpRequest, app: str, model: str, pk: int) -> JsonResponse:
    """Who may be mentioned here, for the list under “@”."""
    thing = _thing(request, f"{app}.{model}", pk)
    query = request.GET.get("q", "").strip()[: conversations.LONGEST_NAME]
    found = conversations.people(thing, query, but=account(request))
    return JsonResponse({"options": [option(one) for one in found]})


@require_http_methods(["GET", "HEAD", "POST"])
def revision(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one's own comment, in its place."""
    comment, thing = _own(request, pk)
    if request.method != "POST":
        return _render(request, thing, editing=comment.pk)
    text = request.POST.get("text", "")
    try:
        change_comment(
            comment=comment, subject=thing, text=text, by=account(request), chosen=_chosen(request)
        )
    except BadInput as error:
        return _render(request, thing, editing=comment.pk, edit_error=str(error), edited=text)
    return _answer(request, thing)


@require_POST
def withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    comment, thing = _own(request, pk)
    withdraw_comment(comment=comment, subject=thing, by=account(request))
    return _answer(request, thing)


def option(found: Account) -> dict[str, Any]:
    """As the list shows somebody: by name and office, never by the name they sign in with."""
    tenures = found.person.current_tenures if found.person else []  # type: ignore[attr-defined]
    hint = tenures[0].organisation.label if tenures else ""
    return {"value": found.pk, "text": str(found), "hint": hint}


def _render(request: HttpRequest, thing: Model, **more: Any) -> HttpResponse:
    status = 422 if more.get("error") or more.get("edit_error") else 200
    context = conversations.context_of(thing, account(request)) | more
    return render(request, "notices/conversation.html", context, status=status)


def _answer(request: HttpRequest, thing: Model) -> HttpResponse:
    """The conversation as it stands; without scripts the thing's own page."""
    if request.method == "POST" and not getattr(request, "htmx", False):
        return redirect(conversations.subject_of(thing).url(thing) + "#conversation")
    return _render(request, thing)


def _thing(request: HttpRequest, subject_type: str, pk: int) -> Model:
    thing = conversations.find(account(request), subject_type, pk)
    if thing is None:
        raise Http404
    return thing


def _own(request: HttpRequest, pk: int) -> tuple[Comment, Model]:
    """One's own comment that stands, and the thing; 404 for every other."""
    comment = get_object_or_404(Comment, pk=pk, author=account(request), withdrawal=None)
    return comment, _thing(request, comment.subject_type, comment.subject_id)


def _chosen(request: HttpRequest) -> list[int]:
    return [
        int(one)
        for one in request.POST.getlist("mention")[:50]
        if one.isdecimal() and len(one) < 18
    ]
