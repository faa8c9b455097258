"""For machines: OAI-PMH, the map of the site, what robots may read. No session, no cookie."""

from __future__ import annotations

from pathlib import Path

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from sheke.core.public import public_page

from ..harvesting import sitemap as maps
from ..harvesting.answers import Site, answer
from ..harvesting.protocol import Asked, OaiError, read
from ..links import site_root

XML = "text/xml; charset=utf-8"
SCHEMA = Path(maps.__file__).with_name("sheke.xsd")
KEPT = 300  # seconds
# What only those signed in reach: nothing to be found there.
CLOSED = ("sign-in", "accounts", "library/intake", "library/checks")


@csrf_exempt  # the standard wants POST, too; nothing is written
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def oai(request: HttpRequest) -> HttpResponse:
    """The harvesting interface, by GET and by POST."""
    given = request.POST if request.method == "POST" else request.GET
    asked: Asked | OaiError
    try:
        asked = read(given.lists())
    except OaiError as error:
        asked = error
    root = site_root(request)
    made = answer(Site(root, root + reverse("open:oai")), asked)
    return HttpResponse(made, content_type=XML)


@public_page
@login_not_required
@require_safe
def schema(_request: HttpRequest) -> HttpResponse:
    """The schema of the library's own format."""
    return _kept(HttpResponse(SCHEMA.read_bytes(), content_type=XML))


@public_page
@login_not_required
@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    return _kept(HttpResponse(maps.index(site_root(request)), content_type=XML))


@public_page
@login_not_required
@require_safe
def sitemap(request: HttpRequest, part: str, number: int) -> HttpResponse:
    """One part of the map."""
    found = maps.part_of(site_root(request), part, number)
    if found is None:
        raise Http404
    return _kept(HttpResponse(found, content_type=XML))


@public_page
@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Where there is nothing to find, and where the map is."""
    lines = ["User-agent: *", *(f"Disallow: /{path}/" for path in CLOSED), ""]
    lines.append(f"Sitemap: {site_root(request)}{reverse('open:sitemap')}")
    return _kept(HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8"))


def _kept(answer: HttpResponse) -> HttpResponse:
    patch_cache_control(answer, public=True, max_age=KEPT)
    return answer
