"""Opening Word files that people upload."""

from __future__ import annotations

import io
import zipfile

import docx
from django.utils.translation import gettext as _
from docx.document import Document

from sheke.core.documents.docx import check_size
from sheke.core.errors import BadInput


def open_docx(data: bytes, name: str = "") -> Document:
    """The document in `data`. Raises BadInput, naming the file, when it is damaged or no Word file."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_size(archive, name)
        return docx.Document(io.BytesIO(data))
    except BadInput:
        raise
    except Exception as error:  # python-docx raises whatever the damage makes it meet
        raise BadInput(
            _("%(name)s: the Word file is damaged or not a Word file; save it anew as .docx.")
            % {"name": name}
        ) from error


def to_bytes(document: Document) -> bytes:
    """The document as a file."""
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
