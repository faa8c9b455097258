"""An archive holds the whole call, can be checked without us, and is whole or not there."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from django.utils import timezone
from docx import Document

from sheke.calls.archiving import names, verify, write_archive
from sheke.calls.archiving import writing as module
from sheke.calls.models import (
    Ballot,
    Objection,
    ObjectionAnswer,
    Panel,
    PublicNotice,
    Review,
    Step,
    Vote,
    Voter,
)
from sheke.calls.steps import take_step
from sheke.core.errors import BadInput
from sheke.directory.models import Person
from sheke.ledger.evidence.actions import store_file
from tests.calls import factories
from tests.factories import organisation

pytestmark = pytest.mark.django_db
SECRET = "f0f0"


@pytest.fixture
def call():
    over = ("collect", "recommend", "check", "copycheck", "review", "panel")
    return factories.call(ended=over, topics=("县域",))


@pytest.fixture
def whole(call):
    """A submission with a file, a review, a secret ballot, an objection and a decision."""
    one = factories.submission(call, organisation(), values={"title": "县域<公共>服务/研究"})
    stored = store_file(file=io.BytesIO(b"%PDF-1.4 text"), name="活页.pdf")
    for _twice in range(2):
        one.uploads.create(field="proposal", stored=stored, name="../活页?.pdf")
    reviewer = call.reviewers.create(person=Person.objects.create(name="评审甲"), accepted=True,
                                     answered_at=timezone.now())  # fmt: skip
    assignment = call.assignments.create(stage="review", submission=one, reviewer=reviewer)
    Review.objects.create(assignment=assignment, total=81, sent_at=timezone.now(), comment="很好",
                          scores={"topic": 80})  # fmt: skip
    _vote(call, one)
    notice = PublicNotice.objects.create(
        call=call, stage="notice", title="公示", opens_on="2026-05-01", closes_on="2026-05-09"
    )
    objection = Objection.objects.create(
        notice=notice, submission=one, name="异议人", contact="1", text="不同意"
    )
    ObjectionAnswer.objects.create(objection=objection, upheld=False, reason="不成立")
    take_step(Step.Act.PASSED, call=call, submission=one, by=None, reason="=形式合格")
    return one


def _vote(call, submission):
    now = timezone.now()
    panel = Panel.objects.create(
        call=call, stage="panel", title="会评", held_at=now, quorum=0.5, majority=0.5
    )
    member = panel.members.create(person=Person.objects.create(name="委员甲"), present_at=now)
    item = panel.items.create(submission=submission)
    result = {"members": 1, "present": 1, "voters": 1, "votes": {"yes": 1, "no": 0, "abstain": 0},
              "needed": 1, "quorate": True, "carried": "yes"}  # fmt: skip
    options = [{"key": key, "name": ""} for key in ("yes", "no", "abstain")]
    ballot = Ballot.objects.create(item=item, options=options, closed_at=now, result=result)
    Voter.objects.create(ballot=ballot, member=member)
    Vote.objects.create(ballot=ballot, option="yes")


@pytest.fixture
def archive(call, whole, tmp_path):
    path = tmp_path / "call.zip"
    write_archive(call, path)
    return path


def test_every_entry_has_the_digest_that_is_listed(archive):
    verdict = verify(archive)
    assert verdict.holds
    with zipfile.ZipFile(archive) as read:
        assert verdict.files == len(read.namelist()) - 2  # the sums and the manifest
        assert read.testzip() is None
        manifest = json.loads(read.read("manifest.json"))
    assert (manifest["submissions"], manifest["missing"]) == (1, [])
    assert not manifest["changed_meanwhile"]


def test_a_changed_entry_is_found(archive, tmp_path):
    other = tmp_path / "other.zip"
    with zipfile.ZipFile(archive) as read, zipfile.ZipFile(other, "w") as made:
        for name in read.namelist():
            data = read.read(name)
            made.writestr(name, data + b" " if name == "README.txt" else data)
        made.writestr("more.txt", b"")
    verdict = verify(other)
    assert (verdict.changed, verdict.unlisted) == (["README.txt"], ["more.txt"])


def test_half_an_archive_is_none(archive, tmp_path):
    half = tmp_path / "half.zip"
    half.write_bytes(archive.read_bytes()[:-200])
    with pytest.raises(BadInput, match=r"half\.zip"):
        verify(half)


def test_the_submission_stands_in_a_folder_with_form_data_and_files(archive, whole):
    with zipfile.ZipFile(archive) as read:
        mine = [name for name in read.namelist() if "/0001 " in name]
        data = json.loads(read.read(next(name for name in mine if name.endswith(".json"))))
        form = Document(io.BytesIO(read.read(next(n for n in mine if n.endswith(".docx")))))
        files = [name for name in mine if name.endswith(".pdf")]
        assert {read.read(name) for name in files} == {b"%PDF-1.4 text"}
    assert len(files) == len(set(files)) == 2
    assert not any(".." in name or "?" in name or "<" in name for name in mine)
    assert data["versions"][0]["values"] == whole.sent.values
    assert data["reviews"][0]["review"]["comment"] == "很好"
    assert data["ballots"][0]["result"]["votes"] == {"yes": 1, "no": 0, "abstain": 0}
    assert "县域<公共>服务/研究" in [p.text for p in form.paragraphs]


def test_who_voted_and_how_stands_nowhere(archive):
    with zipfile.ZipFile(archive) as read:
        texts = b"".join(
            read.read(name) for name in read.namelist() if name.endswith((".json", ".csv"))
        )
    vote = Vote.objects.get()
    assert str(vote.pk).encode() not in texts
    assert "委员甲".encode() not in texts  # the minutes name who was there, not who voted


def test_scores_of_a_stage_that_runs_stay_secret(call, whole, tmp_path):
    call.phases.filter(stage="review").update(ended_at=None)
    path = tmp_path / "early.zip"
    write_archive(call, path)
    with zipfile.ZipFile(path) as read:
        data = next(
            json.loads(read.read(n))
            for n in read.namelist()
            if "/0001 " in n and n.endswith(".json")
        )
        texts = b"".join(read.read(name) for name in read.namelist() if not name.endswith(".xlsx"))
        sheets = [
            zipfile.ZipFile(io.BytesIO(read.read(n)))
            for n in read.namelist()
            if n.endswith(".xlsx")
        ]
    assert data["reviews"][0]["review"] is None
    assert "很好".encode() not in texts
    assert all("很好".encode() not in sheet.read(n) for sheet in sheets for n in sheet.namelist())


def test_objections_and_the_log_are_there_and_run_nothing(archive):
    with zipfile.ZipFile(archive) as read:
        log = next(read.read(n) for n in read.namelist() if n.endswith(".csv")).decode("utf-8-sig")
        page = read.read("index.html").decode()
    assert "'=形式合格" in log
    assert "县域&lt;公共&gt;服务" in page


def test_drafts_are_their_authors_alone(call, tmp_path):
    factories.submission(call, sent=False, values={"title": "未报送的草稿"})
    path = tmp_path / "call.zip"
    assert write_archive(call, path).submissions == 0
    with zipfile.ZipFile(path) as read:
        assert not any("未报送" in name for name in read.namelist())


def test_a_file_that_is_gone_is_said_and_the_rest_is_written(call, whole, tmp_path):
    stored = whole.uploads.first().stored
    stored.file.storage.delete(stored.file.name)
    written = write_archive(call, tmp_path / "call.zip")
    assert len(written.missing) == 2
    assert verify(tmp_path / "call.zip").holds


def test_what_breaks_leaves_neither_half_a_file_nor_takes_the_old_one(
    call, whole, tmp_path, monkeypatch
):
    path = tmp_path / "call.zip"
    path.write_bytes(b"older")

    def broken(*_given):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, "add_log", broken)
    with pytest.raises(BadInput, match="No space left"):
        write_archive(call, path)
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("call.zip", b"older")]


@pytest.mark.parametrize("many", [1, 4])
def test_a_part_is_read_by_a_constant_number_of_queries(
    call, many, tmp_path, django_assert_num_queries
):
    for _n in range(many):
        factories.submission(call, organisation())
    with django_assert_num_queries(26):
        write_archive(call, Path(tmp_path) / "call.zip")


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("a/../b", "a .. b"),
        ("..", "_"),
        ("课题：研究？", "课题：研究？"),
        ("CON.txt", "_CON.txt"),
        ("a\u202egpj.exe", "a gpj.exe"),
        ("x" * 100 + ".docx", "x" * 55 + ".docx"),
        ("尾点. ", "尾点"),
    ],
)
def test_names_are_safe(given, safe):
    assert names.safe_name(given) == safe


def test_no_name_twice_though_capitals_differ():
    taken = names.Names()
    assert [taken.free(n) for n in ("a/B.pdf", "a/b.PDF", "a/B.pdf")] == [
        "a/B.pdf",
        "a/b (2).PDF",
        "a/B (3).pdf",
    ]
