"""What a file is, by its content; its name only chooses among what looks alike."""

from __future__ import annotations

import zipfile
from pathlib import Path

from django.utils.translation import gettext as _

from sheke.core.errors import BadInput

from .kinds import SHOWN

HEAD = 4096
_MAGIC = {
    b"%PDF-": "pdf",
    b"{\\rtf": "rtf",
    b"\x89PNG\r\n\x1a\n": "png",
    b"\xff\xd8\xff": "jpg",
    b"II*\x00": "tif",
    b"MM\x00*": "tif",
    b"BM": "bmp",
}
_REFUSED = {b"Rar!": "rar", b"7z\xbc\xaf": "7z", b"MZ": "exe", b"\x7fELF": "elf", b"GIF8": "gif",
            b"\x1f\x8b": "gz"}  # fmt: skip
# Names of streams in the older office programs' files, as UTF-16.
_STREAMS = {"WordDocument": "doc", "Workbook": "xls", "Book": "xls", "PowerPoint Document": "ppt"}
_PARTS = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}
_HTML = (b"<!doctype html", b"<html", b"<head", b"<body", b"<meta ", b"<title")


def kind_of(path: Path, name: str) -> str:
    """One of KINDS. Raises BadInput for an empty file and for what is not taken in."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    if not head:
        raise BadInput(_("“%(name)s” is empty.") % {"name": name})
    for magic, refused in _REFUSED.items():
        if head.startswith(magic):
            raise _not_taken(name, refused)
    found = next((kind for magic, kind in _MAGIC.items() if head.startswith(magic)), "")
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        found = "webp"
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        found = _older_office(path, name)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        found = _zipped(path, name)
    if not found and b"%PDF-" in head[:1024]:  # some scanners write a line before it
        found = "pdf"
    return found or _text(head, name)


def _text(head: bytes, name: str) -> str:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not wide and b"\x00" in head and Path(name).suffix.lower() not in (".txt", ".html", ".htm"):
        raise _not_taken(name, Path(name).suffix.lstrip("."))
    if any(tag in start[:1024] for tag in _HTML) or Path(name).suffix.lower() in (".html", ".htm"):
        return "html"
    return "txt"


def _older_office(path: Path, name: str) -> str:
    data = path.read_bytes()
    for stream, kind in _STREAMS.items():
        if stream.encode("utf-16-le") in data:
            return kind
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise BadInput(
            _("“%(name)s” is locked by a password; save it without one.") % {"name": name}
        )
    raise _not_taken(name, Path(name).suffix.lstrip("."))


def _zipped(path: Path, name: str) -> str:
    """An office document by its main part, else a plain zip."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                kind = archive.read("mimetype")
                if kind == b"application/vnd.oasis.opendocument.text":
                    return "odt"
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError):
        raise BadInput(
            _("“%(name)s” is damaged: it cannot be unpacked.") % {"name": name}
        ) from None
    found = next((kind for part, kind in _PARTS.items() if part in names), "zip")
    if found != "zip" and any(part.endswith("vbaProject.bin") for part in names):
        raise BadInput(
            _("“%(name)s” holds macros; save it without them, as %(kind)s.")
            % {"name": name, "kind": found}
        )
    return found


def _not_taken(name: str, kind: str) -> BadInput:
    return BadInput(
        _("“%(name)s”: files of the kind %(kind)s are not taken in. Use: %(kinds)s.")
        % {"name": name, "kind": kind.upper() or "?", "kinds": SHOWN}
    )
