"""Documents as text: Word files and plain text become paragraphs that the rest of Sheke reads."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from sheke.core.errors import BadInput

from .cleaning import clean_text
from .docx import paragraphs_of_docx
from .plaintext import decode_text

__all__ = ["MAX_BYTES", "Document", "clean_text", "read_document"]

MAX_BYTES = 20 * 1024 * 1024
MAX_CHARACTERS = 2_000_000

# Files that offices send under a wrong name, by their first bytes.
_MAGIC = {
    b"\xd0\xcf\x11\xe0": "doc",
    b"%PDF": "pdf",
    b"{\\rtf": "rtf",
    b"Rar!": "rar",
    b"7z\xbc\xaf": "7z",
    b"\x89PNG": "png",
    b"\xff\xd8\xff": "jpg",
}


@dataclass(frozen=True)
class Document:
    """A document that was read: its paragraphs in order, without markup.

    `text` is the paragraphs joined by line ends; for plain text it is the file's own text.
    """

    name: str
    kind: str  # "docx" or "txt"
    text: str
    sha256: str
    encoding: str = ""  # of plain text

    @property
    def paragraphs(self) -> list[str]:
        return self.text.split("\n")

    @property
    def stem(self) -> str:
        return Path(self.name).stem


def read_document(source: str | Path | bytes, name: str = "") -> Document:
    """Read a .docx or .txt given as a path or as bytes with their file name.

    Raises BadInput, naming the file and what to do, for anything that cannot be read.
    """
    name = name or ("" if isinstance(source, bytes) else Path(source).name)
    data = source if isinstance(source, bytes) else _bytes_of(Path(source))
    if len(data) > MAX_BYTES:
        raise BadInput(_("%(name)s: the file is larger than 20 MB.") % {"name": name})
    kind = _kind(name, data)
    encoding = ""
    if kind == "docx":
        text = "\n".join(paragraphs_of_docx(data, name))
    else:
        text, encoding = decode_text(data, name)
    if not text.strip():
        raise BadInput(_("%(name)s: the document holds no text.") % {"name": name})
    if len(text) > MAX_CHARACTERS:
        raise BadInput(
            _("%(name)s: the text is longer than 2 million characters.") % {"name": name}
        )
    return Document(name, kind, text, hashlib.sha256(data).hexdigest(), encoding)


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise BadInput(_("%(name)s: the file is larger than 20 MB.") % {"name": path.name})
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise BadInput(
            _("%(name)s: cannot be opened (%(reason)s).") % {"name": path, "reason": reason}
        ) from error


def _kind(name: str, data: bytes) -> str:
    suffix = Path(name).suffix.lower()
    found = next((kind for magic, kind in _MAGIC.items() if data.startswith(magic)), "")
    if not data:
        raise BadInput(_("%(name)s: the file is empty.") % {"name": name})
    if found or suffix not in {".docx", ".txt"}:
        raise BadInput(
            _("%(name)s: a %(kind)s file cannot be read; save it as .docx or .txt.")
            % {"name": name, "kind": (found or suffix.lstrip(".") or _("nameless")).upper()}
        )
    is_zip = data.startswith(b"PK")
    if is_zip != (suffix == ".docx"):
        raise BadInput(
            _("%(name)s: the content does not fit the ending %(suffix)s; save the document anew.")
            % {"name": name, "suffix": suffix}
        )
    return suffix[1:]
