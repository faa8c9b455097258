"""Records through the interface."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from sheke.api.models import Answer
from sheke.ledger.models import Record
from tests import factories


def test_a_record_is_posted_and_read(world, lecture):
    call = world.caller()
    status, made = call.post("/records", {"records": [lecture]})
    assert status == 201
    number = made["records"][0]["id"]
    status, record = call.get(f"/records/{number}")
    assert (status, record["title"], record["amounts"]) == (200, "江南古桥", {"attendance": "120"})
    assert Record.objects.get().posted_by == world.secretary


def test_all_are_posted_or_none_and_the_place_is_named(world, lecture):
    call = world.caller()
    status, told = call.post(
        "/records", {"records": [lecture, lecture | {"amounts": {"guests": 1}}]}
    )
    assert status == 422
    assert "2" in told["detail"]
    assert not Record.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"organisation": "A"}, {"organisation": "nowhere"}, {"type": "nothing"}, {"title": ""},
        {"date": "2025-13-01"}, {"cohosts": ["nowhere"]}, {"plan_item": "没有这一项"},
        {"amounts": {"attendance": "many"}},
    ],
)  # fmt: skip
def test_what_is_wrong_is_refused(world, lecture, change):
    status, told = world.caller().post("/records", {"records": [lecture | change]})
    assert status == 422
    assert told["detail"]
    assert not Record.objects.exists()


def test_a_day_that_has_not_come_is_refused(world, lecture):
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    status, told = world.caller().post("/records", {"records": [lecture | {"date": tomorrow}]})
    assert status == 422
    assert "records[1].date" in told["detail"]


def test_the_same_key_posts_once(world, lecture):
    call = world.caller()
    first = call.post("/records", {"records": [lecture]}, key="month-5")
    again = call.post("/records", {"records": [lecture]}, key="month-5")
    assert first == again
    assert Record.objects.count() == 1
    status, told = call.post("/records", {"records": [lecture | {"title": "别的"}]}, key="month-5")
    assert status == 422
    assert "Idempotency-Key" in told["detail"]


def test_a_refusal_is_not_kept_for_its_key(world, lecture):
    call = world.caller()
    assert call.post("/records", {"records": [lecture | {"title": ""}]}, key="k")[0] == 422
    assert not Answer.objects.exists()
    assert call.post("/records", {"records": [lecture]}, key="k2")[0] == 201


def test_keys_of_two_tokens_do_not_meet(world, lecture):
    world.caller().post("/records", {"records": [lecture]}, key="k")
    assert world.caller(name="另一系统").post("/records", {"records": [lecture]}, key="k")[0] == 201
    assert Record.objects.count() == 2


def test_revising_and_reversing_need_a_reason(world, lecture):
    call = world.caller()
    number = call.post("/records", {"records": [lecture]})[1]["records"][0]["id"]
    better = {"record": lecture | {"title": "江南水乡"}, "reason": "题目写错"}
    assert call.post(f"/records/{number}/revisions", better | {"reason": ""})[0] == 422
    assert call.post(f"/records/{number}/revisions", better) == (201, {"id": number, "revision": 2})
    assert call.post(f"/records/{number}/reversal", {"reason": "重复"})[0] == 201
    assert call.get(f"/records/{number}")[1]["state"] == "reversed"


def test_evidence_is_attached_once(world, lecture):
    call = world.caller()
    number = call.post("/records", {"records": [lecture]})[1]["records"][0]["id"]
    picture = io.BytesIO()
    Image.new("RGB", (4, 4)).save(picture, "PNG")
    for _time in range(2):
        file = SimpleUploadedFile("signin.png", picture.getvalue())
        answer = call.client.post(f"/api/v1/records/{number}/evidence", {"file": file})
        assert answer.status_code == 201
    assert Record.objects.get().evidence.count() == 1


def test_others_records_are_not_there_and_cohosted_ones_may_not_be_corrected(world, lecture):
    of_a = factories.record(world.lecture, world.a)
    shared = factories.record(world.lecture, world.a, cohosts=(world.b,))
    call = world.caller()
    assert call.get(f"/records/{of_a.pk}")[0] == 404
    assert call.post(f"/records/{of_a.pk}/reversal", {"reason": "x"})[0] == 404
    assert call.get(f"/records/{shared.pk}")[0] == 200
    assert call.post(f"/records/{shared.pk}/reversal", {"reason": "x"})[0] == 403


def test_pages_by_cursor_show_every_record_once(world):
    wanted = [factories.record(world.lecture, world.b).pk for _n in range(7)]
    call, seen, cursor = world.caller(), [], ""
    while True:
        status, page = call.get("/records", limit=3, cursor=cursor)
        assert status == 200
        seen += [row["id"] for row in page["items"]]
        factories.record(world.lecture, world.b, happened_on=timezone.localdate())  # shifts nothing
        if (cursor := page["next"]) is None:
            break
    assert seen == wanted[::-1]


@pytest.mark.parametrize(
    "cursor", ["x", "W10", "WzEsMl0", "e30", "////", "W1tdLFtdXQ", "WyIyMDI1LTAxLTAxIiwieCJd"]
)
def test_a_cursor_of_ones_own_making_is_refused(world, cursor):
    assert world.caller().get("/records", cursor=cursor)[0] == 422


def test_filters(world):
    factories.record(world.lecture, world.b, title="五月", happened_on=date(2025, 5, 3))
    call = world.caller()
    assert len(call.get("/records", first="2025-05-01", last="2025-05-31")[1]["items"]) == 1
    assert call.get("/records", first="2025-06-01")[1]["items"] == []
    assert call.get("/records", state="nothing")[0] == 422
    assert call.get("/records", type="nothing")[0] == 422
    assert call.get("/records", organisation="nowhere")[0] == 422


@pytest.mark.parametrize("rows", [1, 3])
def test_a_list_takes_a_fixed_number_of_queries(world, rows):
    for _n in range(rows):
        factories.record(world.lecture, world.b)
    call = world.caller()
    call.get("/me")  # the day of the last use is written once
    with CaptureQueriesContext(connection) as queries:
        call.get("/records")
    assert len(queries) == 3
