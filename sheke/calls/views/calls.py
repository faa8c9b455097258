"""Finding a call: open, coming and past ones; what a call says to those who may apply."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sheke.core.attachments import attachment
from sheke.definitions.models import Definition
from sheke.directory.queries import find_organisations

from ..applying.checklist import nodes_of
from ..applying.history import next_step
from ..applying.writing import closed, home_of
from ..eligibility import facts_before, judge
from ..models import Call, CallFile, Member, Submission
from ..own_sheets import own_table
from ..queries import own_submissions
from .access import account, visible_call

PAGE = 30
STANDS = ("open", "coming", "past")


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Announced calls, searched and narrowed to a programme."""
    query, key = request.GET.get("q", "").strip()[:100], request.GET.get("programme", "")
    found = Call.objects.announced()
    if query:
        found = found.filter(Q(title__icontains=query) | Q(about__icontains=query))
    if key:
        found = found.filter(edition__definition__key=key)
    stands = {stand: _standing(found, stand) for stand in STANDS}
    stand = request.GET.get("stand", "")
    if stand not in STANDS:
        stand = "open"
    calls = stands[stand].select_related("edition__definition", "organisation", "closure")
    page = Paginator(calls, PAGE).get_page(request.GET.get("page"))
    programmes = Definition.objects.filter(
        editions__calls__announced_at__isnull=False
    ).select_related("current").distinct().order_by("key")  # fmt: skip
    context = {
        "page": page, "stand": stand, "q": query, "programme": key, "programmes": programmes,
        "counts": [(name, stands[name].count()) for name in STANDS],
        "mine": own_submissions(account(request)).exists(),
    }  # fmt: skip
    return render(request, "calls/find.html", context)


@require_safe
def announcement(request: HttpRequest, pk: int) -> HttpResponse:
    """What a call says: announcement, files, guide, dates, contacts, and whether one may apply."""
    call = visible_call(request, pk)
    programme = call.programme
    me = account(request)
    verdict = judge(programme, facts_before(me, home_of(me), call))
    context = {
        "call": call, "programme": programme, "verdict": verdict, "closed": closed(call),
        "nodes": nodes_of(verdict), "topics": list(call.topics.all()),
        "files": list(call.files.select_related("stored")),
        "phases": list(call.phases.all()),
        "charges": list(call.charges.select_related("account__person")),
        "mine": list(own_submissions(me).filter(call=call).order_by("pk")),
        "roles": [role for role in programme.people.roles if role.least],
    }  # fmt: skip
    for phase in context["phases"]:  # type: ignore[attr-defined]
        phase.call = call
    return render(request, "calls/announcement.html", context)


@require_safe
def announcement_file(request: HttpRequest, pk: int, file: int) -> FileResponse:
    """A file of the announcement."""
    call = visible_call(request, pk)
    found = get_object_or_404(CallFile.objects.select_related("stored"), pk=file, call=call)
    answer = FileResponse(found.stored.file.open("rb"), as_attachment=True, filename=found.name)
    answer["Content-Type"] = found.stored.content_type
    return answer


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """One's own submissions, and those that one takes part in."""
    me = account(request)
    page = Paginator(_own(request), PAGE).get_page(request.GET.get("page"))
    leads = set()
    if me.person_id is not None:
        leads = set(Member.objects.filter(
            role=Member.LEAD, person=me.person_id, submission__in=[s.pk for s in page]
        ).values_list("submission_id", flat=True))  # fmt: skip
    rows = [
        {"submission": s, "writes": s.made_by_id == me.pk or s.pk in leads, "next": next_step(s)}
        for s in page
    ]
    return render(request, "calls/mine.html", {"page": page, "rows": rows})


@require_safe
def mine_export(request: HttpRequest) -> HttpResponse:
    """The same as xlsx."""
    return attachment(own_table(_own(request)), "submissions.xlsx")


@require_safe
def organisations(request: HttpRequest) -> JsonResponse:
    """All organisations of the directory that exist today, by their words."""
    found = find_organisations(request.GET.get("q", "")[:100]).at(timezone.localdate())
    options = [
        {"value": o.code, "text": o.name, "hint": o.code} for o in found.order_by("path")[:40]
    ]
    return JsonResponse({"options": options}, json_dumps_params={"ensure_ascii": False})


def _own(request: HttpRequest) -> QuerySet[Submission]:
    found = own_submissions(account(request)).select_related("call__closure", "organisation")
    return found.defer("values").order_by("-saved_at")


def _standing(found: QuerySet[Call], stand: str) -> QuerySet[Call]:
    now = timezone.now()
    match stand:
        case "open":
            return found.filter(opens_at__lte=now, closes_at__gte=now, closure=None).order_by(
                "closes_at", "pk"
            )
        case "coming":
            return found.filter(opens_at__gt=now, closure=None).order_by("opens_at", "pk")
    return found.filter(Q(closes_at__lt=now) | Q(closure__isnull=False)).order_by(
        "-closes_at", "-pk"
    )
