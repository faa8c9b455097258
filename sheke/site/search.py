"""One box over everything that one may see: the page, and the palette behind Ctrl/⌘ K."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import cast

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sheke.core.databases import is_read_only
from sheke.core.numerals import whole_number
from sheke.core.search.finding import Group, find
from sheke.core.search.following import AT_ONCE, catch_up, is_built
from sheke.core.search.sources import SOURCES
from sheke.directory.models import Account

from .nav import Link, links

LONGEST = 200  # characters of a question
IN_PALETTE, OF_ALL, OF_ONE = 4, 5, 20  # rows shown of each kind


@dataclass(frozen=True)
class Search:
    """A question and what was found."""

    text: str
    kind: str
    page: int
    groups: list[Group]
    places: list[Link]
    ready: bool

    @property
    def more(self) -> bool:
        return bool(self.kind) and any(group.more for group in self.groups)


def search(request: HttpRequest) -> HttpResponse:
    """The page with the hits of every kind, or those of one kind with pages."""
    asked = ask(request, OF_ALL)
    return render(request, "site/search.html", {"search": asked, "sources": SOURCES.values()})


def palette(request: HttpRequest) -> HttpResponse:
    """The palette's rows: places of the site by their names, then hits."""
    return render(request, "site/palette.html", {"search": ask(request, IN_PALETTE)})


def ask(request: HttpRequest, shown: int) -> Search:
    text = request.GET.get("q", "")[:LONGEST].strip()
    kind = request.GET.get("kind", "")
    kind = kind if kind in SOURCES else ""
    page = min(max(whole_number(request.GET.get("page", ""), digits=5) or 1, 1), 500)
    limit = OF_ONE if kind else shown
    groups = []
    if text:
        _catch_up()
        account = cast(Account, request.user)
        groups = find(account, text, kind=kind, limit=limit, offset=(page - 1) * limit)
    return Search(text, kind, page, groups, _places(request, text), is_built())


def _places(request: HttpRequest, text: str) -> list[Link]:
    wanted = text.casefold()
    return [link for link in links(request) if wanted in str(link.section.label).casefold()]


def _catch_up() -> None:
    """What was written a moment ago is found at once; a busy database may let it wait."""
    if not is_read_only():
        with suppress(OperationalError):
            catch_up(limit=AT_ONCE)
