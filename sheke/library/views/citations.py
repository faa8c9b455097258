"""A list of references: of chosen works, of a collection, of an expert."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sheke.core.attachments import attachment
from sheke.core.numerals import whole_number

from ..citing.entries import entries_of, read_on
from ..citing.styles import STYLES, cite
from ..exhibiting import exhibits_of
from ..models import Work
from ..portrait import portrait_of
from ..queries import collections_seen_by, experts_seen_by, works_seen_by

MOST = 1000


@login_not_required
@require_safe
def citations(request: HttpRequest) -> HttpResponse:
    """The list in one form; with `download` as a file.

    `?work=3&work=7` in this order; `?collection=SLUG`; `?expert=7`. Only what the reader may see.
    """
    title, works = _listed(request)
    style = STYLES.get(request.GET.get("style", "") or "gbt-numeric")
    if style is None:
        raise Http404
    today = timezone.localdate()
    entries = [read_on(entry, today) for entry in entries_of(works[:MOST], request)]
    text = cite(entries, style.name)
    if "download" in request.GET:
        return attachment(text.encode(), f"sheke.{style.ending}", style.content_type)
    query = request.GET.copy()
    query.pop("style", None)
    return render(request, "library/citations.html", {
        "title": title, "style": style, "styles": STYLES.values(), "text": text.strip(), "count": len(entries),
        "lines": text.splitlines() if style.name.startswith("gbt") else [], "query": query.urlencode(),
    })  # fmt: skip


def _listed(request: HttpRequest) -> tuple[str, list[Work]]:
    """(of what, its works in their order)."""
    if slug := request.GET.get("collection", ""):
        collection = get_object_or_404(collections_seen_by(request.user), slug=slug)
        return collection.title, [each.work for each in exhibits_of(collection, request.user)]
    if (number := whole_number(request.GET.get("expert", ""))) is not None:
        seen = experts_seen_by(request.user).select_related("organisation")
        expert = get_object_or_404(seen, pk=number)
        whole = request.user.has_perm("library.describe_expert", expert)
        return expert.name, portrait_of(expert, request.user, whole=whole).works
    numbers = [n for said in request.GET.getlist("work") if (n := whole_number(said)) is not None]
    found = works_seen_by(request.user).in_bulk(numbers[:MOST])
    return _("Chosen works"), [found[n] for n in dict.fromkeys(numbers) if n in found]
