"""Files as texts: what the places of a check count in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from sheke.core.documents.docx import paragraphs_of_docx
from sheke.core.documents.plaintext import decode_text
from sheke.core.errors import BadInput

MAX_BYTES = 100 * 1024 * 1024
_PLAIN = {".txt", ".text", ".md", ""}


@dataclass(frozen=True)
class Named:
    """A text and what it is called."""

    name: str
    text: str


def read_text(path: Path) -> str:
    """The text of a file; pages and paragraphs are joined by line ends.

    Of plain text it is the decoded file, without its byte order mark and with `\\n` as line ends; an
    empty file is an empty text. Raises BadInput, naming the file, for what cannot be read.
    """
    data = _bytes_of(path)
    suffix = path.suffix.lower()
    if not data:
        return ""
    if suffix in _PLAIN:
        return _plain(data, path.name)
    if suffix == ".docx" and data.startswith(b"PK"):
        return "\n".join(paragraphs_of_docx(data, path.name))
    from ..reading import read

    return "\n".join(page.text for page in read(path, path.name).pages)


def texts_below(paths: Sequence[Path], told: list[str], but: Path | None = None) -> Iterator[Named]:
    """The files, and those in the folders and below them (without `but`), by their names.

    A file in a folder is called by its way from there. Files in a folder that cannot be read are
    told and passed over; one that was named itself is BadInput.
    """
    taken: set[str] = set()
    for path in paths:
        if not path.is_dir():
            yield Named(_free(path.name, str(path), taken), read_text(path))
            continue
        for file in sorted(p for p in path.rglob("*") if p.is_file() and not _hidden(p, path)):
            if but is not None and file.samefile(but):
                continue
            name = file.relative_to(path).as_posix()
            try:
                text = read_text(file)
            except BadInput as error:
                told.append(str(error))
                continue
            yield Named(_free(name, str(file), taken), text)


def _hidden(file: Path, folder: Path) -> bool:
    return any(part.startswith(("~$", ".")) for part in file.relative_to(folder).parts)


def _free(name: str, path: str, taken: set[str]) -> str:
    """The name, or where two are called alike the whole path."""
    chosen = name if name not in taken else path
    taken.add(chosen)
    return chosen


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise BadInput(_("%(name)s: the file is larger than 100 MB.") % {"name": path})
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise BadInput(
            _("%(name)s: cannot be opened (%(reason)s).") % {"name": path, "reason": reason}
        ) from error


def _plain(data: bytes, name: str) -> str:
    try:
        return decode_text(data, name)[0]
    except BadInput:
        text = _double_byte(data)
        if text is None:
            raise
        return text


def _double_byte(data: bytes) -> str | None:
    """GB18030 of rare or traditional characters, which look like nobody's common ones."""
    try:
        text = data.decode("gb18030").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        return None
    written = [c for c in text if not c.isspace()]
    han = sum("\u4e00" <= c <= "\u9fff" for c in written)
    return text if written and han / len(written) > 0.8 and "\x00" not in text else None
