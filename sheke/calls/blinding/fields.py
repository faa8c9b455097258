"""Word's fields: what they show stays; codes stay only where they count or refer inside."""

from __future__ import annotations

import re
from typing import Any

from .office import remove, unwrap
from .words import W

_KEPT = {"PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "PAGEREF", "REF", "NOTEREF", "SEQ", "TOC",
         "STYLEREF", "EQ", "FORMCHECKBOX", "FORMTEXT", "FORMDROPDOWN", "=", "ADVANCE"}  # fmt: skip
_INSIDE = re.compile(r"\s*HYPERLINK\s+\\l\s+\"?_(Toc|Ref)\w*\"?(\s+\\h)?\s*", re.I)

# These name styles, which are renamed when people made them.
_NAMES_STYLES = re.compile(r"\s*(?:STYLEREF|TOC\b.*\\t)", re.I | re.S)
_OWN_STYLES = re.compile(r"\s*STYLEREF\s+\"?(?:\d|heading \d|标题\s?\d)\"?(?:\s|$)", re.I)


def plain_fields(root: Any) -> None:
    """Fields that name people, files, addresses or other programs' data become their text."""
    for simple in list(root.iter(f"{W}fldSimple")):
        if not _is_kept(simple.get(f"{W}instr", "")):
            unwrap(simple)
    opened: list[list[Any]] = []
    for element in list(root.iter(f"{W}fldChar", f"{W}instrText")):
        if element.tag == f"{W}instrText":
            if opened:
                opened[-1].append(element)
            continue
        kind = element.get(f"{W}fldCharType")
        if kind == "begin":
            opened.append([element])
        elif opened:
            opened[-1].append(element)
            if kind == "end":
                _close(opened.pop())
    for pieces in opened:  # a field without an end
        _drop(pieces)


def _close(pieces: list[Any]) -> None:
    code = "".join(e.text or "" for e in pieces if e.tag == f"{W}instrText")
    if not _is_kept(code):
        _drop(pieces)


def _drop(pieces: list[Any]) -> None:
    for element in pieces:
        run = element.getparent()
        remove(element)
        if run is not None and run.tag == f"{W}r" and all(c.tag == f"{W}rPr" for c in run):
            remove(run)


def _is_kept(code: str) -> bool:
    words = code.split()
    if _NAMES_STYLES.match(code):
        return bool(_OWN_STYLES.match(code))
    return bool(words) and (
        words[0].upper().startswith("=")
        or words[0].upper() in _KEPT
        or bool(_INSIDE.fullmatch(code))
    )
