"""Pictures of pages: drawn once, by a process of its own within bounds, and then kept as files."""

from __future__ import annotations

import logging
import sys
import tempfile

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from sheke.ledger.models import StoredFile

from .drawing import KINDS
from .models import File, Page
from .reading.processes import GB, TooMuch, run

logger = logging.getLogger(__name__)
EDGE = 1600  # pixels of the longer side: small print can be read on a wide screen
SECONDS = 20


def has_picture(file: File, page: Page) -> bool:
    """Whether there is anything to draw: a scan, or a file that has pages to look at."""
    return page.image_id is not None or file.kind in KINDS


def picture_of(file: File, page: Page) -> bytes | None:
    """The page as WebP; None where there is nothing to show, or it cannot be drawn."""
    if not has_picture(file, page):
        return None
    stored, kind, number = file.stored, file.kind, page.number
    if page.image is not None:
        stored, kind, number = page.image, "png", 1  # a picture; of which kind its bytes say
    path = f"pages/{stored.sha256[:2]}/{stored.sha256}-{number}.webp"
    if not default_storage.exists(path):
        made = _drawn(stored, kind, number)
        if not made:
            return None
        default_storage.save(path, ContentFile(made))
    with default_storage.open(path) as kept:
        return bytes(kept.read())


def _drawn(stored: StoredFile, kind: str, number: int) -> bytes:
    with tempfile.NamedTemporaryFile(suffix=f".{kind}") as copy:
        with stored.file.open("rb") as source:
            for chunk in source.chunks():
                copy.write(chunk)
        copy.flush()
        command = [sys.executable, "-I", "-m", "sheke.library.drawing", copy.name, kind,
                   str(number), str(EDGE)]  # fmt: skip
        try:
            done = run(command, memory=2 * GB, seconds=SECONDS)
        except TooMuch:
            logger.warning("page %s of %s takes too long to draw", number, stored.sha256)
            return b""
    if done.returncode:
        logger.warning(
            "page %s of %s cannot be drawn: %s", number, stored.sha256, done.stderr[-300:]
        )
        return b""
    return done.stdout
