"""The office's packets: made, looked through for names, released."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, Q
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sheke.core.errors import BadInput
from sheke.core.jobs import start
from sheke.core.jobs.queries import progress_of

from ..actions import packets as actions
from ..models import Packet, PacketFile, Phase, Upload
from ..reviewing import desk, packing
from ..reviewing.standing import review_phase, stage_of, under_review
from ..tasks import make_all_packets
from .access import account, own_call
from .stages import back, frame, own_phase

PAGE = 50
AT_ONCE = 20  # packets that are made while the page waits
ORDER = {"likely": 0, "look": 1, "hint": 2}


@require_http_methods(["GET", "POST"])
def packets(request: HttpRequest, pk: int) -> HttpResponse:
    """The packets of the stage; posting makes those that are missing."""
    phase = own_phase(request, pk)
    if request.method == "POST":
        return _make(request, phase)
    rows = under_review(phase).select_related("blind", "sent")
    ready = Q(blind__open=0, blind__released_at=None, blind__isnull=False)
    state = request.GET.get("state", "")
    rows = {
        "open": rows.filter(blind__open__gt=0, blind__released_at=None), "ready": rows.filter(ready),
        "released": rows.filter(blind__released_at__isnull=False), "none": rows.filter(blind=None),
    }.get(state, rows)  # fmt: skip
    if q := request.GET.get("q", "").strip():
        rows = rows.filter(title__icontains=q)
    counts = under_review(phase).order_by().aggregate(
        all=Count("pk"), none=Count("pk", filter=Q(blind=None)), ready=Count("pk", filter=ready),
        open=Count("pk", filter=Q(blind__open__gt=0, blind__released_at=None)),
        released=Count("pk", filter=Q(blind__released_at__isnull=False)),
    )  # fmt: skip
    job = progress_of(phase)
    working = job if job and job.state in ("waiting", "running") else None
    context = frame(phase, "packets") | {
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")), "counts": counts,
        "state": state, "q": q, "job": working,
    }  # fmt: skip
    return render(request, "calls/packets.html", context)


def _make(request: HttpRequest, phase: Phase) -> HttpResponse:
    waiting = under_review(phase).filter(Q(blind=None) | Q(blind__released_at=None)).count()
    if waiting > AT_ONCE:
        with transaction.atomic():
            start(make_all_packets, phase.call_id, phase.stage, account(request).pk,
                  get_language(), by=account(request), subject=phase)  # fmt: skip
        messages.success(
            request, _("The packets are being made; this page shows how far it has come.")
        )
        return redirect(back(phase, "packets"))

    def act() -> str:
        count = actions.make_packets(call=phase.call, stage=phase.stage, by=account(request))
        return ngettext("%(n)s packet made.", "%(n)s packets made.", count) % {"n": count}

    return _said(request, back(phase, "packets"), act)


@require_POST
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """Release every packet of the stage in which nothing is open."""
    phase = own_phase(request, pk)

    def act() -> str:
        found = Packet.objects.filter(submission__in=under_review(phase).order_by().values("pk"))
        done, left = actions.release_packets(call=phase.call, packets=found, by=account(request))
        return _("%(done)s packets released; %(left)s stay back, something in them is open.") % {
            "done": done, "left": left,
        }  # fmt: skip

    return _said(request, back(phase, "packets"), act)


@require_safe
def packet(request: HttpRequest, pk: int) -> HttpResponse:
    """One packet: what was found where, beside what reviewers will see."""
    found = _own_packet(request, pk)
    phase = review_phase(found.submission.call, stage_of(found.submission))
    programme = found.submission.edition.programme
    names = {field.key: str(field.name) for field in programme.fields}
    findings = packing.marked(found.findings, found.settled)
    for each in findings:
        each["where"] = names.get(each["spot"].partition("/")[0], each["spot"])
    files = list(found.files.select_related("upload__stored", "stored"))
    shown = [_file(found, file) for file in files]
    every = [*findings, *(each for file in shown for each in file.found)]
    following = under_review(phase).filter(
        blind__open__gt=0, blind__released_at=None, number__gt=found.submission.number or 0
    )
    context = frame(phase, "packets") | {
        "packet": found, "submission": found.submission, "findings": findings, "files": shown,
        "sheet": desk.sheet(found, phase.definition), "next": following.select_related("blind").first(),
        "sure": [each["key"] for each in every
                 if not each["settled"] and each["confidence"] == "likely" and each["kind"] != packing.UNREAD],
        "unsure": [each["key"] for each in every if not each["settled"] and each["confidence"] != "likely"],
        "hidden": [field for field in programme.fields
                   if field not in packing.shown_fields(programme, phase.definition)],
    }  # fmt: skip
    return render(request, "calls/packet.html", context)


@require_POST
def findings(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide on findings."""
    found = _own_packet(request, pk)
    keys = request.POST.getlist("finding")[: packing.MOST_AT_ONCE]

    def act() -> str:
        if not keys:
            raise BadInput(_("Nothing was chosen."))
        actions.settle_findings(
            packet=found, keys=keys, decision=request.POST.get("decision", ""), by=account(request)
        )
        return _("Decided.")

    return _said(request, "calls:packet", act, pk)


