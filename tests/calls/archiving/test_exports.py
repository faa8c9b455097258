"""Files that are made in the background: asked for, made once, fetched by the office, taken away."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from sheke.calls import exporting, tasks
from sheke.calls.actions.archiving import ask_for_export, forget_exports
from sheke.calls.archiving.making import make_export
from sheke.calls.models import Export, Review
from sheke.calls.sheets import SHEETS
from sheke.core.errors import BadInput
from sheke.core.models import AuditEvent
from sheke.directory.models import Person
from tests.calls import factories
from tests.factories import account, organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return organisation(kind="federation")


@pytest.fixture
def staff(city):
    return account(city, "staff")


@pytest.fixture
def call(city):
    made = factories.call(organisation=city)
    for name in ("甲", "乙", "丙"):
        factories.submission(made, organisation(city), lead={"name": name})
    return made


def asked(call, staff, kind="archive", query=""):
    return ask_for_export(call=call, kind=kind, query=query, language="zh-hans", by=staff)


def test_the_archive_is_made_by_the_job_and_fetched_by_the_office(client, call, staff):
    client.force_login(staff)
    client.post(reverse("calls:exports", args=[call.pk]), {"kind": "archive"})
    made = Export.objects.get()
    tasks.make_call_export.func(made.pk)
    made.refresh_from_db()
    assert made.report["submissions"] == 3
    answer = client.get(reverse("calls:export_file", args=[made.pk]))
    data = b"".join(answer.streaming_content)
    assert (len(data), answer["Cache-Control"]) == (made.size, "private, no-store")


def test_a_job_that_is_run_again_changes_nothing(call, staff):
    made = make_export(asked(call, staff))
    again = make_export(Export.objects.get(pk=made.pk))
    assert (again.sha256, again.file.name) == (made.sha256, made.file.name)
    assert AuditEvent.objects.filter(verb="call.exported").count() == 1


def test_what_a_killed_worker_left_is_written_over(call, staff):
    export = asked(call, staff)
    default_storage.save(f"exports/{export.uid}.zip", io.BytesIO(b"half"))
    made = make_export(export)
    assert made.file.name == f"exports/{export.uid}.zip"
    with made.file.open("rb") as file:
        assert len(file.read()) == made.size > 4


def test_the_sheet_holds_what_the_list_was_narrowed_to_and_tells_its_progress(
    call, staff, monkeypatch
):
    monkeypatch.setattr(exporting, "PART", 2)
    made = make_export(asked(call, staff, "submissions", "q=乙&sort=-number"))
    with made.file.open("rb") as file:
        rows = list(load_workbook(file).active.iter_rows(values_only=True))
    assert [row[2] for row in rows[1:]] == ["乙"]


def test_the_order_of_the_list_is_the_sheets(call, staff, monkeypatch):
    monkeypatch.setattr(exporting, "PART", 2)
    made = make_export(asked(call, staff, "submissions", "sort=-number"))
    with made.file.open("rb") as file:
        rows = list(load_workbook(file).active.iter_rows(values_only=True))
    assert [row[0] for row in rows[1:]] == [3, 2, 1]


def test_the_same_is_not_made_twice_at_once(call, staff):
    asked(call, staff)
    with pytest.raises(BadInput):
        asked(call, staff)
    asked(call, staff, "submissions", "state=in")


def test_many_rows_are_sent_to_the_background(client, call, staff, monkeypatch):
    client.force_login(staff)
    monkeypatch.setattr(exporting, "AT_ONCE", 2)
    answer = client.get(reverse("calls:submissions_export", args=[call.pk]), {"state": "in"})
    assert answer["Location"] == reverse("calls:exports", args=[call.pk]) + "?sheet=state%3Din"
    assert "3" in client.get(answer["Location"]).content.decode()
    narrowed = client.get(reverse("calls:submissions_export", args=[call.pk]), {"q": "甲"})
    assert narrowed.status_code == 200


def test_old_files_go_and_that_they_were_made_stays(call, staff):
    made = make_export(asked(call, staff))
    name = made.file.name
    assert forget_exports(by=None) == 0
    Export.objects.update(made_at=timezone.now() - timedelta(days=8))
    assert forget_exports(by=None) == 1
    made.refresh_from_db()
    assert (bool(made.file), made.removed_at is not None) == (False, True)
    assert default_storage.exists(name)  # until the transaction ends


@pytest.mark.parametrize("name", sorted(SHEETS))
def test_every_list_is_a_sheet(client, call, staff, name):
    client.force_login(staff)
    answer = client.get(reverse("calls:list_export", args=[call.pk, name]))
    rows = list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert len(rows[0]) >= 5
    assert all(rows[0])


def test_there_is_no_other_sheet(client, call, staff):
    client.force_login(staff)
    assert client.get(reverse("calls:list_export", args=[call.pk, "votes"])).status_code == 404


def test_pairs_and_progress_say_who_reviews_what_without_scores(call):
    reviewer = call.reviewers.create(person=Person.objects.create(name="评审甲"), accepted=True,
                                     answered_at=timezone.now())  # fmt: skip
    for submission in call.submissions.all()[:2]:
        call.assignments.create(stage="review", submission=submission, reviewer=reviewer)
    Review.objects.create(assignment=call.assignments.first(), total=77, sent_at=timezone.now())
    (progress,) = SHEETS["progress"](call).rows
    pairs = list(SHEETS["pairs"](call).rows)
    assert progress[1:] == ["评审甲", "", 2, 1]
    assert [row[1] for row in pairs] == [1, 2]
    assert not any(77 in row for row in pairs)
