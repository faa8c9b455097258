"""What a file is by its content, and what to hand in instead of what cannot be made blind."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from django.utils.translation import gettext as _

from sheke.core.errors import BadInput

MAX_BYTES = 100 * 1024 * 1024
PICTURES = {"jpg", "png", "webp"}
_ENDINGS = {
    "docx": (".docx", ".dotx"), "xlsx": (".xlsx",), "pptx": (".pptx",), "pdf": (".pdf",),
    "jpg": (".jpg", ".jpeg"), "png": (".png",), "webp": (".webp",), "txt": (".txt", ".md", ".csv"),
}  # fmt: skip
_MAIN = {
    "word/document.xml": "docx",
    "xl/workbook.xml": "xlsx",
    "ppt/presentation.xml": "pptx",
}


def kind_of(data: bytes, name: str) -> str:
    """docx, xlsx, pptx, pdf, jpg, png, webp or txt. Anything else is BadInput with what to do."""
    if not data:
        raise BadInput(_("%(name)s: the file is empty.") % {"name": name})
    if len(data) > MAX_BYTES:
        raise BadInput(
            _("%(name)s: the file is larger than %(limit)s MB.")
            % {"name": name, "limit": MAX_BYTES >> 20}
        )
    kind = _by_content(data, name)
    ending = Path(name).suffix.lower()
    if not kind or (ending and ending not in _ENDINGS[kind]):
        raise BadInput(_advice(data, ending) % {"name": name})
    return kind


def _by_content(data: bytes, name: str) -> str:
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data.startswith(b"PK"):
        return _zipped(data, name)
    return "txt" if Path(name).suffix.lower() in _ENDINGS["txt"] else ""


def _zipped(data: bytes, name: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError):
        ending = Path(name).suffix.lower()  # its reader says what is wrong
        return next((kind for kind in _MAIN.values() if ending in _ENDINGS[kind]), "docx")
    return next((kind for part, kind in _MAIN.items() if part in names), "")


def _advice(data: bytes, ending: str) -> str:
    """The message for a file that is refused."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return _("%(name)s: a file of an older or locked format; save it without a password as docx, "
                 "xlsx or pptx.")  # fmt: skip
    if ending in {".wps", ".doc", ".odt", ".rtf", ".ofd"}:
        return _("%(name)s: this format cannot be made blind; save it as docx or PDF.")
    if data[4:8] == b"ftyp" or ending in {".heic", ".mp4", ".mov", ".mp3", ".avi", ".wav"}:
        return _("%(name)s: films, sounds and HEIC photos cannot be made blind; hand in pictures as JPG "
                 "or PNG and texts as docx or PDF.")  # fmt: skip
    if data.startswith((b"PK", b"Rar!", b"7z\xbc\xaf")):
        return _("%(name)s: archives cannot be made blind; hand in the files one by one.")
    return _("%(name)s: this file cannot be made blind, or its ending does not fit its content; hand in "
             "docx, xlsx, pptx, PDF, JPG, PNG or txt.")  # fmt: skip
