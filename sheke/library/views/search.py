"""The library's first page: search for everybody. Who is not signed in finds what is public."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from sheke.core.attachments import attachment
from sheke.core.errors import BadInput
from sheke.core.tables import write_xlsx

from ..actions import searching as actions
from ..index import search, suggest
from ..index.language import ask
from ..index.wanted import Wanted, address, parameters, wanted_in, wanted_of
from ..links import site_root
from ..models import SavedSearch
from ..searching import chips, facets, pages, sorts
from .access import account

PER_PAGE = 20
EXPORTED = 5000  # hits of one list


@login_not_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Hits with their facets; without a question everything that the reader may see, the newest first."""
    wanted = wanted_of(request.GET)
    nothing = not wanted.query and not wanted.filters and "sort" not in request.GET
    found = search(
        wanted.query, account=request.user, filters=wanted.filters,
        sort="newest" if nothing else wanted.sort, page=wanted.page, per_page=PER_PAGE, facets=True,
    )  # fmt: skip
    return render(request, "library/search.html", {
        "wanted": wanted, "found": found, "nothing": nothing,
        "facets": facets(found, wanted), "chips": chips(found, wanted), "sorts": sorts(wanted),
        "page": pages(found, wanted, PER_PAGE), "parameters": parameters(wanted, page="1"),
        "all": address(Wanted(wanted.query)),
    })  # fmt: skip


@login_not_required
@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """What the unfinished question may become."""
    found = suggest(request.GET.get("q", ""), account=request.user)
    return render(request, "library/search_suggestions.html", {
        "suggestions": [(one, address(Wanted(one.query))) for one in found],
    })  # fmt: skip


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The list of hits as a workbook, in the order of the page."""
    wanted = wanted_of(request.GET)
    found = search(
        wanted.query, account=request.user, filters=wanted.filters, sort=wanted.sort,
        per_page=EXPORTED, snippets=False,
    )  # fmt: skip
    columns = [_("Title"), _("What it is"), _("Authors"), _("Kind"), pgettext("work", "Date"), _("Level"),
               _("Appeared in"), _("Kept by"), _("Address")]  # fmt: skip
    widths = {columns[0]: 60, columns[2]: 24, columns[6]: 30, columns[7]: 24, columns[8]: 50}
    data = write_xlsx(columns, _rows(found, site_root(request)), title=_("Hits"), widths=widths)
    day = timezone.localdate().isoformat()
    return attachment(data, _("Library hits %(day)s.xlsx") % {"day": day})


def _rows(found: Any, root: str) -> Iterator[list[Any]]:
    from ..index import vocabulary

    for hit in found.hits:
        row, work = hit.row, hit.kind == "work"
        people = "、".join(one.name for one in row.contributions.all()) if work else ""
        yield [
            hit.title.text, str(vocabulary.TYPES[hit.kind]), people,
            row.get_kind_display() if hit.kind != "collection" else "", row.issued if work else "",
            row.get_level_display() if work else "", row.container if work else "",
            row.organisation.name, root + hit.url if hit.url else "",
        ]  # fmt: skip


@require_safe
def saved(request: HttpRequest) -> HttpResponse:
    """The searches that one keeps, and a form for what is on the page one came from."""
    wanted = wanted_of(request.GET)
    held = [(one, address(wanted_in(one)), _understood(one))
            for one in SavedSearch.objects.filter(account=account(request))]  # fmt: skip
    return render(request, "library/search_saved.html", {
        "held": held, "wanted": wanted, "parameters": parameters(wanted, page="1"),
        "understood": ask(wanted.query).text,
    })  # fmt: skip


def _understood(one: SavedSearch) -> str:
    return ask(one.query).text or one.query


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep what the address asks for, under a name."""
    wanted = wanted_of(request.GET)
    try:
        made = actions.save_search(
            wanted=wanted, name=request.POST.get("name", ""),
            alerts="alerts" in request.POST, by=account(request),
        )  # fmt: skip
        messages.success(request, _("“%(name)s” is kept.") % {"name": made.name})
    except BadInput as error:
        messages.error(request, str(error))
    return redirect("library:saved")


@require_POST
def alerts(request: HttpRequest, pk: int) -> HttpResponse:
    """Be told of what is new in a saved search, or no longer."""
    found = _own(request, pk)
    actions.set_alerts(search=found, alerts=request.POST.get("alerts") == "on", by=account(request))
    return redirect("library:saved")


@require_POST
def forget(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a search no longer."""
    found = _own(request, pk)
    actions.forget_search(search=found, by=account(request))
    messages.success(request, _("“%(name)s” is no longer kept.") % {"name": found.name})
    return redirect("library:saved")


def _own(request: HttpRequest, pk: int) -> SavedSearch:
    return get_object_or_404(SavedSearch, pk=pk, account=account(request))
