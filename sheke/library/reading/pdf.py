"""PDF files, page by page; a page without text of its own is a scan."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from django.utils.translation import gettext as _

from sheke.core.errors import BadInput

from .docx import split_names
from .found import Found
from .lines import joined
from .pages import PageText, Properties

PAGES = 5000
LEAST = 8  # visible characters of a page that is not only numbered or stamped
_DATE = re.compile(r"D:(\d{4})(\d{2})(\d{2})")
# What fonts without a table of characters give: private use, replacement, control.
_ODD = re.compile("[\ue000-\uf8ff\ufffd\x00-\x08\x0b\x0e-\x1f]")


def pages_of(path: Path, name: str, found: Found) -> Iterator[PageText]:
    document = _opened(path, name)
    try:
        count = len(document)
        if count > PAGES:
            raise BadInput(
                _("“%(name)s” has %(n)s pages; at most %(most)s are taken in. Split it.")
                % {"name": name, "n": count, "most": PAGES}
            )
        if not count:
            raise BadInput(_("“%(name)s” has no pages.") % {"name": name})
        found.properties = _properties(document)
        for number in range(count):
            yield _page(document, number)
    finally:
        document.close()


def _opened(path: Path, name: str) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise BadInput(
                _("“%(name)s” is locked by a password; save it without one.") % {"name": name}
            ) from None
        raise BadInput(
            _("“%(name)s” is damaged: the PDF cannot be opened. Print or scan it anew.")
            % {"name": name}
        ) from None


def _page(document: pdfium.PdfDocument, number: int) -> PageText:
    try:
        page = document[number]
    except pdfium.PdfiumError:  # one damaged page does not lose the others
        return PageText("")
    try:
        text = page.get_textpage().get_text_range().replace("\r\n", "\n").replace("\r", "\n")
        text = text.replace("\ufffe", "").replace("\x02", "")  # soft hyphens at line ends
        drawn = raw.FPDFPage_CountObjects(page) > 0
    except pdfium.PdfiumError:
        return PageText("", scanned=True)
    finally:
        page.close()
    visible = "".join(text.split())
    unreadable = len(_ODD.findall(visible)) > 0.2 * len(visible)
    if drawn and (len(visible) < LEAST or unreadable):
        return PageText("" if unreadable else text, scanned=True)
    return PageText(joined(_ODD.sub("", text)))


def _properties(document: pdfium.PdfDocument) -> Properties:
    said = document.get_metadata_dict()
    date = _DATE.match(said.get("CreationDate", ""))
    return Properties(
        title=" ".join(said.get("Title", "").split()), authors=split_names(said.get("Author", "")),
        keywords=split_names(said.get("Keywords", "")), abstract=said.get("Subject", "").strip(),
        date="-".join(date.groups()) if date else "",
    )  # fmt: skip
