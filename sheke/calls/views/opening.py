"""Opening a call, changing what it says, its guide, its files, announcing and closing it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sheke.core.errors import BadInput
from sheke.definitions.models import Definition, Edition
from sheke.definitions.queries import current_editions
from sheke.directory.models import Organisation, path_range
from sheke.directory.queries import acting_organisations

from ..actions import calls as actions
from ..actions.quotas import set_quotas
from ..forms.opening import CallForm, OpeningForm, call_initial, opening_initial
from ..models import Call, CallFile
from ..queries import visible_calls
from ..tables import topics_as_text, topics_in_table, topics_in_text
from .access import account, office_only, own_call


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Choose a programme; then open a call of its current edition."""
    office_only(request)
    editions = current_editions(Definition.Kind.PROGRAMME)
    edition = editions.get(request.POST.get("programme") or request.GET.get("programme", ""))
    if edition is None:
        status = 422 if request.method == "POST" else 200
        return render(request, "calls/choose.html", {"editions": editions.values()}, status=status)
    form = _form(request, edition)
    if request.method == "POST" and form.is_valid():
        if not request.user.has_perm("calls.call_for", form.cleaned_data["organisation"]):
            raise PermissionDenied(_("You do not work for this organisation's office."))
        try:
            made = _open(request, edition, form)
        except BadInput as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The call is in preparation. Nobody else sees it yet."))
            return redirect("calls:office", made.pk)
    context = {"form": form, "edition": edition, "programme": edition.programme}
    return render(request, "calls/new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change title, dates, announcement, people; with a reason once it is announced."""
    call = own_call(request, pk)
    me = account(request)
    form = CallForm(request.POST or None, account=me, initial=call_initial(call))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        changes = {name: given[name] for name in actions.CHANGEABLE}
        try:
            actions.change_call(call=call, changes=changes, reason=given["reason"], by=me)
            actions.put_in_charge(call=call, people=given["people"], by=me)
        except BadInput as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("calls:office", pk)
    wrong = request.method == "POST"
    context = {"form": form, "call": call}
    return render(request, "calls/edit.html", context, status=422 if wrong else 200)


@require_http_methods(["GET", "POST"])
def topics(request: HttpRequest, pk: int) -> HttpResponse:
    """The topic guide: pasted or from a sheet."""
    call = own_call(request, pk)
    text, error = topics_as_text(call), ""
    if request.method == "POST":
        text = request.POST.get("topics", "")
        file = request.FILES.get("file")
        try:
            lines = (
                topics_in_table(file, file.name or "table")  # type: ignore[arg-type]
                if file else topics_in_text(text)
            )  # fmt: skip
            actions.set_topics(
                call=call, topics=lines, reason=request.POST.get("reason", ""), by=account(request)
            )
        except BadInput as wrong:
            error = str(wrong)
        else:
            messages.success(request, _("The guide is saved."))
            return redirect("calls:office", pk)
    context = {"call": call, "text": text, "error": error}
    return render(request, "calls/topics.html", context, status=422 if error else 200)


@require_POST
def files(request: HttpRequest, pk: int) -> HttpResponse:
    """Add files to the announcement."""
    call = own_call(request, pk)
    try:
        _add_files(request, call, request.FILES.getlist("files"))
    except BadInput as error:
        messages.error(request, str(error))
    return redirect("calls:office", pk)


@require_POST
def file_removal(request: HttpRequest, pk: int) -> HttpResponse:
    file = get_object_or_404(CallFile.objects.select_related("call"), pk=pk)
    call = own_call(request, file.call_id)
    try:
        actions.remove_file(file=file, by=account(request))
    except BadInput as error:
        messages.error(request, str(error))
    return redirect("calls:office", call.pk)


@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A file of the announcement, for everyone who sees the call."""
    seen = visible_calls(account(request)).order_by().values("pk")
    found = get_object_or_404(CallFile.objects.select_related("stored"), pk=pk, call__in=seen)
    answer = FileResponse(found.stored.file.open("rb"), as_attachment=True, filename=found.name)
    answer["Content-Type"] = found.stored.content_type
    return answer


@require_POST
def announcement(request: HttpRequest, pk: int) -> HttpResponse:
    call = own_call(request, pk)
    try:
        actions.announce_call(call=call, by=account(request))
    except BadInput as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Announced; the organisations were told."))
    return redirect("calls:office", pk)


@require_POST
def closure(request: HttpRequest, pk: int) -> HttpResponse:
    call = own_call(request, pk)
    try:
        actions.close_call(call=call, reason=request.POST.get("reason", ""), by=account(request))
    except BadInput as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The call is closed."))
    return redirect("calls:office", pk)


def _form(request: HttpRequest, edition: Edition) -> OpeningForm:
    me = account(request)
    if request.method == "POST":
        return OpeningForm(request.POST, request.FILES, account=me, edition=edition)
    here = request.organisation or acting_organisations(me).first()  # type: ignore[attr-defined]
    initial = opening_initial(edition, here, me)
    return OpeningForm(initial=initial, account=me, edition=edition)


def _open(request: HttpRequest, edition: Edition, form: OpeningForm) -> Call:
    given, me = form.cleaned_data, account(request)
    made = actions.open_call(
        edition=edition, organisation=given["organisation"], title=given["title"],
        year=given["year"], opens_at=given["opens_at"], closes_at=given["closes_at"],
        about=given["about"], budget=given["budget"], people=given["people"],
        topics=given["topics"], by=me,
    )  # fmt: skip
    if given.get("kinds") and given.get("places"):
        low, high = path_range(made.organisation.path)
        below = Organisation.objects.filter(
            path__gt=low, path__lt=high, kind__in=given["kinds"]
        ).at(timezone.localdate())
        set_quotas(call=made, places=dict.fromkeys(below, given["places"]), by=me)
    try:
        _add_files(request, made, given["attachments"])
    except BadInput as error:  # the call stands; the file is added again on its page
        messages.warning(request, str(error))
    return made


def _add_files(request: HttpRequest, call: Call, uploads: list[Any]) -> None:
    for upload in uploads:
        actions.add_file(call=call, file=upload, name=upload.name or "file", by=account(request))
