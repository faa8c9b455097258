"""typst behind one function."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

from django.utils.translation import gettext as _

from sheke.core.errors import BadInput

from .fonts import BUNDLED, Folders, characters, font_book

_press = Lock()  # a typst compiler serves one thread at a time


@dataclass(frozen=True)
class Layout:
    """A typst template.

    source: typst; reads its data with `json(bytes(sys.inputs.data))` and the names of its fonts
    with `json(bytes(sys.inputs.fonts))`. folder: what it may import and show, nothing else of the
    disk. families: fonts in the order in which a character is looked for. folders: where more fonts lie.
    """

    source: str
    folder: Path
    families: tuple[str, ...] = (BUNDLED,)
    folders: Folders = ()


def typeset(layout: Layout, data: object, *, what: str = "") -> bytes:
    """The PDF of the layout with the data (anything that JSON can hold).

    Data is never typst: it travels as JSON. The same layout and data give the same bytes.
    Raises BadInput for a font that is not there, a character that no font has (naming it and
    where it stands), and an error in the template. what: name of the document, for the message.
    """
    check_characters(layout, data)
    import typst

    inputs = {
        "data": json.dumps(data, ensure_ascii=False),
        "fonts": json.dumps(layout.families, ensure_ascii=False),
    }
    with _press:
        compiler = _compiler(layout.folder, layout.folders)
        try:
            pdf, warnings = compiler.compile_with_warnings(
                input=layout.source.encode(), format="pdf", sys_inputs=inputs, timestamp=0
            )
        except typst.TypstError as error:
            said = f"{error.message} {' '.join(error.hints or [])}".strip()
            raise BadInput(
                _("The template %(what)s cannot be set: %(said)s") % {"what": what, "said": said}
            ) from error
    if warnings:
        said = "; ".join(warning.message for warning in warnings)
        raise BadInput(_("The template %(what)s: %(said)s") % {"what": what, "said": said})
    return bytes(pdf)


def check_characters(layout: Layout, data: object) -> None:
    """Raises BadInput for the first characters that none of the layout's fonts has.

    typst prints an empty box for them and says nothing.
    """
    has: frozenset[int] = frozenset()
    for family in layout.families:
        found = characters(family, layout.folders)
        if found is None:
            raise BadInput(_("The font “%(family)s” is not there.") % {"family": family})
        has |= found
    for place, text in (*_texts(data), (_("template"), layout.source)):
        lacking = sorted(c for c in set(text) if ord(c) not in has and c not in "\n ")
        if lacking:
            named = "、".join(f"“{c}” (U+{ord(c):04X})" for c in lacking[:5])
            raise BadInput(
                _("The font %(fonts)s has no %(characters)s (%(place)s: %(text)s).")
                % {
                    "fonts": "、".join(layout.families), "characters": named,
                    "place": place, "text": _around(text, lacking[0]),
                }
            )  # fmt: skip


def _around(text: str, character: str) -> str:
    at = text.index(character)
    return " ".join(text[max(0, at - 20) : at + 20].split())


def _texts(data: object, place: str = "") -> Iterator[tuple[str, str]]:
    """All texts in the data, each with its place such as `3.recipients.1` (counted from 1)."""
    if isinstance(data, str):
        yield place, data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from _texts(value, f"{place}.{key}".lstrip("."))
    elif isinstance(data, Sequence):
        for n, value in enumerate(data, 1):
            yield from _texts(value, f"{place}.{n}".lstrip("."))


@lru_cache(maxsize=8)
def _compiler(folder: Path, folders: Folders) -> Any:
    """Kept, so that the fonts are read once for all documents."""
    import typst

    return typst.Compiler(root=str(folder), font_paths=font_book(folders), ignore_system_fonts=True)
