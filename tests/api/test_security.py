"""Bodies that no honest program sends are refused with a reason; none is a fault of ours."""

from __future__ import annotations

import base64
import json

import pytest

pytestmark = pytest.mark.django_db
BAD = ("a\0b", "a\ud800b")


@pytest.mark.parametrize("bad", BAD, ids=["zero", "half a character"])
@pytest.mark.parametrize("place", ["title", "note", "organisation", "plan_item"])
def test_characters_that_cannot_be_kept_are_refused(world, lecture, place, bad) -> None:
    caller = world.caller()
    caller.client.raise_request_exception = False
    status, _body = caller.post("/records", {"records": [lecture | {place: bad}]})
    assert status == 422


@pytest.mark.parametrize("bad", BAD, ids=["zero", "half a character"])
def test_also_deep_in_fields_and_keys(world, lecture, bad) -> None:
    caller = world.caller()
    caller.client.raise_request_exception = False
    for fields in ({"speaker": bad}, {bad: "x"}, {"speaker": [bad]}):
        status, _body = caller.post("/records", {"records": [lecture | {"fields": fields}]})
        assert status == 422, fields
    assert caller.post("/records", {"records": [lecture], "reason": bad})[0] == 422


@pytest.mark.parametrize(
    "body", ["[" * 100_000, "9" * 5000, '{"records": [' + "9" * 5000 + "]}", "\xff", "null"]
)
def test_a_body_that_is_no_document_is_refused(world, body) -> None:
    caller = world.caller()
    caller.client.raise_request_exception = False
    answer = caller.client.post("/api/v1/records", body, content_type="application/json")
    assert answer.status_code in (400, 422)


@pytest.mark.parametrize(
    "amount", ["1e999999", "9" * 5000, "NaN", "-Infinity", 1e308, [1], {}, True]
)
def test_an_amount_that_is_no_quantity_is_refused(world, lecture, amount) -> None:
    caller = world.caller()
    caller.client.raise_request_exception = False
    status, _body = caller.post(
        "/records", {"records": [lecture | {"amounts": {"attendance": amount}}]}
    )
    assert status == 422


@pytest.mark.parametrize("values", [["2025-01-01\0", 1], ["\ud800", 1], [1, "x"], [True, None],
                                    ["2025-01-01", 2**63], [["a"], 1]])  # fmt: skip
@pytest.mark.parametrize("path", ["/records", "/plans", "/organisations", "/reports"])
def test_a_made_up_cursor_is_refused(world, path, values) -> None:
    caller = world.caller()
    caller.client.raise_request_exception = False
    values = values[:1] if path == "/organisations" else values
    cursor = base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")
    assert caller.get(path, cursor=cursor)[0] in (200, 422)


def test_a_key_of_another_token_gives_nothing_away(world, lecture) -> None:
    from tests import factories

    mine, theirs = world.caller(), world.caller(factories.account(world.a))
    assert mine.post("/records", {"records": [lecture]}, key="k1")[0] == 201
    status, body = theirs.post("/records", {"records": [lecture]}, key="k1")
    assert status == 422 and "records" not in body
