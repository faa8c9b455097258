"""Where text stands in office files: containers (paragraphs, cells, labels) and their text nodes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

CONTAINERS = {f"{W}p", f"{W}rt", f"{A}p", f"{S}si", f"{S}is", f"{S}rPh", f"{C}v"}
_TEXT = {f"{W}t", f"{A}t", f"{S}t", f"{M}t", f"{C}v"}
_SIGNS = {
    f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{A}br": "\n", f"{W}noBreakHyphen": "-",
}  # fmt: skip
# Not shown in its place: deletions, field codes, duplicates, formatting.
_SKIPPED = {
    f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}delText", f"{W}pPr", f"{W}rPr",
    f"{W}sdtPr", f"{MC}Fallback", f"{A}pPr", f"{A}rPr",
}  # fmt: skip


def containers(root: Any) -> Iterator[Any]:
    """The containers below `root` in order; one inside another (a text box) follows its holder."""
    if root.tag in CONTAINERS:
        yield root
    waiting = [iter(root)]
    while waiting:
        child = next(waiting[-1], None)
        if child is None:
            waiting.pop()
        elif child.tag not in _SKIPPED:
            if child.tag in CONTAINERS:
                yield child
            waiting.append(iter(child))


def nodes(container: Any) -> Iterator[tuple[Any, str]]:
    """The nodes of a container that show text, each with its text; not those of containers inside."""
    if container.tag in _TEXT:
        yield container, container.text or ""
        return
    waiting = [iter(container)]
    while waiting:
        child = next(waiting[-1], None)
        if child is None:
            waiting.pop()
        elif child.tag in _TEXT:
            yield child, child.text or ""
        elif child.tag in _SIGNS:
            yield child, _SIGNS[child.tag]
        elif child.tag not in _SKIPPED and child.tag not in CONTAINERS:
            waiting.append(iter(child))


def text_of(container: Any) -> str:
    return "".join(text for _node, text in nodes(container))
