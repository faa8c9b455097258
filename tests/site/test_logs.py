"""Log lines carry the request's number and nothing of a person."""

from __future__ import annotations

import json
import logging
import sys

import pytest
from django.test import Client
from django.urls import reverse

from sheke.site.logs import Json, Masked, masked, request_id


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("tel 13800138000.", "tel [phone]."),
        ("电话138-0013-8000联系", "电话[phone]联系"),
        ("+86 13800138000", "[phone]"),
        ("证件11010519491231002X号", "证件[ID number]号"),
        ("to zhang.san@example.cn now", "to [mail] now"),
        ("GET /search/?q=张三&page=2 HTTP/1.1", "GET /search/?… HTTP/1.1"),
        ("duplicate key\nDETAIL:  Key (name)=(张三) already exists.", "duplicate key\nDETAIL: …"),
        ("12345678901234567890 rows, 2026-11-21, is it? yes", None),
        ("sha256 e13800138000ff", None),
    ],
)
def test_what_belongs_to_a_person_is_masked(said: str, kept: str | None) -> None:
    assert masked(said) == (said if kept is None else kept)


def line(formatter: logging.Formatter, text: str, **extra: object) -> str:
    try:
        raise ValueError("of 13800138000")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "f", 1, text, (), sys.exc_info())
    record.__dict__.update(extra)
    return formatter.format(record)


def test_json_is_one_line_with_the_stack_in_it() -> None:
    before = request_id.set("abcdef1234")
    try:
        text = line(Json(), "fault", status=500, view="ledger:record")
    finally:
        request_id.reset(before)
    data = json.loads(text)
    assert "\n" not in text
    assert (data["request"], data["status"], data["view"]) == ("abcdef1234", 500, "ledger:record")
    assert "test_logs.py" in data["stack"] and "13800138000" not in text


def test_text_masks_the_stack() -> None:
    assert "ValueError: of [phone]" in line(Masked(), "fault")


@pytest.mark.django_db
@pytest.mark.parametrize("formatter", [Masked(), Json()])
def test_lines_name_the_route_not_the_address(client: Client, caplog, formatter) -> None:
    with caplog.at_level(logging.INFO):
        client.get(reverse("verify:code", args=["PRIVATECODE"]) + "?q=find-me")
        client.get("/nowhere/secret-word/")
    text = "\n".join(map(formatter.format, caplog.records))
    assert "/verify/<str:code>/" in text and "/nowhere/…" in text and "verify:code" in text
    assert not any(word in text for word in ("PRIVATECODE", "secret-word", "find-me"))


@pytest.mark.django_db
def test_slow_requests_are_told_with_their_queries(client: Client, caplog, settings) -> None:
    settings.SLOW_MS = 0
    client.get(reverse("verify:code", args=["ABC"]))
    (record,) = [r for r in caplog.records if r.name == "sheke.requests"]
    assert (record.levelname, record.view, record.status) == ("WARNING", "verify:code", 404)
    assert record.queries >= 1 and record.ms >= 0


@pytest.mark.django_db
@pytest.mark.parametrize("given", ["abcd-1234-efgh", "x" * 64])
def test_a_number_given_in_front_is_kept(client: Client, given: str) -> None:
    answer = client.get("/nowhere/", headers={"X-Request-ID": given})
    assert answer["X-Request-ID"] == given


@pytest.mark.django_db
@pytest.mark.parametrize("given", ["", "short", "a b c d e f g h", "<script>alert(1)", "x" * 65])
def test_other_numbers_are_made_anew(client: Client, given: str) -> None:
    answer = client.get("/nowhere/", headers={"X-Request-ID": given})
    assert len(answer["X-Request-ID"]) == 16 and answer["X-Request-ID"] != given


@pytest.mark.django_db
def test_a_page_of_errors_says_the_number(client: Client) -> None:
    answer = client.get("/nowhere/", headers={"X-Request-ID": "number-0815"})
    assert "number-0815" in answer.text