@require_POST
def taking_back(request: HttpRequest, pk: int) -> HttpResponse:
    found = _own_packet(request, pk)

    def act() -> str:
        actions.take_back_packet(packet=found, by=account(request))
        return _("Taken back; reviewers do not see it any more.")

    return _said(request, "calls:packet", act, pk)


@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """A file as reviewers would get it."""
    found = _own_file(request, pk)
    if found.stored is None:
        return redirect("calls:packet", found.packet_id)
    return attachment(found)


@require_POST
def withholding(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave a file out of the packet, or put it in again."""
    found = _own_file(request, pk)
    withheld = request.POST.get("withheld", "1") == "1"

    def act() -> str:
        actions.withhold_file(file=found, withheld=withheld, by=account(request))
        return (
            _("The file stays out of the packet.")
            if withheld
            else _("The file is in the packet again.")
        )

    return _said(request, "calls:packet", act, found.packet_id)


@require_POST
def replacement(request: HttpRequest, pk: int) -> HttpResponse:
    """Put another file in its place."""
    found = _own_file(request, pk)
    given = request.FILES.get("file")

    def act() -> str:
        if given is None:
            raise BadInput(_("Choose a file."))
        actions.replace_file(
            file=found, upload=given, name=given.name or "file", by=account(request)  # type: ignore[arg-type]
        )  # fmt: skip
        return _("Replaced; it was stripped and searched like the first one.")

    return _said(request, "calls:packet", act, found.packet_id)


def attachment(file: PacketFile) -> HttpResponse:
    """A file of a packet under its neutral name; nothing of it is shown or run by the browser."""
    if file.stored is None:
        raise LookupError(file.pk)
    answer = FileResponse(
        file.stored.file.open("rb"), as_attachment=True, filename=file.name,
        content_type=file.stored.content_type,
    )  # fmt: skip
    answer["Cache-Control"] = "private, no-store"
    return answer  # type: ignore[return-value]


@dataclass
class FileRow:
    """A file of a packet with what was found in it."""

    pk: int
    name: str
    problem: str
    upload: Upload
    found: list[dict[str, Any]]
    withheld: bool


def _file(packet: Packet, file: PacketFile) -> FileRow:
    found = packing.marked(file.findings, packet.settled, f"f{file.pk}-")
    for each in found:
        each["where"] = _place(each)
    withheld = packet.settled.get(f"file-{file.pk}") == packing.WITHHELD
    return FileRow(file.pk, file.name, file.problem, file.upload, found, withheld)


def _place(finding: dict[str, Any]) -> str:
    if finding["kind"] == packing.UNREAD:
        return ""
    return packing.Place(*finding["place"]).label


def _own_packet(request: HttpRequest, pk: int) -> Packet:
    found = get_object_or_404(
        Packet.objects.select_related("submission__edition__definition", "submission__organisation", "version"),
        pk=pk,
    )  # fmt: skip
    found.submission.call = own_call(request, found.submission.call_id)
    return found


def _own_file(request: HttpRequest, pk: int) -> PacketFile:
    found = get_object_or_404(
        PacketFile.objects.select_related("packet__submission", "upload__stored", "stored"), pk=pk
    )
    own_call(request, found.packet.submission.call_id)
    return found


def _said(request: HttpRequest, to: str, act: Callable[[], str], *args: Any) -> HttpResponse:
    try:
        messages.success(request, act())
    except BadInput as error:
        messages.error(request, str(error))
    return redirect(to, *args)
