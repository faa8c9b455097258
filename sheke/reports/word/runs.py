"""Cutting runs at character offsets without losing their look."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from docx.oxml import OxmlElement

from sheke.reports.word import names as w
from sheke.reports.word.text import Span


def isolate(spans: list[Span], start: int, end: int) -> list[Any]:
    """Cut so that characters ``start``–``end`` fill whole runs, and return those runs in order.

    `spans` are those that `DocumentText.spans_between` gives. Text before `start` stays in its old
    nodes, so slots may be isolated from the last to the first with one reading of the document.
    """
    nodes = [span.node for span in spans]
    last, first = spans[-1], spans[0]
    if end < last.end:
        _cut_node(nodes[-1], end - last.start)
    _cut_run_after(nodes[-1])
    if start > first.start:
        nodes[0] = _cut_node(nodes[0], start - first.start)
    _cut_run_before(nodes[0])
    return list(dict.fromkeys(node.getparent() for node in nodes))


def gather(runs: list[Any]) -> list[Any]:
    """Make the runs neighbours under one parent; where they are not, the first takes all text."""
    parent = runs[0].getparent()
    if all(run.getparent() is parent for run in runs):
        return runs
    for run in runs[1:]:
        for node in [n for n in run if n.tag != w.RPR]:
            runs[0].append(node)
        run.getparent().remove(run)
    return runs[:1]


def set_run_text(run: Any, text: str) -> None:
    """Replace all content of a run by `text`; its formatting stays."""
    for node in [n for n in run if n.tag != w.RPR]:
        run.remove(node)
    run.append(_text_node(text))


def properties(run: Any) -> Any:
    """The run's formatting element, made when missing."""
    found = run.find(w.RPR)
    if found is None:
        found = OxmlElement("w:rPr")
        run.insert(0, found)
    return found


def _cut_node(node: Any, offset: int) -> Any:
    """Cut a text node; the rest becomes the next node of the same run, which is returned."""
    text = node.text or ""
    rest = _text_node(text[offset:])
    node.text = text[:offset]
    node.set(w.SPACE, "preserve")
    node.addnext(rest)
    return rest


def _cut_run_after(node: Any) -> None:
    following = node.getnext()
    if following is not None:
        _cut_run_before(following)


def _cut_run_before(node: Any) -> None:
    """Move `node` and what follows it in its run to a new run with the same formatting."""
    run = node.getparent()
    moved = [node, *node.itersiblings()]
    if all(n.tag == w.RPR for n in run if n not in moved):
        return
    new = OxmlElement("w:r")
    formatting = run.find(w.RPR)
    if formatting is not None:
        new.append(deepcopy(formatting))
    for item in moved:
        new.append(item)
    run.addnext(new)


def _text_node(text: str) -> Any:
    node = OxmlElement("w:t")
    node.text = text
    node.set(w.SPACE, "preserve")
    return node
