"""The text of a file, paragraph by paragraph or page by page, for those who look for names in it."""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from django.utils.translation import gettext as _

from sheke.core.documents.plaintext import decode_text
from sheke.core.errors import BadInput

from .kinds import PICTURES, kind_of
from .package import Package, unpack
from .pdf import open_pdf, things
from .words import S, W, containers, text_of

MAX_CHARACTERS = 3_000_000
_IMAGE = 3  # of pdfium’s objects on a page
_VML = "{urn:schemas-microsoft-com:vml}"
_SHOWS_CODE = re.compile(r"[^\x00-\x7f]|\beq\b", re.I)  # a formula, or somebody’s words
_SPOKEN = re.compile(rb"/(?:ActualText|Alt|E)\s*(\((?:\\.|[^\\()])*\)|<[0-9A-Fa-f\s]*>)", re.S)
_PDFIUM = threading.Lock()  # the library is not made for threads
_PARTS = (
    (r".*/header\d*\.xml", "header"),
    (r".*/footer\d*\.xml", "footer"),
    (r".*/footnotes\.xml", "footnote"),
    (r".*/endnotes\.xml", "endnote"),
    (r".*/(charts|diagrams)/.*", "chart"),
    (r".*/slides/.*", "slide"),
    (r".*/notesSlides/.*", "notes"),
    (r"xl/.*", "cell"),
)


@dataclass(frozen=True)
class Place:
    """Where a text stands: the part of the file, the number of the paragraph or page in it (from 1)."""

    kind: str  # body, table, box, header, footer, footnote, endnote, chart, slide, notes, cell, page, …
    number: int
    part: str = ""

    @property
    def label(self) -> str:
        """The place in words."""
        return str(_labels()[self.kind]) % {"number": self.number}


@dataclass(frozen=True)
class Passage:
    """A paragraph, a cell or a page with its text."""

    place: Place
    text: str


@dataclass
class Packet:
    """All text of a file; `unread` names the places where text may stand that no program here reads."""

    kind: str
    passages: list[Passage] = field(default_factory=list)
    unread: list[Place] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(passage.text for passage in self.passages)


def read_packet(data: bytes, name: str) -> Packet:
    """The text of a docx, xlsx, pptx, pdf or txt. Pictures have no text: they stand in `unread`."""
    kind = kind_of(data, name)
    if kind in PICTURES:
        return Packet(kind, [], [Place("picture", 1)])
    if kind == "pdf":
        packet = _pdf(data, name)
    elif kind == "txt":
        lines = decode_text(data, name)[0].split("\n")
        packet = Packet(kind, [Passage(Place("body", n), t) for n, t in enumerate(lines, start=1)])
    else:
        packet = _office(unpack(data, name), kind)
    if sum(len(p.text) for p in packet.passages) > MAX_CHARACTERS:
        raise too_long(name)
    return packet


def too_long(name: str) -> BadInput:
    return BadInput(_("%(name)s: the text is longer than 3 million characters.") % {"name": name})


def text_passages(text: str) -> list[Passage]:
    """A text of a form's field as passages, a line each."""
    return [Passage(Place("body", n), line) for n, line in enumerate(text.split("\n"), start=1)]


def _labels() -> dict[str, str]:
    return {
        "body": _("paragraph %(number)s"),
        "table": _("table, paragraph %(number)s"),
        "box": _("text box, paragraph %(number)s"),
        "header": _("header, paragraph %(number)s"),
        "footer": _("footer, paragraph %(number)s"),
        "footnote": _("footnote, paragraph %(number)s"),
        "endnote": _("endnote, paragraph %(number)s"),
        "chart": _("chart, text %(number)s"),
        "slide": _("slide, paragraph %(number)s"),
        "notes": _("notes of a slide, paragraph %(number)s"),
        "cell": _("cell text %(number)s"),
        "sheet": _("name of a sheet or range, %(number)s"),
        "art": _("drawn letters %(number)s"),
        "page": _("page %(number)s"),
        "alternative": _("description of picture %(number)s"),
        "outline": _("bookmark %(number)s"),
        "picture": _("picture %(number)s"),
    }


def office_containers(package: Package) -> Iterator[tuple[Place, Any]]:
    """The places of an office file and the XML elements that hold their text, in a fixed order."""
    parts = sorted(p for p in package.reachable() if package.is_xml(p) and _may_hold_text(p))
    main = package.main
    for part in [main, *(p for p in parts if p != main)]:
        for number, element in enumerate(containers(package.tree(part)), start=1):
            yield Place(_kind(part, element), number, part), element


def _office(package: Package, kind: str) -> Packet:
    packet = Packet(kind)
    for place, element in office_containers(package):
        if (text := text_of(element)).strip():
            packet.passages.append(Passage(place, text))
    packet.passages += _drawn_letters(package)
    if kind == "xlsx":
        packet.passages += _workbook_texts(package)
    pictures = package.pictures()
    packet.unread = [Place("picture", n, part) for n, part in enumerate(pictures, start=1)]
    return packet


