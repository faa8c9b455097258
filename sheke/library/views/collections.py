"""Pages of collections: their list, one as an exhibition, making and ordering it."""

from __future__ import annotations

import io

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sheke.core.errors import BadInput
from sheke.core.numerals import whole_number
from sheke.ledger.confirming.queries import office_organisations
from sheke.ledger.evidence.thumbnails import thumbnail

from ..actions import collections as actions
from ..exhibiting import exhibits_of, map_of, timeline_of
from ..forms.collections import CollectionForm, NewCollectionForm, PlacementForm
from ..index import search
from ..models import Collection, Placement, Work
from ..queries import collections_seen_by, works_seen_by
from ..search import hint
from .access import account, kept_collection, office_only, posted

PAGE = 50
OFFERED = 30  # works to choose from


@login_not_required
@require_safe
def collections(request: HttpRequest) -> HttpResponse:
    """Those that the reader may see."""
    public = Q(placements__work__in=Work.objects.public())
    found = collections_seen_by(request.user).annotate(count=Count("placements", filter=public))
    page = Paginator(found.order_by("title", "pk"), PAGE).get_page(request.GET.get("page"))
    office = request.user.has_perm("library.publish_something")
    return render(request, "library/collections.html", {"page": page, "office": office})


@login_not_required
@require_safe
def collection(request: HttpRequest, slug: str) -> HttpResponse:
    """One collection: introduction, works, timeline, map."""
    found = get_object_or_404(
        collections_seen_by(request.user).select_related("organisation", "cover"), slug=slug
    )
    exhibits = exhibits_of(found, request.user)
    return render(request, "library/collection.html", {
        "collection": found, "page": Paginator(exhibits, PAGE).get_page(request.GET.get("page")),
        "timeline": timeline_of(exhibits), "points": map_of(exhibits),
        "keeps": request.user.has_perm("library.publish", found.organisation),
    })  # fmt: skip


@login_not_required
@require_safe
def cover(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The picture of a collection."""
    found = get_object_or_404(collections_seen_by(request.user).select_related("cover"), slug=slug)
    if found.cover is None:
        raise Http404
    answer = FileResponse(io.BytesIO(thumbnail(found.cover)), content_type="image/webp")
    answer["Cache-Control"] = "private, max-age=300"
    return answer


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin a collection; from a search with its query."""
    office_only(request)
    kept = office_organisations(account(request)).order_by("path")
    initial = {
        "organisation": getattr(request, "organisation", None), "query": request.GET.get("query", "")[:500]
    }  # fmt: skip
    form = NewCollectionForm(**posted(request), kept=kept, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        picture = said.pop("cover")
        try:
            made = actions.create_collection(by=account(request), **said)
        except BadInput as error:
            form.add_error("slug", str(error))
        else:
            return _covered(request, made, picture) or redirect("library:collection", made.slug)
    context = {"form": form, "collection": None}
    return render(
        request, "library/collection_form.html", context, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Describe a collection; place works in it and order them."""
    found = kept_collection(request, slug)
    form = CollectionForm(**posted(request), initial={
        "title": found.title, "introduction": found.introduction, "query": found.query,
    })  # fmt: skip
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        picture = said.pop("cover")
        try:
            actions.describe_collection(
                collection=found, by=account(request), cover=picture,
                cover_name=picture.name if picture else "", **said,
            )  # fmt: skip
        except BadInput as error:
            form.add_error("cover", str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("library:collection_edit", slug)
    placed = found.placements.select_related("work")
    return render(request, "library/collection_form.html", {
        "form": form, "collection": found, "placed": placed,
    }, status=422 if form.errors else 200)  # fmt: skip


@require_safe
def candidates(request: HttpRequest, slug: str) -> HttpResponse:
    """Works that are not in the collection yet: what `q` finds, else the newest."""
    found = kept_collection(request, slug)
    query = request.GET.get("q", "")[:200]
    hits = search(
        query, account=request.user, filters={"type": ["work"]}, per_page=OFFERED, snippets=False,
        sort="relevance" if query else "newest",
    ).hits  # fmt: skip
    placed = set(found.placements.values_list("work", flat=True))
    options = [
        {"value": hit.row.pk, "text": hit.row.title, "hint": hint(hit.row)}
        for hit in hits if hit.row.pk not in placed
    ]  # fmt: skip
    return JsonResponse({"options": options}, json_dumps_params={"ensure_ascii": False})


@require_POST
def placements(request: HttpRequest, slug: str) -> HttpResponse:
    """Place works that were chosen."""
    found = kept_collection(request, slug)
    said = request.POST.getlist("work")
    numbers = [n for text in said if (n := whole_number(text)) is not None]
    works = list(works_seen_by(account(request)).filter(pk__in=numbers))
    try:
        count = actions.place_works(collection=found, works=works, by=account(request))
    except BadInput as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request, ngettext("%(n)s work placed.", "%(n)s works placed.", count) % {"n": count}
        )
    return redirect("library:collection_edit", slug)


@require_POST
def ordering(request: HttpRequest, slug: str) -> HttpResponse:
    """Put the works into the order that was posted."""
    found = kept_collection(request, slug)
    pairs = zip(request.POST.getlist("rank"), request.POST.getlist("work"), strict=False)
    ranked = sorted((whole_number(rank, 6) or 0, whole_number(work) or 0) for rank, work in pairs)
    actions.order_works(collection=found, numbers=[n for _rank, n in ranked], by=account(request))
    return redirect("library:collection_edit", slug)


@require_http_methods(["GET", "POST"])
def placement(request: HttpRequest, pk: int) -> HttpResponse:
    """A work's caption and its place on the map."""
    found = get_object_or_404(Placement.objects.select_related("collection", "work"), pk=pk)
    kept = kept_collection(request, found.collection.slug)
    form = PlacementForm(**posted(request), initial={
        "note": found.note, "longitude": found.longitude, "latitude": found.latitude,
    })  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            actions.describe_placement(placement=found, by=account(request), **form.cleaned_data)
        except BadInput as error:
            form.add_error(None, str(error))
        else:
            return redirect("library:collection_edit", kept.slug)
    context = {"form": form, "placement": found, "collection": kept}
    return render(request, "library/placement.html", context, status=422 if form.errors else 200)


@require_POST
def removal(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a work out of a collection."""
    found = get_object_or_404(Placement.objects.select_related("collection"), pk=pk)
    kept = kept_collection(request, found.collection.slug)
    actions.remove_work(placement=found, by=account(request))
    return redirect("library:collection_edit", kept.slug)


@require_POST
def publication(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the collection to everybody."""
    actions.publish_collection(collection=kept_collection(request, slug), by=account(request))
    return redirect("library:collection", slug)


@require_POST
def hiding(request: HttpRequest, slug: str) -> HttpResponse:
    """Show it no longer."""
    actions.hide_collection(collection=kept_collection(request, slug), by=account(request))
    return redirect("library:collection", slug)


def _covered(request: HttpRequest, made: Collection, picture: object) -> HttpResponse | None:
    """Keep the cover of a new collection; what is no picture is told on its page."""
    if picture is None:
        return None
    try:
        actions.describe_collection(
            collection=made, title=made.title, introduction=made.introduction, query=made.query,
            cover=picture, cover_name=getattr(picture, "name", ""), by=account(request),  # type: ignore[arg-type]
        )  # fmt: skip
    except BadInput as error:
        messages.error(request, str(error))
        return redirect("library:collection_edit", made.slug)
    return None
