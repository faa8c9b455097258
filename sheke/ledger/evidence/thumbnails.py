"""Small pictures of evidence, made by us, so that they are safe to show in a page."""

from __future__ import annotations

import io

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageOps

from ..models import StoredFile
from .kinds import PICTURES

EDGE = 480


def has_thumbnail(stored: StoredFile | None) -> bool:
    return stored is not None and stored.content_type in PICTURES


def thumbnail(stored: StoredFile) -> bytes:
    """The picture as WebP, at most 480 pixels wide and high; made once, then kept."""
    path = f"thumbnails/{stored.sha256[:2]}/{stored.sha256}.webp"
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(_made(stored)))
    with default_storage.open(path) as file:
        return bytes(file.read())


def _made(stored: StoredFile) -> bytes:
    with stored.file.open("rb") as source:
        picture: Image.Image = Image.open(source, formats=[PICTURES[stored.content_type]])
        picture.draft("RGB", (EDGE * 2, EDGE * 2))
        picture = ImageOps.exif_transpose(picture)
        picture.thumbnail((EDGE, EDGE))
        file = io.BytesIO()
        mode = "RGBA" if "A" in picture.getbands() or "transparency" in picture.info else "RGB"
        picture.convert(mode).save(file, "WEBP", quality=80)
    return file.getvalue()
