"""Evidence: what is kept, how often, and what is refused."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from django.conf import settings as live
from django.utils.translation import override
from PIL import Image

from sheke.core.errors import BadInput
from sheke.core.models import AuditEvent
from sheke.ledger.evidence.actions import (
    attach_file,
    attach_link,
    attach_stored,
    store_file,
    withdraw_evidence,
)
from sheke.ledger.evidence.thumbnails import thumbnail
from sheke.ledger.models import StoredFile
from tests import factories

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n"


def picture(format_: str = "JPEG", size: tuple[int, int] = (800, 400)) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, "#8899aa").save(file, format_)
    return file.getvalue()


def zipped(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return file.getvalue()


@pytest.fixture
def record():
    return factories.record(factories.lecture_type(), factories.organisation())


@pytest.mark.parametrize(
    ("data", "name", "content_type"),
    [
        (PDF, "签到表.pdf", "application/pdf"),
        (picture("JPEG"), "现场.JPG", "image/jpeg"),
        (picture("PNG"), "a.png", "image/png"),
        (picture("WEBP"), "a.webp", "image/webp"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "IMG_1.HEIC", "image/heic"),
        (b"\0\0\0\x18ftypisom\0\0\0\0", "v.mp4", "video/mp4"),
        (zipped("word/document.xml"), "a.docx",
         "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (zipped("OFD.xml"), "a.ofd", "application/ofd"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 40, "a.wps", "application/msword"),
    ],
)  # fmt: skip
def test_kinds_are_told_by_content(data, name, content_type):
    assert store_file(file=io.BytesIO(data), name=name).content_type == content_type


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"", "a.pdf", "empty"),
        (b"MZ\x90\0program", "a.pdf", "not a kind"),
        (b"<html><script>", "a.jpg", "not a kind"),
        (zipped("a.txt"), "a.zip", "not a kind"),
        (zipped("word/document.xml", "word/vbaProject.bin"), "a.docx", "not a kind"),
        (PDF, "a.exe", r"\.pdf"),
        (zipped("word/document.xml"), "a.xlsx", r"\.docx"),
        (b"\xff\xd8\xff\xe0 no picture", "a.jpg", "damaged"),
        (picture("PNG")[:200], "a.png", "damaged"),
    ],
)
def test_what_is_refused(data, name, says):
    with override("en"), pytest.raises(BadInput, match=says):
        store_file(file=io.BytesIO(data), name=name)
    assert not StoredFile.objects.exists()


def test_too_large_a_file_is_refused(settings):
    settings.UPLOAD_LIMIT = 5
    with pytest.raises(BadInput, match="MB"):
        store_file(file=io.BytesIO(PDF), name="a.pdf")


def test_the_same_content_is_kept_once_and_unchanged(record):
    data = picture()
    first = attach_file(record=record, file=io.BytesIO(data), name="一.jpg", by=None)
    other = factories.record(record.edition, record.organisation)
    second = attach_file(record=other, file=io.BytesIO(data), name="二.jpg", by=None)
    assert first.stored == second.stored
    assert StoredFile.objects.count() == 1
    path = Path(first.stored.file.path)
    assert path.read_bytes() == data
    assert path.is_relative_to(live.VAR / "files")


def test_attaching_again_changes_nothing(record):
    first = attach_file(record=record, file=io.BytesIO(PDF), name="a.pdf", by=None)
    assert attach_stored(record=record, stored=first.stored, name="b.pdf", by=None) == first
    assert record.evidence.count() == 1


def test_a_name_is_only_a_name(record):
    made = attach_file(record=record, file=io.BytesIO(PDF), name="../../etc/a.pdf", by=None)
    assert made.name == "a.pdf"


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "ftp://a.cn/x", "a.cn", "", "http://" + "a" * 600 + ".cn"]
)
def test_links_that_are_none(record, link):
    with pytest.raises(BadInput):
        attach_link(record=record, link=link, by=None)


def test_a_link_is_named_after_its_site(record):
    made = attach_link(record=record, link=" https://news.example.cn/a ", by=None)
    assert (made.link, made.name) == ("https://news.example.cn/a", "news.example.cn")


def test_withdrawn_evidence_stays_and_may_come_again(record):
    account = factories.account(record.organisation)
    made = attach_link(record=record, link="https://a.cn/1", by=account)
    withdraw_evidence(evidence=made, by=account)
    made.refresh_from_db()
    assert made.withdrawn_at
    assert attach_link(record=record, link="https://a.cn/1", by=account) != made
    verbs = AuditEvent.objects.filter(verb__startswith="evidence").values_list("verb", flat=True)
    assert sorted(verbs) == ["evidence.attach", "evidence.attach", "evidence.withdraw"]


def test_thumbnails_are_small_and_ours(record):
    made = attach_file(record=record, file=io.BytesIO(picture()), name="a.jpg", by=None)
    small = Image.open(io.BytesIO(thumbnail(made.stored)))
    assert (small.format, small.size) == ("WEBP", (480, 240))
    assert thumbnail(made.stored) == thumbnail(made.stored)


def test_what_was_kept_unknown_becomes_what_it_is_said_to_be(db):
    from sheke.ledger.evidence.keeping import UNKNOWN, keep_content

    held = keep_content(io.BytesIO(b"%PDF-1.4 letter"), content_type=UNKNOWN)
    found = store_file(file=io.BytesIO(b"%PDF-1.4 letter"), name="函.pdf")
    assert (found.pk, found.content_type) == (held.pk, "application/pdf")
    again = keep_content(io.BytesIO(b"%PDF-1.4 letter"), content_type=UNKNOWN)
    assert again.content_type == "application/pdf"
