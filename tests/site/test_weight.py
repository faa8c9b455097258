"""A page weighs under 150 kB as it comes over the wire: compressed, with everything it links to.

What is compressed: the page itself, its styles with what they import, its scripts with what they
import, the icons. Charts are the exception: their library comes only when one is drawn.
"""

from __future__ import annotations

import gzip
import re
from functools import cache
from pathlib import Path
from urllib.parse import urldefrag, urljoin

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse
from lxml import html

from tests.site.access import rows
from tests.site.tenants import tenants
from tests.site.tenants.made import ROLES

pytestmark = [pytest.mark.django_db, pytest.mark.walk]
MOST = 150_000
IMPORTS = re.compile(
    r"""^(?:@import url\(|import (?:[^"'\n]* from )?|export [^"'\n]* from |\} from )["']([^"']+)["']""",
    re.M,
)


@cache
def linked(url: str) -> frozenset[str]:
    """The address of a file with those of all that it imports."""
    found = {url}
    if url.endswith((".css", ".js")):
        for name in IMPORTS.findall(static_file(url).read_text()):
            found |= linked(urljoin(url, name))
    return frozenset(found)


@cache
def weight(url: str) -> int:
    return len(gzip.compress(static_file(url).read_bytes(), 6))


def static_file(url: str) -> Path:
    found = finders.find(url.removeprefix("/static/"))
    assert isinstance(found, str), url
    return Path(found)


def page_weight(content: bytes) -> int:
    page = html.fromstring(content)
    urls = page.xpath("//link[@rel!='icon']/@href|//script/@src|//use/@href|//body/@data-icons")
    wanted = {urldefrag(url).url for url in urls if url.startswith("/static/")}
    files = {one for url in wanted for one in linked(url)}
    return len(gzip.compress(content, 6)) + sum(weight(file) for file in files)


def test_no_page_is_heavy() -> None:
    world = tenants()
    heavy, light = [], 0
    for name, (parts, get, _post) in rows().items():
        if 200 not in get or name.startswith("api:api-"):
            continue
        role = "administrator" if get[-1] == 200 else ROLES[get.index(200)]
        answer = world.client(role).get(reverse(name, args=[world.objects[part] for part in parts]))
        if answer["Content-Type"].startswith("text/html") and b"<html" in answer.content:
            found = page_weight(answer.content)
            light += found < MOST
            heavy += [(name, found)] if found >= MOST else []
    assert heavy == []
    assert light > 60  # it did look at pages
