"""Public pages come from memory: for everyone, until something public changes."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import ResolverMatch, reverse

from sheke.core.public import public_page
from sheke.site import page_cache, page_edition
from sheke.site.page_cache import PageCache


@pytest.fixture(autouse=True)
def minute(settings):
    settings.PAGE_CACHE_SECONDS = 60


@pytest.fixture
def clock(monkeypatch):
    now = [1000.0]
    monkeypatch.setattr(page_cache, "monotonic", lambda: now[0])
    return now


class Site:
    """A site of one view, behind the cache; counts how often the view is asked."""

    def __init__(self, view, **answer: object) -> None:
        self.asked, self.view, self.answer = 0, view, answer
        self.cache = PageCache(self.respond)

    def respond(self, request: HttpRequest) -> HttpResponse:
        self.asked += 1
        request.resolver_match = ResolverMatch(self.view, (), {}, route="p/")
        response = HttpResponse(f"page {self.asked}", status=self.answer.get("status", 200))
        response["X-Request-ID"] = "of-the-first"
        if self.answer.get("cookie"):
            response.set_cookie("a", "b")
        if vary := self.answer.get("vary"):
            response["Vary"] = vary
        return response

    def get(self, path: str = "/p/", **extra: str) -> HttpResponse:
        return self.cache(RequestFactory().get(path, **extra))


def plain(_request):
    """A view that is nobody's to keep."""


@public_page
def public(_request):
    """A view for everyone."""


def test_kept_for_a_while_and_without_the_first_ones_number(clock) -> None:
    site = Site(public)
    assert [site.get().content for _ in range(3)] == [b"page 1"] * 3
    assert "X-Request-ID" not in site.get()
    clock[0] += 61
    assert site.get().content == b"page 2"


@pytest.mark.parametrize(
    ("view", "answer"),
    [
        (plain, {}),
        (public, {"status": 404}),
        (public, {"cookie": True}),
        (public, {"vary": "Accept-Language, Cookie"}),
    ],
)
def test_what_may_not_be_kept(view, answer) -> None:
    site = Site(view, **answer)
    assert [site.get().content, site.get().content] == [b"page 1", b"page 2"]


def test_by_path_language_and_host_never_by_query() -> None:
    site = Site(public)
    english = {"HTTP_ACCEPT_LANGUAGE": "en"}
    for extra in ({}, english, {"HTTP_HOST": "other.test"}):
        site.get(**extra), site.get(**extra)
    assert site.asked == 3
    site.get("/p/?a=1"), site.get("/p/?a=1")
    assert site.asked == 5


def test_old_pages_make_room(monkeypatch) -> None:
    monkeypatch.setattr(page_cache, "LIMIT", 2)
    site = Site(public)
    for number in range(5):
        site.get(f"/p/{number}/")
    assert len(site.cache.pages) == 2


def test_a_change_is_seen_at_once_by_every_process(db, django_capture_on_commit_callbacks) -> None:
    one, other = Site(public), Site(public)
    one.get(), other.get()
    with django_capture_on_commit_callbacks(execute=True):
        page_edition.forget_pages()
    assert (one.get().content, other.get().content) == (b"page 2", b"page 2")


@pytest.mark.django_db
def test_the_page_of_codes_has_no_cookie_and_no_query_the_second_time(
    client: Client, django_assert_num_queries
) -> None:
    first = client.get(reverse("verify:form"))
    with django_assert_num_queries(0):
        second = client.get(reverse("verify:form"))
    assert second.content == first.content and not second.cookies
    assert second["Content-Security-Policy"] == first["Content-Security-Policy"]
