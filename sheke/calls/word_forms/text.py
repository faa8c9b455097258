"""The text of a form's paragraph, its check boxes as ☑ and □ however they were made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_SKIPPED = {
    f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}pPr", f"{W}rPr", f"{W}txbxContent", f"{W}rt",
    f"{_MC}Fallback",
}  # fmt: skip
# Letters that are boxes in the fonts of signs, as typed and as inserted symbols (F0xx).
_FONTS = {
    "wingdings": {"þ": "☑", "ý": "☑", "ü": "☑", "û": "☑", "n": "☑", "¨": "□", "o": "□", "q": "□", "x": "☑"},
    "wingdings 2": {"R": "☑", "S": "☑", "P": "☑", "O": "☑", "T": "☑", "£": "□", "￡": "□", "*": "□", "0": "□"},
}  # fmt: skip
_OFF = {"0", "false", "off"}


def paragraph_text(paragraph: Any) -> str:
    """The words of a paragraph without those of text boxes in it."""
    return "".join(_pieces(paragraph))


def _pieces(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag == f"{W}t":
            yield _typed(child)
        elif child.tag == f"{W}sym":
            yield _symbol(child)
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag == f"{W}sdt" and (box := child.find(f"{W}sdtPr/{_W14}checkbox")) is not None:
            yield _box(box.find(f"{_W14}checked"), f"{_W14}val")
        elif child.tag == f"{W}fldChar":
            yield _form_box(child)
        elif child.tag not in _SKIPPED and isinstance(child.tag, str) and child.tag != f"{W}sdtPr":
            yield from _pieces(child)


def _typed(node: Any) -> str:
    fonts = node.getparent().find(f"{W}rPr/{W}rFonts")
    text = node.text or ""
    if fonts is None:
        return text
    signs = _FONTS.get((fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or "").lower())
    return "".join(signs.get(c, c) for c in text) if signs else text


def _symbol(node: Any) -> str:
    signs = _FONTS.get(node.get(f"{W}font", "").lower(), {})
    try:
        code = int(node.get(f"{W}char", "0"), 16)
    except ValueError:
        return ""
    return signs.get(chr(code & 0xFF), chr(code) if 0x20 < code < 0xD800 else "")


def _form_box(mark: Any) -> str:
    """A check box of the older form fields."""
    box = mark.find(f"{W}ffData/{W}checkBox")
    if box is None:
        return ""
    checked = box.find(f"{W}checked")
    return _box(box.find(f"{W}default") if checked is None else checked, f"{W}val")


def _box(state: Any, attribute: str) -> str:
    return "□" if state is None or state.get(attribute, "1") in _OFF else "☑"
