"""Tracked changes accepted, hidden text gone: the document as a reader sees it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .office import remove, unwrap
from .words import W

_OFF = {"0", "false", "off", "none"}
_OLD_FORMATS = [f"{W}{name}" for name in (
    "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblGridChange", "tcPrChange",
    "trPrChange", "tblPrExChange", "numberingChange", "cellIns", "cellMerge",
)]  # fmt: skip
_MARKS = {f"{W}pPr", f"{W}rPr", f"{W}trPr", f"{W}tcPr"}
# What a run shows; the rest of it belongs to fields and must stay in pairs.
_FIELD = {f"{W}fldChar", f"{W}instrText", f"{W}rPr"}


def accept_changes(root: Any) -> None:
    """Insertions stay, deletions go, former formatting goes; nobody's name is left at them."""
    for element in list(root.iter(*_OLD_FORMATS)):
        remove(element)
    for row in [m.getparent().getparent() for m in _marks(root, "del", {f"{W}trPr"})]:
        remove(row)
    for cell in [m.getparent().getparent() for m in root.iter(f"{W}cellDel")]:
        remove(cell)
    ended = [m.getparent().getparent().getparent()
             for kind in ("del", "moveFrom") for m in _marks(root, kind, {f"{W}rPr"})
             if m.getparent().getparent().tag == f"{W}pPr"]  # fmt: skip
    for element in list(root.iter(f"{W}del", f"{W}moveFrom")):
        remove(element)
    for element in list(root.iter(f"{W}ins", f"{W}moveTo")):
        if element.getparent() is not None and element.getparent().tag in _MARKS:
            remove(element)
        else:
            unwrap(element)
    for paragraph in ended:
        _join_with_next(paragraph)


def drop_hidden(root: Any, styles: Any) -> None:
    """Remove the runs that are formatted as hidden, directly or by their style."""
    hiding = _hiding_styles(styles)
    for run in list(root.iter(f"{W}r")):
        if _is_hidden(run, hiding):
            for child in list(run):
                if child.tag not in _FIELD:
                    run.remove(child)
            if all(child.tag == f"{W}rPr" for child in run):
                remove(run)


def _marks(root: Any, kind: str, parents: set[str]) -> Iterable[Any]:
    return [m for m in root.iter(f"{W}{kind}")
            if m.getparent() is not None and m.getparent().tag in parents]  # fmt: skip


def _join_with_next(paragraph: Any) -> None:
    """A paragraph whose end was deleted goes on in the next one."""
    following = paragraph.getnext()
    content = [child for child in paragraph if child.tag != f"{W}pPr"]
    if following is None or following.tag != f"{W}p":
        if not content and following is not None:
            remove(paragraph)
        return
    at = 1 if len(following) and following[0].tag == f"{W}pPr" else 0
    for offset, child in enumerate(content):
        following.insert(at + offset, child)
    remove(paragraph)


def _is_hidden(run: Any, hiding: set[str]) -> bool:
    formatting = run.find(f"{W}rPr")
    if formatting is not None:
        own = formatting.find(f"{W}vanish")
        if own is not None:
            return own.get(f"{W}val", "1") not in _OFF
        if _style(formatting, "rStyle") in hiding:
            return True
    holder = next(run.iterancestors(f"{W}p"), None)
    properties = None if holder is None else holder.find(f"{W}pPr")
    return properties is not None and _style(properties, "pStyle") in hiding


def _style(properties: Any, kind: str) -> str:
    found = properties.find(f"{W}{kind}")
    return "" if found is None else str(found.get(f"{W}val", ""))


def _hiding_styles(styles: Any) -> set[str]:
    """Ids of styles whose text is hidden, by themselves or by the style they are based on."""
    if styles is None:
        return set()
    own: dict[str, bool | None] = {}
    base: dict[str, str] = {}
    for style in styles.iter(f"{W}style"):
        key = style.get(f"{W}styleId", "")
        found = style.find(f"{W}rPr/{W}vanish")
        own[key] = None if found is None else found.get(f"{W}val", "1") not in _OFF
        base[key] = _style(style, "basedOn")
    return {key for key in own if _inherited(key, own, base)}


def _inherited(key: str, own: dict[str, bool | None], base: dict[str, str]) -> bool:
    seen: set[str] = set()
    while key in own and key not in seen:
        seen.add(key)
        if (value := own[key]) is not None:
            return value
        key = base[key]
    return False
