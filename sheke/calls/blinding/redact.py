"""Findings blacked out in texts and office files; a PDF is never painted over.

A bar over a PDF's words leaves the words below it: the applicant hands in the Word file, or a new PDF.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from sheke.core.errors import BadInput

from .kinds import kind_of
from .names import Finding
from .package import pack, unpack
from .packet import Place, office_containers
from .words import S, W, nodes

MARK = "■■"  # of one length for all names: the length of a name tells too
_SPACED = {f"{W}t", f"{S}t"}


def redact(data: bytes, name: str, findings: Iterable[Finding], mark: str = MARK) -> bytes:
    """A docx, xlsx, pptx or txt with `mark` in place of each finding; the look stays.

    `data` is what `blind` gave, and `findings` are those found in these very bytes. BadInput for a PDF or a picture and
    for a finding whose place holds other words now.
    """
    kind = kind_of(data, name)
    if kind == "txt":
        return _redact_lines(data.decode(), name, list(findings), mark).encode()
    if kind not in {"docx", "xlsx", "pptx"}:
        raise BadInput(
            _("%(name)s: names in a PDF or a picture cannot be blacked out safely; ask the applicant for "
              "a file without them, or for the Word file.") % {"name": name}
        )  # fmt: skip
    package = unpack(data, name)
    wanted = _by_place(findings)
    for place, element in office_containers(package):
        for start, end, words in wanted.pop(place, []):
            _replace(list(nodes(element)), (start, end), words, mark, name)
    if wanted:
        raise _moved(name, next(iter(wanted)))
    return pack(package)


def redact_text(text: str, findings: Iterable[Finding], mark: str = MARK) -> str:
    """A text of one passage or of lines (`text_passages`) with `mark` in place of each finding."""
    return _redact_lines(text, "", list(findings), mark)


def _redact_lines(text: str, name: str, findings: list[Finding], mark: str) -> str:
    lines = text.split("\n")
    for place, spans in _by_place(findings).items():
        if not 0 < place.number <= len(lines):
            raise _moved(name, place)
        line = lines[place.number - 1]
        for start, end, words in spans:
            if line[start:end] != words:
                raise _moved(name, place)
            line = line[:start] + mark + line[end:]
        lines[place.number - 1] = line
    return "\n".join(lines)


def _by_place(findings: Iterable[Finding]) -> dict[Place, list[tuple[int, int, str]]]:
    """Spans of each place from the last to the first; overlapping ones count as one."""
    spans: dict[Place, list[tuple[int, int, str]]] = defaultdict(list)
    for finding in sorted(findings, key=lambda f: (f.start, -f.end)):
        known = spans[finding.place]
        if known and finding.start < known[-1][1]:
            start, end, words = known[-1]
            longer = finding.text[max(0, end - finding.start) :]
            known[-1] = (start, max(end, finding.end), words + longer)
        else:
            known.append((finding.start, finding.end, finding.text))
    return {place: list(reversed(found)) for place, found in spans.items()}


def _replace(
    texts: list[tuple[Any, str]], span: tuple[int, int], words: str, mark: str, name: str
) -> None:
    start, end = span
    if "".join(text for _node, text in texts)[start:end] != words:
        raise BadInput(
            _("%(name)s: the file has changed since it was looked through; look it through again.")
            % {"name": name}
        )
    at, written = 0, False
    for node, text in texts:
        first, last = max(start - at, 0), min(end - at, len(text))
        at += len(text)
        if first >= last:
            continue
        if text != (node.text or ""):  # a tab or a line break inside a name
            node.getparent().remove(node)
            continue
        node.text = text[:first] + ("" if written else mark) + text[last:]
        if node.tag in _SPACED:
            node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        written = True


def _moved(name: str, place: Place) -> BadInput:
    return BadInput(
        _("%(name)s: %(place)s cannot be blacked out here; ask for a file without it.")
        % {"name": name, "place": place.label}
    )
