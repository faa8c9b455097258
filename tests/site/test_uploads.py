"""Files that people upload: what is hostile is refused or harmless, what is handed out is not run."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from sheke.core.documents import docx as reading
from sheke.core.documents import read_document
from sheke.core.errors import BadInput
from sheke.ledger.models import Evidence, StoredFile
from sheke.reports.word.reading import open_docx, to_bytes
from sheke.reports.word.text import document_text
from tests.reports.worlds import word_document
from tests.site.tenants import tenants
from tests.site.tenants.made import Tenants

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Tenants:
    return tenants()


@pytest.fixture
def client(world: Tenants) -> Client:
    return world.client("secretary_b")


def send(world: Tenants, client: Client, name: str, data: bytes) -> Evidence | None:
    """Attach a file to B's record; the evidence that came of it."""
    before = set(Evidence.objects.values_list("pk", flat=True))
    url = reverse("ledger:evidence", args=[world.record.pk])
    client.post(url, {"evidence": SimpleUploadedFile(name, data)})
    return Evidence.objects.exclude(pk__in=before).first()


def changed(**parts: bytes) -> bytes:
    """A Word file with `word/<part>.xml` put in place of its own."""
    old = zipfile.ZipFile(io.BytesIO(to_bytes(word_document("标题\n正文"))))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in old.namelist():
            part = name.removeprefix("word/").removesuffix(".xml")
            archive.writestr(name, parts.get(part) or old.read(name))
    return file.getvalue()


def body(text: str, before: str = "") -> bytes:
    main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return (
        f'<?xml version="1.0"?>{before}<w:document xmlns:w="{main}"><w:body>'
        f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>"
    ).encode()


LAUGHS = "<!DOCTYPE x [" + '<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {new} "{f"&{old};" * 10}">'
    for old, new in zip("abcdefgh", "bcdefghi", strict=True)
) + "]>"  # fmt: skip
READERS = (
    lambda data: read_document(data, "a.docx").text,
    lambda data: document_text(open_docx(data, "a.docx")).text,
)


@pytest.mark.parametrize("read", READERS)
def test_entities_of_xml_do_not_unfold(read) -> None:
    try:
        text = read(changed(document=body("正文&i;", LAUGHS)))
    except BadInput:
        return
    assert "ha" not in text


@pytest.mark.parametrize("read", READERS)
def test_xml_reads_no_file_of_the_server(read, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("geheim")
    entity = f'<!DOCTYPE x [<!ENTITY i SYSTEM "{secret.as_uri()}">]>'
    try:
        text = read(changed(document=body("正文&i;", entity)))
    except BadInput:
        return
    assert "geheim" not in text


@pytest.mark.parametrize("read", READERS)
def test_a_word_file_that_unpacks_to_too_much_is_refused(read, monkeypatch) -> None:
    monkeypatch.setattr(reading, "MAX_PART", 200_000)
    with pytest.raises(BadInput, match=r"a\.docx"):
        read(changed(document=body("字" * 100_000)))


def test_a_name_leads_out_of_no_folder(world: Tenants, client: Client) -> None:
    evidence = send(world, client, "../../../etc/x/../现场\n.pdf", b"%PDF-1.7\n1 0 obj\n")
    assert evidence is not None and evidence.stored is not None
    assert "/" not in evidence.name and ".." not in evidence.name
    place = Path(evidence.stored.file.path).resolve()
    assert place.is_relative_to(Path(settings.STORAGES["default"]["OPTIONS"]["location"]).resolve())
    answer = client.get(reverse("ledger:download", args=[evidence.pk]))
    assert "\n" not in answer["Content-Disposition"]
    assert answer["Content-Disposition"].startswith("attachment")


def test_uploads_have_no_address_of_their_own(world: Tenants, client: Client) -> None:
    stored = StoredFile.objects.first()
    assert stored is not None
    for folder in ("", "static/", "media/", "files/", "var/files/"):
        assert client.get(f"/{folder}{stored.file.name}").status_code == 404


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
        ("a.html", b"<script>alert(1)</script>"),
        ("a.pdf", b"<html><script>alert(1)</script>"),
        ("a.jpg", b"GIF89a<script>alert(1)</script>"),
        ("a.exe", b"MZ\x90\0"),
        ("a.docm", b"PK\x03\x04"),
    ],
)
def test_what_a_browser_or_a_machine_would_run_is_not_kept(world, client, name, data) -> None:
    assert send(world, client, name, data) is None


def test_a_picture_with_too_many_pixels_is_refused(world: Tenants, client: Client) -> None:
    """A few kilobytes that would unfold to gigabytes."""
    assert send(world, client, "a.png", flat_png(20_000, 20_000)) is None
    assert send(world, client, "b.png", flat_png(2_000, 2_000)) is not None


def test_a_picture_that_breaks_off_has_no_small_one(world: Tenants, client: Client) -> None:
    file = io.BytesIO()
    Image.effect_noise((300, 300), 80).convert("RGB").save(file, "JPEG")
    evidence = send(world, client, "a.jpg", file.getvalue()[:5000])
    assert evidence is not None
    assert client.get(reverse("ledger:thumbnail", args=[evidence.pk])).status_code == 404
    assert client.get(reverse("ledger:download", args=[evidence.pk])).status_code == 200


def test_a_link_is_one_of_the_web(world: Tenants, client: Client) -> None:
    url = reverse("ledger:evidence", args=[world.record.pk])
    before = Evidence.objects.count()
    for link in ("javascript:alert(1)", " JavaScript:alert(1)", "data:text/html,x", "file:///etc",
                 "//a.example", "http://", "vbscript:x", "https://a.example/\njavascript:1"):  # fmt: skip
        client.post(url, {"link": link})
    assert Evidence.objects.count() == before


def flat_png(width: int, height: int) -> bytes:
    """A PNG of one colour, one bit a pixel, written without unfolding it."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = zlib.crc32(kind + data).to_bytes(4, "big")
        return len(data).to_bytes(4, "big") + kind + data + check

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([1, 0, 0, 0, 0])
    rows = zlib.compress(bytes(height * (width // 8 + 1)), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
