"""Correcting a posted record: a revision with its reason, a reversal with its reason."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sheke.core.errors import BadInput

from .. import words
from ..actions import reverse_record, revise_record
from ..content import Draft
from ..forms import RecordForm
from ..forms.records import initial_of
from ..models import Record
from ..queries import draft_of
from .access import account, correctable_record

CHANGED = (
    "organisation", "happened_on", "ended_on", "title", "amounts", "attributes", "note", "heading",
    "cohosts", "supporters",
)  # fmt: skip


@require_http_methods(["GET", "POST"])
def revision(request: HttpRequest, pk: int) -> HttpResponse:
    record = correctable_record(request, pk)
    form = _form(request, record)
    if request.method == "POST" and form.is_valid() and form.draft:
        changes = {name: getattr(form.draft, name) for name in CHANGED}
        try:
            revise_record(
                record=record, reason=form.cleaned_data["reason"], by=account(request), **changes
            )
        except BadInput as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Revised: %(title)s") % {"title": form.draft.title})
            return redirect("ledger:record", pk)
    context = {"record": record, "form": form, "type": record.edition.record_type}
    return render(request, "ledger/revision.html", context, status=422 if form.errors else 200)


@require_POST
def difference(request: HttpRequest, pk: int) -> HttpResponse:
    """What the form as it stands would change."""
    record = correctable_record(request, pk)
    form = _form(request, record)
    form.fields["reason"].required = False
    form.is_valid()
    found = _differences(record, form.draft) if form.draft else None
    return render(request, "ledger/difference.html", {"differences": found})


@require_POST
def reversal(request: HttpRequest, pk: int) -> HttpResponse:
    record = correctable_record(request, pk)
    try:
        reverse_record(record=record, reason=request.POST.get("reason", ""), by=account(request))
    except BadInput as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Reversed: %(title)s") % {"title": record.title})
    return redirect("ledger:record", pk)


def _form(request: HttpRequest, record: Record) -> RecordForm:
    """With the edition that the record was posted under, which it keeps."""
    data = request.POST if request.method == "POST" else None
    initial = initial_of(draft_of(record))
    return RecordForm(
        data, initial=initial, edition=record.edition, account=account(request), revising=True
    )


def _differences(record: Record, draft: Draft) -> list[words.Difference]:
    contents = draft_of(record).content(), draft.content()
    return words.differences(record.edition.record_type, *contents, words.Names.of(contents))
