"""Pages of the intake: what was brought in and what became of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sheke.core.errors import BadInput
from sheke.core.jobs.queries import nobody_works

from ..actions.intake import (
    add_files,
    decide_item,
    drop_item,
    drop_same_files,
    repeat_item,
    start_intake,
)
from ..forms.intake import IntakeForm, brought
from ..intake.listing import read_list
from ..intake.steps import STEPS, position
from ..models import Batch, Item
from ..queries import kept_organisations
from ..trays import Tray, batches_of, counts_of, rows_of
from .access import account, keepers_only

PAGE = 50


@require_http_methods(["GET", "POST"])
def batches(request: HttpRequest) -> HttpResponse:
    """The batches of one's organisations; posted to, a new one begins."""
    keepers_only(request)
    if request.method == "POST":
        return _begun(request)
    page = Paginator(batches_of(account(request)), PAGE).get_page(request.GET.get("page"))
    return render(request, "library/intake/batches.html", {"page": page})


@require_safe
def new(request: HttpRequest) -> HttpResponse:
    """Choose files, or drop them here."""
    keepers_only(request)
    return render(request, "library/intake/new.html", {"form": _form(request)})


def _form(request: HttpRequest) -> IntakeForm:
    kept = kept_organisations(account(request)).order_by("path")
    mine = getattr(request, "organisation", None)
    return IntakeForm(
        request.POST or None, request.FILES or None, kept=kept, initial={"organisation": mine}
    )


def _begun(request: HttpRequest) -> HttpResponse:
    """A batch with what was sent; for a script that sends its files one by one, where to send them."""
    form = _form(request)
    later = request.headers.get("Accept") == "application/json"
    problems: list[Any] = []
    files = request.FILES.getlist("files")
    if form.is_valid():
        table = form.cleaned_data["table"]
        try:
            if not files and not later:
                raise BadInput(_("Choose at least one file."))
            given = read_list(table, table.name, [f.name or "?" for f in files]) if table else {}
            batch = start_intake(
                organisation=form.cleaned_data["organisation"], title=form.cleaned_data["title"],
                files=brought(files, given), by=account(request),
                way=Batch.Way.LIST if table else Batch.Way.UPLOAD,
            )  # fmt: skip
        except BadInput as error:
            form.add_error(None, str(error))
            problems = error.problems
        else:
            target = reverse("library:batch", args=[batch.pk])
            if later:
                send = reverse("library:batch_files", args=[batch.pk])
                return JsonResponse({"url": target, "send": send})
            return redirect(target)
    if later:
        return JsonResponse(
            {"error": " ".join(str(e) for es in form.errors.values() for e in es)}, status=422
        )
    return render(
        request, "library/intake/new.html", {"form": form, "problems": problems}, status=422
    )


@require_safe
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """A batch: how far it is, and its files by what became of them."""
    found = kept_batch(request, pk)
    counts = counts_of(found)
    chosen = request.GET.get("state", "")
    chosen = chosen if chosen in Item.State.values else ""
    page = Paginator(rows_of(found, chosen), PAGE).get_page(request.GET.get("page"))
    context = {
        "batch": found, "tray": Tray(counts), "page": page, "shown": chosen, "steps": STEPS,
        "idle": bool(counts.get(Item.State.WAITING)) and nobody_works(),
        "same": found.items.filter(state=Item.State.QUESTION, likeness=Item.Likeness.FILE).count(),
        "decisions": Item.Decision,
    }  # fmt: skip
    name = "_batch_state.html" if request.headers.get("HX-Target") == "batch" else "batch.html"
    return render(request, f"library/intake/{name}", context)


@require_POST
def batch_files(request: HttpRequest, pk: int) -> HttpResponse:
    """More files for a batch; a script gets what became of each."""
    found = kept_batch(request, pk)
    try:
        items = add_files(
            batch=found, files=brought(request.FILES.getlist("files"), {}), by=account(request)
        )
    except BadInput as error:
        items, text = [], str(error)
        if request.headers.get("Accept") == "application/json":
            return JsonResponse({"error": text}, status=422)
        messages.error(request, text)
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"files": [{"name": i.name, "reason": i.reason} for i in items]})
    return redirect("library:batch", pk)


@require_POST
def same_files(request: HttpRequest, pk: int) -> HttpResponse:
    """Drop all that are there already, byte for byte."""
    count = drop_same_files(batch=kept_batch(request, pk), by=account(request))
    text = ngettext("%(n)s file dropped.", "%(n)s files dropped.", count)
    messages.success(request, text % {"n": count})
    return redirect("library:batch", pk)


@require_safe
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """One file: every step that was taken, and what was found."""
    found = kept_item(request, pk)
    log = list(found.log.all())
    for entry in log:
        entry.label = STEPS[entry.step].label if entry.step in STEPS else entry.step  # type: ignore[attr-defined]
    return render(request, "library/intake/item.html", {
        "item": found, "log": log, "at": position(found.step), "steps": len(STEPS),
        "page": found.file.pages.order_by("number").first() if found.file else None,
    })  # fmt: skip


@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Do the file once more from the start."""
    return _done(
        request, kept_item(request, pk), lambda i: repeat_item(item=i, by=account(request))
    )


@require_POST
def dropping(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave the file out."""
    return _done(request, kept_item(request, pk), lambda i: drop_item(item=i, by=account(request)))


@require_POST
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """What becomes of a file whose like is there."""
    wanted = request.POST.get("decision", "")
    return _done(
        request, kept_item(request, pk),
        lambda i: decide_item(item=i, decision=wanted, by=account(request)),
    )  # fmt: skip


def _done(request: HttpRequest, found: Item, act: Any) -> HttpResponse:
    try:
        act(found)
    except BadInput as error:
        messages.error(request, str(error))
    back = reverse("library:batch", args=[found.batch_id])
    state = request.POST.get("state", "")
    return redirect(f"{back}?state={state}" if state in Item.State.values else back)


@require_safe
def thumbnail(request: HttpRequest, pk: int) -> FileResponse:
    """The small picture of the first page."""
    found = kept_item(request, pk)
    picture = found.file.thumbnail if found.file else None
    if picture is None:
        raise Http404
    answer = FileResponse(picture.file.open("rb"), content_type="image/webp")
    answer["Cache-Control"] = "private, max-age=86400"
    return answer


def kept_batch(request: HttpRequest, pk: int) -> Batch:
    """A batch of an organisation for which one keeps works, or 404."""
    kept = kept_organisations(account(request)).order_by().values("pk")
    found = Batch.objects.filter(organisation__in=kept)
    return get_object_or_404(found.select_related("organisation", "created_by__person"), pk=pk)


def kept_item(request: HttpRequest, pk: int) -> Item:
    kept = kept_organisations(account(request)).order_by().values("pk")
    found = Item.objects.filter(batch__organisation__in=kept)
    related = found.select_related(
        "batch__organisation", "file__work", "file__thumbnail", "twin__work"
    )
    return get_object_or_404(related, pk=pk)
