"""Odd addresses and empty or odd forms: everywhere an answer, nowhere a fault of ours."""

from __future__ import annotations

from itertools import cycle, product

import pytest
from django.db import connection
from django.test import Client
from django.urls import NoReverseMatch, reverse

from tests.site.access import rows
from tests.site.tenants import tenants
from tests.site.tenants.made import Tenants
from tests.site.test_access import address, ask

pytestmark = pytest.mark.django_db

HUGE = "9" * 20
# Every parameter that a page of ours reads, and some that none does.
PARAMETERS = (
    "q", "page", "sort", "period", "first", "last", "first_day", "last_day", "type", "organisation",
    "heading", "state", "text", "scope", "title", "happened_on", "slot", "open", "edition",
    "a", "b", "template", "layout", "number", "code", "parent", "kind", "ended", "role",
    "accounts", "empty", "own", "kinds", "next", "at", "after", "before", "words", "start", "end",
    "key", "choice", "wording", "figures", "previous", "year", "span", "reason", "note", "phrase",
    "link", "held", "value", "indicator", "comparison", "due", "since", "until", "last_day", "name",
    "username", "person", "post", "types", "aggregate", "where-0-field", "where-0-op", "measure",
    "where-0-value", "of-0-field", "add", "remove", "add_type", "factor", "places", "unit_zh",
    "name_zh", "part-attendance", "part-hours", "part-level", "cohosts", "language", "old_password",
    "new_password1", "new_password2", "list", "skip", "years", "magnitude", "rounding", "suffix",
    # signing in, invitations, second factors, tokens
    "password", "identifier", "phone", "mail", "channel", "credential", "action", "tenure",
    "expires_on", "writes", "state", "process", "scope",
    # returns, meetings, duties, notices, boards, my data
    "form", "due_on", "remind", "due_days", "audience", "kinds", "below", "codes", "organisations",
    "asked", "all", "question", "revision", "people", "wrong-people", "remark-people", "compare",
    "sort", "only", "starts_at", "ends_at", "place", "quorum", "part", "presenter", "item", "minutes",
    "decision", "agenda", "lead", "supporters", "as_new", "plan", "position", "percent", "done",
    "presence-9", "presence-x", "mention", "show", "stay", "address", "secret", "digest_at",
    "digest_on", "quiet_from", "quiet_until", "records", "organisation", "audience", "phone",
    "email", "confirmation", "task", "copy", "folder", "label", "term", "members", "chosen",
)  # fmt: skip
LONGEST = "9" * 5000  # more digits than Python reads
TELLING = (HUGE, LONGEST, "2025-02-30")
ODD = (
    "abc", "1e999", "<script>alert(1)</script>", "-1", f"-{HUGE}", "0000-00-00", "99999-01-01", "NaN", "%", "'\"--", "\\", "{{7*7}}", "²", "٣",
    "\ud7ff\U0010ffff", "true", "=1+1", "../../etc/passwd", "a" * 3000, "[]", "%s %(a)s", " ",
    "\r\nX: y",
)  # fmt: skip


@pytest.fixture
def world() -> Tenants:
    return tenants()


@pytest.fixture
def client(world: Tenants) -> Client:
    """The administrator, who gets furthest; a fault is an answer here, not an exception."""
    client = world.client("administrator")
    client.raise_request_exception = False
    return client


NAMING = (
    ("definitions:indicator_new", "copy"), ("definitions:record_type_new", "copy"),
    ("ledger:entry", "copy"), ("reports:comparison", "other"), ("reports:new", "template"),
)  # fmt: skip


def odd(value: str) -> dict[str, str]:
    return dict.fromkeys(PARAMETERS, value)


def dealt() -> list[tuple[str, list[str], list[str]]]:
    """Every address with two values in turn, and its own methods.

    What a database minds differs: PostgreSQL starts elsewhere, so that both runs together try more.
    """
    telling, others = cycle(TELLING), cycle(ODD)
    if connection.vendor == "postgresql":
        next(telling), next(others)
    found = []
    for name, (_parts, get, post) in rows().items():
        methods = [m for m, answers in (("get", get), ("post", post)) if 405 not in answers]
        found.append((name, methods, [next(telling), next(others)]))
    return found


def fails(client: Client, method: str, url: str, data: dict[str, str]) -> bool:
    return ask(client, method, url, data).status_code >= 500


def test_no_parameter_makes_a_page_fail(world: Tenants, client: Client) -> None:
    failed = []
    for name, methods, values in dealt():
        url = address(world, name, rows()[name][0])
        for value in values:
            failed += [(name, m, value) for m in methods if fails(client, m, url, odd(value))]
    assert failed == []


def test_nothing_that_is_named_needs_to_be_there(world: Tenants, client: Client) -> None:
    """These lead to “not found” before the rest of an address is looked at."""
    for (name, part), value in product(NAMING, [*TELLING, *ODD]):
        url = address(world, name, rows()[name][0])
        assert ask(client, "get", url, {part: value}).status_code in (200, 400, 404), (name, value)


DRAFTS: tuple[dict[str, str], ...] = (
    {
        "aggregate": "sum",
        "measure": "attendance",
        "where-0-field": "attendance",
        "where-0-op": "gte",
    },
    {"aggregate": "share", "where-0-field": "level", "where-0-op": "in", "of-0-field": "hours"},
    {"aggregate": "distinct", "distinct": "speaker", "where-0-field": "online"},
)


def test_no_draft_of_an_indicator_makes_its_preview_fail(world: Tenants, client: Client) -> None:
    for draft, value in product(DRAFTS, [*TELLING, *ODD]):
        data = odd(value) | {"types": "lecture"} | draft
        answer = ask(client, "post", reverse("indicators:preview"), data)
        assert answer.status_code == (400 if value == LONGEST else 200), (draft, value)


def test_no_number_in_an_address_makes_a_page_fail(client: Client) -> None:
    for name, (parts, *_answers) in rows().items():
        for number in (10**18, 10**20) if parts else ():
            try:
                url = reverse(name, args=[number, *["s001"] * (len(parts) - 1)])
            except (NoReverseMatch, StopIteration):  # an address of words, not of numbers
                continue
            for method in ("get", "post"):
                status = ask(client, method, url).status_code
                known = (401, 405) if name.startswith("api:api-1:") else (302, 404, 405, 410)
                assert status in known, (name, method, number)
