"""Anchors of slots: a bookmark inside a content control.

The content control shows people where a figure stands and survives Word; the bookmark survives
LibreOffice and WPS, which drop the control's tag. Either leads back to the slot.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from sheke.reports.word import names as w
from sheke.reports.word.fonts import prefer_wide
from sheke.reports.word.runs import gather, isolate, properties, set_run_text
from sheke.reports.word.text import DocumentText, document_text, text_roots

PREFIX = "sheke_"
# The order of formatting elements matters to Word: the highlight stands before these.
_AFTER_HIGHLIGHT = {
    qn(f"w:{name}")
    for name in (
        "u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em", "lang",
        "eastAsianLayout", "specVanish", "oMath",
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """Where a slot stands: its key and its characters in the document's text."""

    key: str
    start: int
    end: int
    label: str = ""


def bookmark_name(key: str) -> str:
    """The bookmark of a slot key: letters, digits and underscores, at most 40 characters."""
    safe = re.sub(r"\W", "_", key, flags=re.ASCII)
    if safe == key and len(PREFIX + safe) <= 40:
        return PREFIX + safe
    return f"{PREFIX}{safe[:24]}_{zlib.crc32(key.encode()):08x}"


def place_anchors(document: Document, places: Iterable[Place]) -> dict[str, Any]:
    """Wrap each place in an anchor and return the anchors' runs by key; old anchors are lifted.

    Raises ValueError when a place holds no text, leaves its paragraph or overlaps another.
    """
    remove_anchors(document)
    ordered = sorted(places, key=lambda p: p.start, reverse=True)
    _check(ordered)
    read = document_text(document)
    numbers = _free_numbers(document)
    runs = {}
    for place in ordered:
        spans = read.spans_between(place.start, place.end)
        if place.start >= place.end or not spans or "\n" in read.text[place.start : place.end]:
            raise ValueError(f"slot {place.key}: no text of one paragraph at {place.start}")
        held = gather(isolate(spans, place.start, place.end))
        _wrap(held, place, next(numbers))
        runs[place.key] = held
    return runs


def set_value(runs: list[Any], text: str, *, blank: bool = False) -> None:
    """Write a slot's text into its runs; a `blank` one is highlighted for the reader's eye."""
    first = runs[0]
    set_run_text(first, text)
    for run in runs[1:]:
        run.getparent().remove(run)
    del runs[1:]
    prefer_wide(first, text)
    _highlight(first, blank)


def find_anchors(document: Document, read: DocumentText) -> dict[str, tuple[int, int]]:
    """The characters of every anchor that holds text, by bookmark name.

    The content control around a bookmark counts before the bookmark itself: what is typed at the
    edge of a figure stays in the control but may fall out of the bookmark.
    """
    spans = {span.node: (span.start, span.end) for span in read.spans}
    found: dict[str, tuple[int, int]] = {}
    for root, _ in text_roots(document):
        held = _bookmarked(root)
        for control in root.iter(w.SDT):
            if name := _owner(control):
                held[name] = list(control.find(w.SDT_CONTENT).iter(w.T))
        for name, nodes in held.items():
            if places := [spans[node] for node in nodes if node in spans]:
                found[name] = places[0][0], places[-1][1]
    return found


def read_anchors(document: Document) -> dict[str, str]:
    """The text of every anchor that holds any, by bookmark name."""
    read = document_text(document)
    places = find_anchors(document, read)
    return {name: read.text[start:end] for name, (start, end) in places.items()}


def remove_anchors(document: Document) -> None:
    """Lift every anchor of ours; the text and its look stay."""
    for root, _ in text_roots(document):
        ids = set()
        for mark in list(root.iter(w.BOOKMARK_START)):
            if mark.get(w.NAME, "").startswith(PREFIX):
                ids.add(mark.get(w.ID))
                mark.getparent().remove(mark)
        for mark in list(root.iter(w.BOOKMARK_END)):
            if mark.get(w.ID) in ids:
                mark.getparent().remove(mark)
        for control in list(root.iter(w.SDT)):
            tag = control.find(f"{w.SDT_PR}/{w.TAG}")
            if tag is not None and tag.get(w.VAL, "").startswith(PREFIX):
                _unwrap(control)