def _drawn_letters(package: Package) -> list[Passage]:
    """WordArt and watermarks of the older kind, formulas of fields: words that stand in no text."""
    found = []
    for part in [part for part in package.reachable() if package.is_xml(part)]:
        drawn = package.tree(part).iter(f"{_VML}textpath", f"{W}instrText")
        for number, element in enumerate(drawn, start=1):
            text = element.get("string") or element.text or ""
            if element.tag != f"{W}instrText" or _SHOWS_CODE.search(text):
                found.append(Passage(Place("art", number, part), text))
    return found


def _may_hold_text(part: str) -> bool:
    return not re.search(
        r"/(styles|settings|fontTable|theme\d*|numbering|presProps|viewProps)\.xml$", part
    )


def _kind(part: str, element: Any) -> str:
    for pattern, kind in _PARTS:
        if re.fullmatch(pattern, part):
            return kind
    for holder in element.iterancestors(f"{W}txbxContent", f"{W}tbl"):
        return "box" if holder.tag == f"{W}txbxContent" else "table"
    return "body"


def _workbook_texts(package: Package) -> list[Passage]:
    names = [e.get("name", "") for e in package.tree(package.main).iter(f"{S}sheet")]
    names += [
        f"{e.get('name', '')} {e.text or ''}"
        for e in package.tree(package.main).iter(f"{S}definedName")
    ]
    found = [Passage(Place("sheet", n, package.main), t) for n, t in enumerate(names, start=1)]
    for part in package.reachable():
        if "/worksheets/" in part and package.is_xml(part):
            margins = package.tree(part).iter(
                f"{S}oddHeader",
                f"{S}oddFooter",
                f"{S}firstHeader",
                f"{S}firstFooter",
                f"{S}evenHeader",
                f"{S}evenFooter",
            )
            texts = [e.text or "" for e in margins]
            texts += [e.text or "" for e in package.tree(part).iter(f"{S}f")]
            texts += [
                c.findtext(f"{S}v") or ""
                for c in package.tree(part).iter(f"{S}c") if c.get("t") in ("str", None, "n")
            ]  # fmt: skip
            found += [
                Passage(Place("cell", n, part), t) for n, t in enumerate(texts, 1) if t.strip()
            ]
    return found


def _pdf(data: bytes, name: str) -> Packet:
    packet = Packet("pdf")
    try:
        with open_pdf(data, name) as pdf:
            packet.passages += _hidden_texts(pdf)
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError) as error:
        raise _unreadable(name) from error
    import pypdfium2

    try:
        with _PDFIUM, closing(pypdfium2.PdfDocument(data)) as document:
            _read_pages(document, packet, name)
    except pypdfium2.PdfiumError as error:
        raise _unreadable(name) from error
    return packet


def _unreadable(name: str) -> BadInput:
    return BadInput(
        _("%(name)s: the pages of the PDF cannot be read; print it to PDF anew.") % {"name": name}
    )


def _read_pages(document: Any, packet: Packet, name: str) -> None:
    length = 0
    for index in range(len(document)):
        page = document[index]
        words = page.get_textpage()
        text = words.get_text_range().replace("\r\n", "\n").replace("\r", "\n")
        drawn = {item.type for item in page.get_objects(max_depth=5)}
        words.close()
        page.close()
        place = Place("page", index + 1)
        if text.strip():
            packet.passages.append(Passage(place, text))
        if _IMAGE in drawn or (drawn and not _is_readable(text)):
            packet.unread.append(place)
        length += len(text)
        if length > MAX_CHARACTERS:
            raise too_long(name)


def _is_readable(text: str) -> bool:
    """Whether there are words: letters drawn as curves give none, some fonts give only signs."""
    strange = sum(unicodedata.category(c) in {"Co", "Cn"} or c == "\ufffd" for c in text)
    return bool(text.strip()) and strange <= len(text) * 0.03


def _hidden_texts(pdf: Any) -> list[Passage]:
    """Bookmarks, and what screen readers say for pictures and words."""
    found: list[Passage] = []
    for thing in things(pdf):
        texts = [
            (kind, str(value))
            for key, kind in (("/Title", "outline"), ("/Alt", "alternative"),
                              ("/ActualText", "alternative"), ("/E", "alternative"))
            if isinstance(value := thing.get(key), pikepdf.String)
        ]  # fmt: skip
        if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") != pikepdf.Name.Image:
            texts += [("alternative", text) for text in _spoken(thing)]
        for kind, text in texts:
            if text.strip():
                found.append(Passage(Place(kind, len(found) + 1), text))
    return found


def _spoken(stream: Any) -> list[str]:
    """Words that stand beside the drawing of a page for screen readers; single signs are no words."""
    try:
        content = stream.read_bytes()
    except pikepdf.PdfError:
        return []
    texts = [str(pikepdf.Object.parse(match[1])) for match in _SPOKEN.finditer(content)]
    return [text for text in texts if sum(c.isalnum() for c in text) > 1]
