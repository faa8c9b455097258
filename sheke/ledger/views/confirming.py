"""What waits for confirmation; confirming many; questions and their answers."""

from __future__ import annotations

import uuid
from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from sheke.core.errors import BadInput
from sheke.definitions.queries import record_types

from .. import listing
from ..confirming import actions, queries
from ..forms.confirming import ConfirmingForm
from ..models import Confirmation, Query, Record, RecordQuerySet
from .access import account, correctable_record, require, visible_record

MOST = 2000  # confirmed in one act


@require_http_methods(["GET", "POST"])
def confirmations(request: HttpRequest) -> HttpResponse:
    """GET: the list. POST: confirm the chosen `records`, or with `all` what the filter finds."""
    if not request.user.has_perm("ledger.confirm_something"):
        raise Http404
    form = ConfirmingForm(
        request.GET, account=account(request), types=record_types(),
        sort=request.GET.get("sort", ""),
    )  # fmt: skip
    if request.method == "POST":
        return _confirm(request, form)
    records = _records(form)
    context = {
        "form": form,
        "page": listing.page_of(records, request.GET.get("page")),
        "state": form.cleaned_data.get("state", ""),
        "questions": queries.open_queries(),
    }
    return render(request, "ledger/confirmations.html", context)


@require_POST
def withdrawal(request: HttpRequest, batch: uuid.UUID) -> HttpResponse:
    """Undo: the records of one act of confirming wait again."""
    mine = queries.confirmable_organisations(account(request)).values("pk")
    held = Confirmation.objects.filter(batch=batch, record__organisation__in=mine)
    if not held.exists():
        raise Http404
    count = actions.withdraw_confirmations(confirmations=held, by=account(request))
    text = ngettext(
        "%(n)s record waits for confirmation again.",
        "%(n)s records wait for confirmation again.",
        count,
    )
    messages.success(request, text % {"n": count})
    return _back(request, reverse("ledger:confirmations"))


@require_POST
def confirmation(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm one record."""
    record = visible_record(request, pk)
    require(request, "ledger.confirm_record", record)
    _told(request, actions.confirm_records(records=[record], by=account(request)))
    return _back(request, reverse("ledger:record", args=[pk]))


@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    record = visible_record(request, pk)
    require(request, "ledger.confirm_record", record)
    try:
        actions.ask_about(record=record, text=request.POST.get("text", ""), by=account(request))
    except BadInput as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Asked. The organisation was told."))
    return _back(request, reverse("ledger:record", args=[pk]))


@require_POST
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a question in words: by who acts for the reporting organisation."""
    query = get_object_or_404(Query.objects.select_related("record"), pk=pk)
    correctable_record(request, query.record_id)
    try:
        actions.answer_query(query=query, text=request.POST.get("text", ""), by=account(request))
    except BadInput as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Answered. The record waits for confirmation again."))
    return _back(request, reverse("ledger:record", args=[query.record_id]))


@require_POST
def query_withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    query = get_object_or_404(Query, pk=pk)
    record = visible_record(request, query.record_id)
    require(request, "ledger.confirm_record", record)
    try:
        actions.withdraw_query(query=query, by=account(request))
    except BadInput as error:
        messages.error(request, str(error))
    return _back(request, reverse("ledger:record", args=[record.pk]))


def _records(form: ConfirmingForm) -> RecordQuerySet:
    """What the filter finds of what the account may confirm, without the state “waiting” twice."""
    chosen = form.filter()
    mine = queries.confirmable_organisations(form.account).order_by().values("pk")
    records = Record.objects.filter(organisation__in=mine)
    if not chosen.state:
        records = records.filter(settled=None)
        chosen = replace(chosen, state="all")
    return chosen.apply(records)


def _confirm(request: HttpRequest, form: ConfirmingForm) -> HttpResponse:
    waiting = _records(form).filter(settled=None)
    if "all" in request.POST:
        chosen = waiting[:MOST]
    else:
        numbers = [
            int(n) for n in request.POST.getlist("records") if n.isdecimal() and len(n) < 18
        ][:MOST]
        chosen = waiting.filter(pk__in=numbers)
    _told(request, actions.confirm_records(records=chosen, by=account(request)))
    return redirect(request.get_full_path())


def _told(request: HttpRequest, made: list[Confirmation]) -> None:
    if not made:
        messages.info(request, _("Nothing was left to confirm."))
        return
    undo = reverse("ledger:confirmations_withdrawal", args=[made[0].batch])
    text = ngettext("%(n)s record confirmed.", "%(n)s records confirmed.", len(made))
    messages.success(request, text % {"n": len(made)}, extra_tags=f"undo:{undo}")


def _back(request: HttpRequest, url: str) -> HttpResponse:
    """To where the button was pressed."""
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    if ours and wanted.startswith("/"):  # a word alone would be looked up as the name of a page
        return redirect(wanted)
    return redirect(url)
