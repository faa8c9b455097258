"""The sections of the left rail. A section whose pages do not exist (yet), or that the reader may not
use, is left out."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Section:
    """`view` is the name of the section's first page, `keys` the hotkey that leads there; what is
    `handy` stands at the bottom of a phone.
    """

    label: str | Promise
    icon: str
    view: str
    keys: str
    administrators: bool = False
    handy: bool = False


@dataclass(frozen=True)
class Link:
    section: Section
    url: str
    current: bool


SECTIONS = (
    Section(_("Workbench"), "layout-dashboard", "site:home", "g h", handy=True),
    Section(_("Work points"), "list-tree", "plans:index", "g p"),
    Section(_("My duties"), "clipboard-check", "plans:my_duties", "g u", handy=True),
    Section(_("Ledger"), "notebook-pen", "ledger:index", "g l", handy=True),
    Section(_("Data returns"), "inbox", "returns:index", "g n", handy=True),
    Section(_("Calls"), "stamp", "calls:index", "g c"),
    Section(_("Library"), "library", "library:index", "g b"),
    Section(_("Indicators"), "chart-column", "indicators:index", "g i"),
    Section(_("Reports"), "file-check", "reports:index", "g r"),
    Section(_("Templates"), "text-cursor-input", "reports:templates", "g t"),
    Section(_("Meetings"), "messages-square", "meetings:index", "g m"),
    Section(_("Organisations"), "network", "directory:index", "g o"),
    Section(_("Definitions"), "book-open", "definitions:index", "g d"),
    Section(_("Administration"), "settings", "site:administration", "g a", administrators=True),
)


def links(request: HttpRequest) -> list[Link]:
    """The rail's links; the one with the longest address that begins the request's is current."""
    urls: list[tuple[Section, str]] = []
    for section in SECTIONS:
        if section.administrators and not _administers(request):
            continue
        try:
            urls.append((section, reverse(section.view)))
        except NoReverseMatch:
            continue
    here = max(
        (url for _section, url in urls if url == request.path or _below(request.path, url)),
        key=len,
        default="",
    )
    return [Link(section, url, url == here) for section, url in urls]


def _below(path: str, url: str) -> bool:
    return url != "/" and path.startswith(url)


def _administers(request: HttpRequest) -> bool:
    """Of the organisation one acts for; read with it, so that the rail asks nothing by itself."""
    organisation = getattr(request, "organisation", None)
    return bool(request.user.is_superuser or getattr(organisation, "administered", False))
