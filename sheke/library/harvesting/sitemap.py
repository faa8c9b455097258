"""The map of the site for search engines: addresses of public works, experts and collections."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Max, QuerySet
from django.urls import reverse
from lxml import etree

from ..models import Collection, Expert, Work
from .elements import root_element
from .protocol import stamp

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
SIZE = 2000  # numbers in one part, made in a fraction of a second; the format allows 50,000


@dataclass(frozen=True)
class Part:
    """One kind of pages. A page stands in the part of its number, so parts stay what they are."""

    public: Callable[[], QuerySet[Any]]
    changed: str
    address: Callable[[Any], str]
    read: tuple[str, ...]


PARTS = {
    "works": Part(
        Work.objects.public, "changed_at", lambda one: reverse("library:work", args=[one.pk]),
        ("pk", "changed_at"),
    ),
    "experts": Part(
        Expert.objects.public, "changed_at", lambda one: reverse("library:expert", args=[one.pk]),
        ("pk", "changed_at"),
    ),
    "collections": Part(
        Collection.objects.public, "published_at",
        lambda one: reverse("library:collection", args=[one.slug]), ("slug", "published_at"),
    ),
}  # fmt: skip


def index(root: str) -> bytes:
    """The parts that hold anything. Three queries."""
    found: list[tuple[str, datetime]] = []
    for name, part in PARTS.items():
        numbers = part.public().order_by().annotate(part=F("pk") / SIZE).values("part")
        for row in numbers.annotate(last=Max(part.changed)).order_by("part"):
            address = reverse("open:sitemap_part", args=[name, row["part"]])
            found.append((root + address, row["last"]))
    return _document("sitemapindex", "sitemap", found)


def part_of(root: str, name: str, number: int) -> bytes | None:
    """One part; None where there is no such. One query."""
    part = PARTS.get(name)
    if part is None or number > 2**31:
        return None
    low = number * SIZE
    rows = part.public().filter(pk__gte=low, pk__lt=low + SIZE).order_by("pk").only(*part.read)
    found = [(root + part.address(one), getattr(one, part.changed)) for one in rows.iterator()]
    return _document("urlset", "url", found) if found else None


def _document(tag: str, each: str, rows: Iterable[tuple[str, datetime]]) -> bytes:
    whole = root_element(NAMESPACE, tag)
    for address, changed in rows:
        one = etree.SubElement(whole, f"{{{NAMESPACE}}}{each}")
        etree.SubElement(one, f"{{{NAMESPACE}}}loc").text = address
        etree.SubElement(one, f"{{{NAMESPACE}}}lastmod").text = stamp(changed)
    return etree.tostring(whole, xml_declaration=True, encoding="UTF-8")
