"""Uploads in a real S3-compatible server: kept, shown small, handed out, taken back."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.test import Client
from django.urls import reverse
from PIL import Image

from sheke.ledger.evidence.actions import store_file
from sheke.ledger.evidence.thumbnails import thumbnail
from sheke.ledger.models import Evidence
from sheke.site import env
from tests import factories

from .conftest import free_port, started, until

KEY, SECRET = "sheke-key", "sheke+secret/1"
WEED = Path(sys.executable).with_name("weed")


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[str]:
    """The address of SeaweedFS' S3 gateway, with one key."""
    try:
        subprocess.run([WEED, "version"], check=True, capture_output=True, timeout=30)
    except (OSError, subprocess.SubprocessError):
        pytest.skip("SeaweedFS does not run on this machine")
    # Each of its parts listens 10,000 ports higher as well.
    ports = (port for port in iter(free_port, 0) if port + 10_000 < 65_536)
    master, volume, filer, s3 = islice(ports, 4)
    (folder / "weed").mkdir()
    (folder / "s3.json").write_text(
        '{"identities": [{"name": "sheke", "actions": ["Admin", "Read", "Write", "List"],'
        f' "credentials": [{{"accessKey": "{KEY}", "secretKey": "{SECRET}"}}]}}]}}'
    )
    command = [
        str(WEED), "server", "-s3", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", f"-dir={folder}/weed",
        f"-master.port={master}", f"-volume.port={volume}", f"-filer.port={filer}",
        f"-s3.port={s3}", f"-s3.config={folder}/s3.json", "-master.volumeSizeLimitMB=64",
        "-volume.max=20", "-volume.preStopSeconds=0",
    ]  # fmt: skip
    with started(command, dict(os.environ), folder / "weed.log"):
        until(lambda: answers(f"http://127.0.0.1:{s3}/"), 60)
        yield f"127.0.0.1:{s3}"


def answers(url: str) -> bool:
    try:
        urllib.request.urlopen(url, timeout=2).close()
    except urllib.error.HTTPError:
        return True  # it asks for the key
    return True


@pytest.fixture
def bucket(server: str, settings, monkeypatch) -> str:
    url = f"s3://{KEY}:{SECRET.replace('/', '%2F')}@{server}/uploads?tls=false"
    monkeypatch.setenv("SHEKE_FILES_URL", url)
    settings.STORAGES = settings.STORAGES | {"default": env.files("SHEKE_FILES_URL", Path("x"))}
    storage = storages["default"]
    until(lambda: made(storage), 60)
    return f"http://{server}/uploads/"


def made(storage) -> bool:
    """The gateway takes a moment before its first bucket holds files."""
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        storage.make()
        storage.save("probe", ContentFile(b"1"))
    except (BotoCoreError, ClientError):
        return False
    return True


def picture() -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", (800, 600), "red").save(file, "JPEG")
    return file


@pytest.mark.django_db
def test_evidence_is_kept_shown_and_handed_out(bucket: str, client: Client) -> None:
    file = picture()
    office = factories.organisation(kind="federation")
    account = factories.account(office, role="staff")
    stored = store_file(file=file, name="现场.jpg")
    assert stored.file.storage.__class__.__name__ == "Bucket" and stored.file.size == len(
        file.getvalue()
    )
    assert hashlib.sha256(stored.file.open().read()).hexdigest() == stored.sha256
    evidence = Evidence.objects.create(
        record=factories.record(factories.lecture_type(), office),
        stored=stored,
        name="现场.jpg",
        added_by=account,
    )
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(reverse("ledger:download", args=[evidence.pk]))
    assert b"".join(answer) == file.getvalue()
    assert answer["Content-Disposition"].startswith("attachment")
    small = thumbnail(stored)
    assert Image.open(io.BytesIO(small)).size == (480, 360) and thumbnail(stored) == small


def test_nobody_reads_there_without_the_key(bucket: str) -> None:
    name = default_storage.save("evidence/secret.pdf", ContentFile(b"%PDF-"))
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(bucket + name, timeout=5)
    assert refused.value.code == 403


def test_what_is_missing_is_missing_as_in_a_folder(bucket: str) -> None:
    with pytest.raises(FileNotFoundError):
        default_storage.get_modified_time("nowhere")
    with pytest.raises(FileNotFoundError):
        default_storage.open("nowhere").read()
    default_storage.delete("nowhere")


def test_a_name_that_is_taken_is_not_written_over(bucket: str) -> None:
    one, other = (default_storage.save("imports/a.xlsx", ContentFile(c)) for c in (b"1", b"2"))
    assert one != other
    assert [default_storage.open(name).read() for name in (one, other)] == [b"1", b"2"]
