"""Blindness in fact: files without traces of their authors, and their names found before release.

Pure: bytes and texts in, bytes and findings out; no database.

    blind(data, name)            the file without metadata, comments, hidden things
    read_packet(data, name)      its text with places
    find(passages, identity)     the applicants' names and what else reveals them
    redact(data, name, findings) the file with the findings blacked out
"""

from __future__ import annotations

from .docx import strip_docx
from .kinds import PICTURES, kind_of
from .names import Finding, Identity, Organisation, Person, find
from .packet import Packet, Passage, Place, read_packet, text_passages
from .pdf import strip_pdf
from .pictures import strip_picture
from .plain import strip_text
from .redact import MARK, redact, redact_text
from .sheets import strip_pptx, strip_xlsx

__all__ = [
    "MARK",
    "Finding",
    "Identity",
    "Organisation",
    "Packet",
    "Passage",
    "Person",
    "Place",
    "blind",
    "find",
    "read_packet",
    "redact",
    "redact_text",
    "text_passages",
]

_STRIPPERS = {
    "docx": strip_docx,
    "xlsx": strip_xlsx,
    "pptx": strip_pptx,
    "pdf": strip_pdf,
    "txt": strip_text,
    **dict.fromkeys(PICTURES, strip_picture),
}


def blind(data: bytes, name: str) -> bytes:
    """The file without what tells who wrote it; the words in it stay. BadInput says what to hand in
    instead of a file that cannot be made so. The name of the file is the caller's to replace."""
    return _STRIPPERS[kind_of(data, name)](data, name)
