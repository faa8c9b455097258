"""Every address of the site, asked by everyone; and numbers of others smuggled into forms."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.site.access import PUBLIC, rows
from tests.site.tenants import tenants
from tests.site.tenants.made import ROLES, Tenants

pytestmark = [pytest.mark.django_db, pytest.mark.walk]
# What signing in, preferences and messages keep by themselves.
SESSIONS = re.compile(r'^(INSERT INTO|UPDATE|DELETE FROM) "(?!django_session)')


def names(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from names(pattern.url_patterns, inner)
        elif pattern.name:
            yield f"{space}{pattern.name}"


class Undone(Exception):
    """Takes back what a request wrote."""


def ask(client: Client, method: str, url: str, data: object = None) -> HttpResponse:
    """The answer; what it wrote is taken back, and the browser stays as it was."""
    cookies = client.cookies.copy()
    answer: HttpResponse
    try:
        with transaction.atomic():
            answer = getattr(client, method)(url, data or {})
            raise Undone
    except Undone:
        client.cookies = cookies
        return answer


def address(world: Tenants, name: str, parts: list[str]) -> str:
    return reverse(name, args=[world.objects[part] for part in parts])


def test_every_address_has_a_row() -> None:
    assert set(rows()) == set(names(get_resolver().url_patterns))


@pytest.mark.parametrize("role", ROLES)
def test_everyone_gets_what_the_table_says(role: str) -> None:
    world = tenants()
    client = world.client(role)
    place = ROLES.index(role)
    wrong = []
    for name, (parts, *methods) in rows().items():
        url = address(world, name, parts)
        for method, expected in zip(("get", "post"), methods, strict=True):
            answer = ask(client, method, url)
            if answer.status_code != expected[place]:
                wrong.append((name, method, answer.status_code, expected[place]))
            wrong += [(name, method, fault) for fault in header_faults(answer)]
    assert not wrong, str(wrong)


def header_faults(answer: HttpResponse) -> list[str]:
    """Every answer, also a refusal and a file, says what the browser may do with it."""
    faults = []
    policy = answer.headers.get("Content-Security-Policy", "")
    if "default-src" not in policy or "unsafe" in policy:
        faults.append(f"policy {policy!r}")
    if answer.headers.get("X-Content-Type-Options") != "nosniff":
        faults.append("the type may be guessed")
    if answer.headers.get("X-Frame-Options") != "DENY":
        faults.append("may be framed")
    kind = answer.headers.get("Content-Type", "").partition(";")[0]
    shown = {"", "text/html", "application/json", "image/webp", "text/plain", "text/xml"}
    if kind not in shown and not answer.headers.get("Content-Disposition", "").startswith("attach"):
        faults.append(f"{kind} is not an attachment")
    return faults


def test_who_is_not_signed_in_is_led_to_the_sign_in_page() -> None:
    world, client = tenants(), Client()
    door = reverse("site:sign_in")
    for name, (parts, *_answers) in rows().items():
        url = address(world, name, parts)
        for method in ("get", "post"):
            answer = ask(client, method, url)
            led = answer.status_code == 302 and answer["Location"].startswith(door)
            assert led or name in PUBLIC, (name, method)
            assert not led or name in {*set(rows()) - PUBLIC, "site:sign_out"}, (name, method)


def test_reading_writes_nothing() -> None:
    """Every GET of the one who may read everything, without one write to the database."""
    world = tenants()
    client = world.client("secretary_b")
    for name, (parts, *_answers) in rows().items():
        url = address(world, name, parts)
        with CaptureQueriesContext(connection) as asked:
            ask(client, "get", url)
        writes = [q["sql"][:80] for q in asked if SESSIONS.match(q["sql"])]
        assert writes == [], name


def test_a_form_without_its_token_is_refused_everywhere() -> None:
    world = tenants()
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.accounts["administrator"])
    for name, (parts, _get, post) in rows().items():
        # A token is asked for there; and harvesters may ask by POST, which writes nothing.
        with_token = name.startswith("api:api-1:") or name == "open:oai"
        if 405 not in post and name != "site:design" and not with_token:
            assert client.post(address(world, name, parts)).status_code == 403, name
