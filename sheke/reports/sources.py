"""The files that templates come from, as text in which slots can be counted."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from sheke.core.documents import MAX_BYTES
from sheke.core.documents.plaintext import decode_text
from sheke.core.errors import BadInput
from sheke.ledger.models import StoredFile
from sheke.reports.slots.tables import Rows
from sheke.reports.word.reading import open_docx
from sheke.reports.word.rows import table_rows
from sheke.reports.word.text import document_text

_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "txt": "text/plain",
}


@dataclass(frozen=True, slots=True)
class Source:
    """A file's name, its bytes and its text; `kind` is docx or txt."""

    name: str
    kind: str
    data: bytes
    text: str
    rows: Rows | None = None  # the tables of a Word file

    @property
    def stem(self) -> str:
        return Path(self.name).stem


def read_source(data: bytes, name: str, *, raw: bool = False) -> Source:
    """Read a .docx or a text file. `raw` keeps a text file's line ends as they are.

    Raises BadInput, naming the file and what to do, when it cannot be read or holds no text.
    """
    if len(data) > MAX_BYTES:
        raise BadInput(_("%(name)s: the file is larger than 20 MB.") % {"name": name})
    kind = "docx" if data.startswith(b"PK") else "txt"
    if kind == "txt" and name.lower().endswith((".doc", ".wps", ".pdf", ".docx")):
        raise BadInput(_("%(name)s: save it as .docx and try again.") % {"name": name})
    read = document_text(open_docx(data, name)) if kind == "docx" else None
    text = read.text if read else _plain(data, name, raw)
    if not text.strip():
        raise BadInput(_("%(name)s: the document holds no text.") % {"name": name})
    return Source(name, kind, data, text, table_rows(read) if read else None)


def read_source_file(path: Path, *, raw: bool = False) -> Source:
    """The same for a file on disk."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadInput(
            _("%(name)s: the file cannot be read: %(why)s")
            % {"name": path, "why": error.strerror or error}
        ) from error
    return read_source(data, path.name, raw=raw)


def keep_source(source: Source) -> StoredFile:
    """The file's content, kept once; plain text too, which is no evidence but may be a template."""
    sha256 = hashlib.sha256(source.data).hexdigest()
    stored, new = StoredFile.objects.get_or_create(
        sha256=sha256, defaults={"size": len(source.data), "content_type": _TYPES[source.kind]}
    )
    if new:
        stored.file.save(f"{sha256}.{source.kind}", ContentFile(source.data))
    return stored


def _plain(data: bytes, name: str, raw: bool) -> str:
    text, encoding = decode_text(data, name)
    return data.decode(encoding) if raw else text
