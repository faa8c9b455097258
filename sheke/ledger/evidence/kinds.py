"""What a file is, by its content; its name only chooses among kinds that look alike."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from sheke.core.errors import BadInput

# A JPEG is made small while it is read; the others unfold to four bytes a pixel first.
PIXELS_LIMIT = {"JPEG": 120_000_000, "PNG": 40_000_000, "WEBP": 40_000_000}
PICTURES = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
OFFICE = "application/vnd.openxmlformats-officedocument."
ALLOWED = "PDF、OFD、Word、Excel、PowerPoint、WPS、JPG、PNG、WebP、HEIC、MP4"


@dataclass(frozen=True)
class Kind:
    """A kind of file that may be evidence: its type and the endings its name may have."""

    content_type: str
    endings: tuple[str, ...]


KINDS = (
    Kind("application/pdf", (".pdf",)),
    Kind("image/jpeg", (".jpg", ".jpeg")),
    Kind("image/png", (".png",)),
    Kind("image/webp", (".webp",)),
    Kind("image/heic", (".heic", ".heif")),
    Kind("video/mp4", (".mp4", ".m4v", ".mov")),
    Kind(f"{OFFICE}wordprocessingml.document", (".docx",)),
    Kind(f"{OFFICE}spreadsheetml.sheet", (".xlsx",)),
    Kind(f"{OFFICE}presentationml.presentation", (".pptx",)),
    Kind("application/ofd", (".ofd",)),
    Kind("application/msword", (".doc", ".wps")),
    Kind("application/vnd.ms-excel", (".xls", ".et")),
    Kind("application/vnd.ms-powerpoint", (".ppt", ".dps")),
)
ENDINGS = tuple(ending for kind in KINDS for ending in kind.endings)


def kind_of(file: BinaryIO, name: str) -> Kind:
    """The kind of `file`. Raises BadInput when it is none of those allowed, or not what its name says."""
    endings = _endings(file)
    file.seek(0)
    if not endings:
        raise BadInput(
            _("“%(name)s” is not a kind of file that can be kept. Use: %(kinds)s.")
            % {"name": name, "kinds": ALLOWED}
        )
    found = [kind for kind in KINDS if set(kind.endings) & set(endings)]
    ending = Path(name).suffix.lower()
    kind = next((kind for kind in found if ending in kind.endings), None)
    if kind is None:
        raise BadInput(
            _("“%(name)s” is in truth a file of the kind %(kind)s; give it the right ending.")
            % {"name": name, "kind": found[0].endings[0]}
        )
    if kind.content_type in PICTURES:
        _check_picture(file, name, PICTURES[kind.content_type])
    return kind


def _endings(file: BinaryIO) -> tuple[str, ...]:
    """The endings that fit the first bytes, or nothing."""
    file.seek(0)
    head = file.read(32)
    if head.startswith(b"%PDF-"):
        return (".pdf",)
    if head.startswith(b"\xff\xd8\xff"):
        return (".jpg",)
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return (".png",)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return (".webp",)
    if head[4:8] == b"ftyp":
        return _film_or_photo(head[8:12])
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):  # the older office programs
        return (".doc", ".xls", ".ppt")
    if head.startswith(b"PK\x03\x04"):
        return _zipped(file)
    return ()


def _film_or_photo(brand: bytes) -> tuple[str, ...]:
    if brand in (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"):
        return (".heic",)
    films = (
        b"isom",
        b"iso2",
        b"iso4",
        b"iso5",
        b"iso6",
        b"mp41",
        b"mp42",
        b"avc1",
        b"M4V ",
        b"qt  ",
    )
    return (".mp4",) if brand in films else ()


def _zipped(file: BinaryIO) -> tuple[str, ...]:
    """Office documents are zip archives with a known main part; other archives are not kept."""
    parts = {
        "word/document.xml": ".docx",
        "xl/workbook.xml": ".xlsx",
        "ppt/presentation.xml": ".pptx",
        "OFD.xml": ".ofd",
    }
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError):
        return ()
    if any(name.endswith("vbaProject.bin") for name in names):
        return ()
    return tuple(ending for part, ending in parts.items() if part in names)[:1]


def _check_picture(file: BinaryIO, name: str, format_: str) -> None:
    """Open the picture, so that nothing else passes for one. Its content is kept as it is."""
    data = io.BytesIO(file.read())
    file.seek(0)
    try:
        with Image.open(data, formats=[format_]) as picture:
            width, height = picture.size
            if width * height > PIXELS_LIMIT[format_]:
                raise BadInput(_("“%(name)s” has too many pixels.") % {"name": name})
            picture.verify()
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError):
        raise BadInput(
            _("“%(name)s” is damaged: the picture cannot be opened.") % {"name": name}
        ) from None
