"""What hangs on a work: who may read its files, who took it up, whose profile an author has."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from sheke.core.errors import BadInput

from .. import actions
from ..forms.works import AdoptionForm, FileForm
from ..models import Adoption, File
from .access import account, kept_work, posted, published_work


@require_http_methods(["GET", "POST"])
def file_access(request: HttpRequest, pk: int) -> HttpResponse:
    """Say who may read a file, by which right, from when on."""
    file = get_object_or_404(File.objects.exclude(work=None).select_related("work"), pk=pk)
    work = kept_work(request, file.work_id or 0)
    form = FileForm(**posted(request), initial={
        "access": file.access, "rights": file.rights, "embargo_until": file.embargo_until,
    })  # fmt: skip
    if request.method == "POST" and form.is_valid():
        actions.set_file_access(file=file, by=account(request), **form.cleaned_data)
        messages.success(request, _("Saved."))
        return _go(request, work.pk)
    return render(
        request, "library/part_form.html",
        {"form": form, "work": work, "title": file.name, "button": _("Save")},
        status=422 if form.errors else 200,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def adoption(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down that the work was taken up; it counts in the ledger at once."""
    work = published_work(request, pk)
    form = AdoptionForm(**posted(request))
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        file = said.pop("file")
        try:
            actions.add_adoption(work=work, by=account(request), file=file, name=file.name, **said)
        except BadInput as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The adoption stands in the ledger."))
            return _go(request, pk)
    return render(
        request, "library/part_form.html",
        {"form": form, "work": work, "title": _("Taken up"), "button": _("Save"), "files": True},
        status=422 if form.errors else 200,
    )  # fmt: skip


@require_POST
def adoption_withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an adoption back that was a mistake."""
    found = get_object_or_404(Adoption, pk=pk)
    work = published_work(request, found.work_id)
    try:
        actions.withdraw_adoption(
            adoption=found, reason=request.POST.get("reason", ""), by=account(request)
        )
    except BadInput as error:
        messages.error(request, str(error))
    return redirect("library:work_edit", work.pk)


def _go(request: HttpRequest, pk: int) -> HttpResponse:
    """Back to the work; a form in a drawer leaves it with the whole window."""
    url = reverse("library:work_edit", args=[pk])
    if getattr(request, "htmx", False):
        return HttpResponseClientRedirect(url)
    return redirect(url)