def mark_paragraph(document: Document, name: str) -> None:
    """Put an empty bookmark of ours at the start of the first paragraph."""
    first = next(document.element.body.iter(w.P))
    start, end = _bookmark(PREFIX + name, next(_free_numbers(document)))
    at = 1 if len(first) and first[0].tag == w.PPR else 0
    first.insert(at, start)
    first.insert(at + 1, end)


def bookmark_names(document: Document) -> list[str]:
    """Names of our bookmarks without their prefix, in document order."""
    return [
        name[len(PREFIX) :]
        for root, _ in text_roots(document)
        for mark in root.iter(w.BOOKMARK_START)
        if (name := mark.get(w.NAME, "")).startswith(PREFIX)
    ]


def _check(ordered: list[Place]) -> None:
    for later, earlier in pairwise(ordered):
        if earlier.end > later.start:
            raise ValueError(f"slots {earlier.key} and {later.key} overlap")


def _free_numbers(document: Document) -> Any:
    used = [
        int(mark.get(w.ID))
        for root, _ in text_roots(document)
        for mark in root.iter(w.BOOKMARK_START)
        if mark.get(w.ID, "").isdecimal()
    ]
    number = max(used, default=0)
    while True:
        number += 1
        yield number


def _wrap(runs: list[Any], place: Place, number: int) -> None:
    name = bookmark_name(place.key)
    control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
    settings = OxmlElement("w:sdtPr")
    for tag, value in (("alias", place.label[:60] or place.key), ("tag", name)):
        settings.append(OxmlElement(f"w:{tag}", {w.VAL: value}))
    settings.append(OxmlElement("w:id", {w.VAL: str(zlib.crc32(name.encode()) & 0x7FFFFFFF)}))
    control.append(settings)
    control.append(content)
    runs[0].addprevious(control)
    inside = [runs[0]]
    while inside[-1] is not runs[-1]:
        inside.append(inside[-1].getnext())
    start, end = _bookmark(name, number)
    kept = [item for item in inside if item.tag != w.PROOF_ERROR]
    for dropped in (item for item in inside if item.tag == w.PROOF_ERROR):
        dropped.getparent().remove(dropped)
    content.extend([start, *kept, end])


def _bookmark(name: str, number: int) -> tuple[Any, Any]:
    start = OxmlElement("w:bookmarkStart", {w.ID: str(number), w.NAME: name})
    return start, OxmlElement("w:bookmarkEnd", {w.ID: str(number)})


def _unwrap(control: Any) -> None:
    content = control.find(w.SDT_CONTENT)
    for item in list(content) if content is not None else []:
        control.addprevious(item)
    control.getparent().remove(control)


def _owner(control: Any) -> str:
    """The anchor a content control belongs to: by its tag, else by the one bookmark in it."""
    tag = control.find(f"{w.SDT_PR}/{w.TAG}")
    if tag is not None and tag.get(w.VAL, "").startswith(PREFIX):
        return str(tag.get(w.VAL))
    content = control.find(w.SDT_CONTENT)
    marks = [] if content is None else content.findall(w.BOOKMARK_START)
    names = [name for m in marks if (name := m.get(w.NAME, "")).startswith(PREFIX)]
    return str(names[0]) if len(names) == 1 else ""


def _bookmarked(root: Any) -> dict[str, list[Any]]:
    """One pass over a part: text nodes are added to every bookmark of ours that is open."""
    opened: dict[str, str] = {}
    found: dict[str, list[Any]] = {}
    for element in root.iter(w.BOOKMARK_START, w.BOOKMARK_END, w.T):
        if element.tag == w.BOOKMARK_START:
            name = element.get(w.NAME, "")
            if name.startswith(PREFIX):
                opened[element.get(w.ID)] = name
                found[name] = []
        elif element.tag == w.BOOKMARK_END:
            opened.pop(element.get(w.ID), None)
        else:
            for name in opened.values():
                found[name].append(element)
    return found


def _highlight(run: Any, on: bool) -> None:
    formatting = properties(run)
    old = formatting.find(w.HIGHLIGHT)
    if old is not None and (on or old.get(w.VAL) == "yellow"):
        formatting.remove(old)
    if on:
        mark = OxmlElement("w:highlight", {w.VAL: "yellow"})
        after = next((item for item in formatting if item.tag in _AFTER_HIGHLIGHT), None)
        if after is None:
            formatting.append(mark)
        else:
            after.addprevious(mark)
