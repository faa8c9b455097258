"""`/id/<name>`: where a lasting link leads, and what is left when it leads nowhere any more."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from ..citing.styles import STYLES, Style
from ..links import is_whole, path_of, read_name
from ..models import Expert, PersistentLink, Work

LINKED = ("work__organisation", "expert", "collection")


@login_not_required
@require_safe
def link(request: HttpRequest, name: str) -> HttpResponse:
    """302 to the page, or to the form of citation that the ending or the browser asks for.

    404 for a name that was never given, 410 for what was public and is no more.
    """
    bare, _dot, ending = name.partition(".")
    kept = read_name(bare)
    found = PersistentLink.objects.select_related(*LINKED).filter(name=kept).first()
    if found is None:
        return _unknown(request, kept)
    if kept != bare:
        return redirect(path_of(f"{kept}.{ending}" if ending else kept), permanent=True)
    if found.work is not None:
        return _to_work(request, found.work, ending)
    if ending:
        return _unknown(request, kept)
    return _to_expert(request, found.expert) if found.expert else _to_collection(request, found)


def _to_work(request: HttpRequest, work: Work, ending: str) -> HttpResponse:
    if not work.is_public:
        return tombstone(request, work=work)
    by_ending = {style.ending: style for style in STYLES.values()}
    if ending and ending not in by_ending:
        return _unknown(request, "")
    style = by_ending[ending] if ending else _wanted(request)
    url = (
        reverse("library:citation", args=[work.pk, style.name])
        if style
        else reverse("library:work", args=[work.pk])
    )
    answer = redirect(url)
    patch_vary_headers(answer, ["Accept"])
    return answer


def _wanted(request: HttpRequest) -> Style | None:
    """The form that the request prefers to a page; None for browsers, which want a page."""
    offered = {"text/html": None} | {style.media_type: style for style in STYLES.values()}
    offered["text/x-bibliography"] = STYLES["gbt-numeric"]
    offered["application/json"] = STYLES["csl-json"]
    for media_type in ("text/plain", "application/xml"):  # asked for by tools that want anything
        offered.pop(media_type, None)
    best = request.get_preferred_type(list(offered))
    return offered.get(best) if best else None


def _to_expert(request: HttpRequest, expert: Expert) -> HttpResponse:
    """A profile that was merged leads to the one that was kept."""
    seen = {expert.pk}
    while expert.merged_into is not None and expert.merged_into_id not in seen:
        expert = expert.merged_into
        seen.add(expert.pk)
    if not expert.is_public:
        return _gone(request, "expert")
    return redirect("library:expert", expert.pk)


def _to_collection(request: HttpRequest, found: PersistentLink) -> HttpResponse:
    if found.collection is None or found.collection.published_at is None:
        return _gone(request, "collection")
    return redirect("library:collection", found.collection.slug)


def tombstone(request: HttpRequest, *, work: Work) -> HttpResponse:
    """What a work was that is no longer public: its title, when and why it was taken back.

    A work that was never public is not told of.
    """
    if work.withdrawn_at is None:
        return _unknown(request, "")
    return _gone(request, "work", work=work, link=getattr(work, "link", None))


def _gone(request: HttpRequest, kind: str, **context: Any) -> HttpResponse:
    """Of people and collections nothing is said but that they are no longer shown."""
    return render(request, "library/gone.html", context | {"kind": kind}, status=410)


def _unknown(request: HttpRequest, name: str) -> HttpResponse:
    """A name whose check character does not fit was typed or copied wrongly."""
    context = {"mistyped": bool(name) and not is_whole(name)}
    return render(request, "library/unknown_link.html", context, status=404)
