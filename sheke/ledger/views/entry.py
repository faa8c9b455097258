"""Entering records: choosing a type, the form, what looks like a duplicate."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import HttpResponseClientRedirect

from sheke.definitions.models import Edition
from sheke.definitions.queries import by_group, groups, record_types
from sheke.directory.models import Organisation

from .. import listing
from ..content import Draft
from ..evidence.actions import post_with_evidence
from ..forms import RecordForm
from ..forms.records import initial_of, new_initial
from ..models import Record
from ..queries import draft_of, likely_duplicates, recent_types
from .access import account, type_or_404, visible_record
from .held import Held, held_files

KEPT = ("happened_on", "organisation", "heading")  # what “post and next” carries over


@require_safe
def new(request: HttpRequest) -> HttpResponse:
    """Choose the type: the latest used first, then all by group.

    A day, an organisation and a plan item in the address are handed on to the form. `first` goes
    to the first type found: Enter in the search box.
    """
    editions = record_types()
    recent = [editions[key] for key in recent_types(account(request)) if key in editions]
    text = request.GET.get("q", "").strip()
    lists = by_group(editions, groups(), text)
    kept = {name: request.GET[name] for name in KEPT if request.GET.get(name)}
    if "first" in request.GET and text and lists:
        url = reverse("ledger:entry", args=[lists[0].editions[0].definition.key])
        url = f"{url}?{urlencode(kept)}" if kept else url
        return HttpResponseClientRedirect(url) if request.htmx else redirect(url)  # type: ignore[attr-defined]
    context = {"recent": recent, "lists": lists, "text": text, "kept": kept}
    return render(request, "ledger/new.html", context)


@require_http_methods(["GET", "POST"])
def entry(request: HttpRequest, key: str) -> HttpResponse:
    """The form of one type; GET may carry values, or `copy` the number of a record."""
    edition = type_or_404(key)
    form = _form(request, edition)
    if request.method != "POST":
        return _page(request, form, Held())
    held = held_files(request)
    for error in held.errors:
        form.add_error("evidence", error)
    if not form.is_valid() or form.draft is None:
        return _page(request, form, held, status=422)
    if "confirmed" not in request.POST and (alike := _duplicates(form.draft)):
        return _page(request, form, held, status=422, alike=alike)
    record = post_with_evidence(
        draft=form.draft, reason=form.cleaned_data["reason"], files=held.files,
        link=form.cleaned_data["link"], by=account(request),
    )  # fmt: skip
    messages.success(request, _("Posted: %(title)s") % {"title": record.title})
    if "next" in request.POST:
        kept = {name: request.POST[name] for name in KEPT if request.POST.get(name)}
        return redirect(f"{reverse('ledger:entry', args=[key])}?{urlencode(kept)}")
    return redirect("ledger:record", record.pk)


@require_safe
def duplicates(request: HttpRequest, key: str) -> HttpResponse:
    """What looks like the record being entered; asked for while one types."""
    edition = type_or_404(key)
    found = []
    day = _day(request.GET)
    title = request.GET.get("title", "").strip()
    code = request.GET.get("organisation", "")
    organisation = Organisation.objects.filter(code=code).first()
    if (
        day
        and title
        and organisation
        and account(request).has_perm("ledger.post_record", organisation)
    ):
        found = likely_duplicates(
            type_id=edition.definition_id, organisation=organisation, happened_on=day, title=title
        )
    return render(request, "ledger/duplicates.html", {"alike": found[:5]})


def _day(query: QueryDict) -> Any:
    try:
        return parse_date(query.get("happened_on", ""))
    except ValueError:
        return None


def _form(request: HttpRequest, edition: Edition) -> RecordForm:
    if request.method == "POST":
        return RecordForm(request.POST, request.FILES, edition=edition, account=account(request))
    initial = new_initial(request.organisation)  # type: ignore[attr-defined]
    if (copy := request.GET.get("copy", "")).isdecimal():
        initial = initial_of(draft_of(visible_record(request, int(copy)))) | {
            "happened_on": initial["happened_on"], "ended_on": None,
        }  # fmt: skip
    given = {name: value for name, value in request.GET.items() if name in RecordForm.base_fields}
    return RecordForm(initial=initial | given, edition=edition, account=account(request))


def _duplicates(draft: Draft) -> list[Record]:
    return likely_duplicates(
        type_id=draft.edition.definition_id, organisation=draft.organisation,
        happened_on=draft.happened_on, title=draft.title,
    )[:5]  # fmt: skip


def _page(
    request: HttpRequest, form: RecordForm, held: Held, *, status: int = 200,
    alike: list[Record] | None = None,
) -> HttpResponse:  # fmt: skip
    mine = Record.objects.filter(posted_by=account(request), type=form.edition.definition)
    latest = listing.in_order(list(mine.order_by("-id").values_list("pk", flat=True)[:5]))
    context = {
        "form": form,
        "type": form.edition.record_type,
        "held": held.tokens(),
        "alike": alike or [],
        "latest": latest,
    }
    return render(request, "ledger/entry.html", context, status=status)
