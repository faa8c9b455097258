"""Papers of a meeting: files laid before it, agenda and minutes as Word files and on paper."""

from __future__ import annotations

from typing import BinaryIO, cast

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sheke.core.attachments import DOCX, attachment
from sheke.core.errors import BadInput
from sheke.ledger.evidence.actions import store_file

from .. import actions, documents
from ..models import Meeting, Paper
from .access import actor, attempt, back, kept_agenda, kept_meeting, visible_meeting
from .meetings import page_context


@require_POST
def attach(request: HttpRequest, pk: int) -> HttpResponse:
    """Lay files before the meeting; each stands for itself."""
    agenda = kept_agenda(request, pk)
    files = request.FILES.getlist("files")

    def act() -> None:
        if not files:
            raise BadInput(_("Choose a file."))
        for file in files:
            name = file.name or ""
            stored = store_file(file=cast(BinaryIO, file.file), name=name)
            actions.attach_paper(agenda=agenda, stored=stored, name=name, by=actor(request))

    attempt(request, act)
    return back(agenda.meeting_id, f"point-{pk}")


@require_safe
def download(request: HttpRequest, pk: int) -> FileResponse:
    """The file as it came, always as an attachment."""
    paper = _visible(request, pk)
    answer = FileResponse(
        paper.stored.file.open("rb"), as_attachment=True, filename=paper.name,
        content_type=paper.stored.content_type,
    )  # fmt: skip
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    patch_cache_control(answer, private=True, no_cache=True)
    return answer


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    paper = _visible(request, pk)
    kept_meeting(request, paper.agenda.meeting_id)
    actions.withdraw_paper(paper=paper, by=actor(request))
    return back(paper.agenda.meeting_id, f"point-{paper.agenda_id}")


def _visible(request: HttpRequest, pk: int) -> Paper:
    seen = Meeting.objects.visible_to(actor(request)).order_by().values("pk")
    papers = Paper.objects.filter(agenda__meeting__in=seen, withdrawn_at=None)
    return get_object_or_404(papers.select_related("stored", "agenda__meeting"), pk=pk)


@require_safe
def agenda_word(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = visible_meeting(request, pk)
    name = _("Agenda of %(meeting)s") % {"meeting": meeting.title}
    return _word(documents.agenda_word(meeting), name)


@require_safe
def minutes_word(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = visible_meeting(request, pk)
    name = _("Minutes of %(meeting)s") % {"meeting": meeting.title}
    return _word(documents.minutes_word(meeting), name)


def _word(data: bytes, name: str) -> HttpResponse:
    return attachment(data, f"{name}.docx", DOCX)


@require_safe
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Agenda and minutes as they are printed."""
    meeting = visible_meeting(request, pk)
    return render(request, "meetings/paper.html", page_context(request, meeting))
