"""Tables and tables of contents: lines that stand in a document and are no part of its tree."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .marks import line_mark

_CONTENTS = re.compile(r"^[ \u3000\t]*目[ \u3000\t]*[录錄][ \u3000\t]*$")
_TEXT = 5  # lines that make a document of their own
_PAGE = re.compile(r"(?:[ \u3000\t]|[.．·…_\-—]{2,})*\d{1,3}[ \u3000]*$")
_LEADER = re.compile(r"(?:[.．·_\-—]{4,}|…{2,}|\t)[ \u3000]*\d{1,3}[ \u3000]*$")


def set_aside(text: str) -> tuple[str, list[tuple[str, str]]]:
    """The text without its tables and its table of contents, and those lines as (kind, text).

    A document that has all its headings in a table keeps it.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    taken = dict.fromkeys(_contents(lines), "contents")
    rows = [at for at in _rows(lines) if at not in taken]
    left = [line for at, line in enumerate(lines) if line.strip() and at not in {*rows, *taken}]
    headed = any(line_mark(line.strip(" \u3000\t\ufeff")) for line in left)
    if headed or (len(left) >= _TEXT and not any(line_mark(lines[at].strip()) for at in rows)):
        taken |= dict.fromkeys(rows, "table")
    kept = "\n".join("" if at in taken else line for at, line in enumerate(lines))
    return kept, [(kind, lines[at].strip(" \u3000\r")) for at, kind in sorted(taken.items())]


def _rows(lines: list[str]) -> Iterator[int]:
    """Two lines or more one after another whose cells are parted by tabs."""
    run: list[int] = []
    for at, line in enumerate([*lines, ""]):
        if _is_row(line):
            run.append(at)
            continue
        if len(run) > 1:
            yield from run
        run = []


def _is_row(line: str) -> bool:
    cells = [cell.strip() for cell in line.split("\t")]
    filled = [cell for cell in cells if cell]
    if len(filled) < 2:
        return False
    mark = line_mark(filled[0])
    return mark is None or (len(filled) > 2 and mark.end == len(filled[0]))


def _contents(lines: list[str]) -> Iterator[int]:
    """The line 目录 and those behind it with a page number or that come again further down."""
    head = next((at for at, line in enumerate(lines) if _CONTENTS.match(line)), None)
    if head is None:
        return
    listed = [head]
    for at in range(head + 1, len(lines)):
        line = lines[at].strip(" \u3000\t")
        if line and not (_LEADER.search(line) or _comes_again(line, lines[at + 1 :])):
            break
        if line:
            listed.append(at)
    if len(listed) > 1:
        yield from listed


def _comes_again(line: str, below: list[str]) -> bool:
    words = re.sub(r"\s", "", _PAGE.sub("", line))
    return bool(words) and any(re.sub(r"\s", "", other).startswith(words) for other in below)
