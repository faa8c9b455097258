"""Lines as paragraphs: what page ends and narrow windows broke is joined, residue is set aside."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from .marks import line_mark
from .outline import accepted_marks
from .residue import APPENDIX, frame_kind, is_title, residue_kind

_COMPLETE = "。！？；：:;!?…"
_RUNNING = "，。；、：,"
_HEADING = 45
_ALONE, _PARAGRAPH = 16, 20
_BLANK = " \u3000\t\ufeff\r"


@dataclass
class Line:
    text: str
    indented: bool
    kind: str  # of the frame, or empty

    @property
    def complete(self) -> bool:
        return self.text.rstrip("”’』」）)】")[-1:] in set(_COMPLETE)


@dataclass
class _Habits:
    """How this document is set: learned from all of its lines."""

    styles: dict[
        str, list[bool]
    ]  # of each heading style: is its line running text or a closed sentence
    width: int  # characters of a full line where lines are broken at a width; 0 otherwise
    indents: bool  # paragraphs begin with an indent


def paragraphs(text: str) -> tuple[list[str], list[tuple[str, str]]]:
    """The paragraphs of a cleaned text, and the residue of pages and web sites as (kind, text)."""
    residue: list[tuple[str, str]] = []
    lines: list[Line] = []
    raws = [raw for raw in _at_top_marks(text).split("\n") if raw.strip(_BLANK)]
    heads = [at for at, raw in enumerate(raws) if line_mark(raw.strip(_BLANK))]
    first, last = (heads[0], heads[-1]) if heads else (len(raws), -1)
    indents = [_indent(raw) for raw in raws]
    margin = min(indents, default=0)
    for at, raw in enumerate(raws):
        bare = raw.strip(_BLANK)
        kind = residue_kind(bare, at_edge=at < first or at > last)
        if kind:
            residue.append((kind, bare))
        else:
            lines.append(Line(bare, indents[at] - margin >= 2, frame_kind(bare)))
    return _joined(lines), residue


def _indent(raw: str) -> int:
    return sum(2 if c == "\u3000" else 1 for c in raw[: len(raw) - len(raw.lstrip(" \u3000"))])


def _at_top_marks(text: str) -> str:
    """A text that lost its line ends gets one before each of its outermost numbers."""
    if any(line_mark(line.strip(_BLANK)) for line in text.split("\n")):
        return text
    marks = [mark for mark in accepted_marks(text) if not mark.is_list]
    top = min((mark.rank for mark in marks), default=None)
    places = [mark.start for mark in marks if mark.rank == top and mark.start]
    cuts = [0, *places, len(text)]
    return "\n".join(text[low:high] for low, high in itertools.pairwise(cuts))


def _joined(lines: list[Line]) -> list[str]:
    habits = _habits(lines)
    out: list[str] = []
    last: Line | None = None
    for number, line in enumerate(lines):
        following = lines[number + 1] if number + 1 < len(lines) else None
        if last is not None and _continues(last, line, following, out[-1], habits):
            out[-1] += _glue(out[-1], line.text) + line.text
            last = Line(line.text, last.indented, last.kind)
        else:
            out.append(line.text)
            last = line
    return out


def _habits(lines: list[Line]) -> _Habits:
    styles: dict[str, list[bool]] = {}
    for line in lines:
        mark = line_mark(line.text)
        if mark:
            runs = line.complete or re.search("。.{4,}", line.text) is not None
            styles.setdefault(mark.style, []).append(runs)
    indents = sum(line.indented for line in lines) > 0.3 * len(lines)
    return _Habits(styles, _width(lines), indents)


def _runs_on(style: str, habits: _Habits) -> bool:
    """Whether the other headings of this style are closed sentences, so that an open one is cut."""
    seen = habits.styles.get(style, [])
    return len(seen) > 1 and sum(seen) >= 0.6 * (len(seen) - 1)


def _width(lines: list[Line]) -> int:
    """The measure of a text whose lines were broken at a width, if it is one."""
    lengths = sorted(len(line.text) for line in lines)
    if len(lengths) < 6:
        return 0
    widest = lengths[-max(1, len(lengths) // 20)]
    full = sum(widest - 3 <= length <= widest for length in lengths)
    return widest if 15 <= widest <= 60 and full >= 0.4 * len(lengths) else 0


def _continues(last: Line, line: Line, following: Line | None, whole: str, habits: _Habits) -> bool:
    """Whether `line` goes on with the paragraph `whole`, whose last line is `last`."""
    if "\t" in line.text or "\t" in last.text or APPENDIX.match(line.text):
        return False
    mark = line_mark(line.text)
    if mark or (line.kind and line.kind not in {"organ", "addressee"}):
        return False
    if habits.width and len(last.text) >= habits.width - 3 and not _headed(whole):
        return not line.indented and (habits.indents or not last.complete)
    if last.complete or last.kind in {"number", "header", "date", "copy", "closing"}:
        return False
    if line.indented and habits.indents and not last.text.endswith(("，", "、")):
        return False
    return _broken(last, line, following, whole, habits)


def _broken(last: Line, line: Line, following: Line | None, whole: str, habits: _Habits) -> bool:
    """`last` ends in mid-sentence: is it cut running text, a cut heading, or a heading alone?"""
    head = line_mark(whole)
    if head is None:
        titles = is_title(whole) or is_title(line.text)
        return bool(re.search(f"[{_RUNNING}]", whole)) and not titles and not last.kind
    if re.search("[。；]", whole) or last.text.endswith(("，", "、")):
        return True
    if _stands_alone(whole[head.end :], line):
        return False
    if _runs_on(head.style, habits):
        return True
    # A heading alone on its line, unless what follows is its short end and then another heading.
    short = len(line.text) <= 10 and not line.complete and not re.search("[，。]", line.text)
    next_head = following is not None and line_mark(following.text) is not None
    return len(whole) > _HEADING or (short and next_head)


def _stands_alone(title: str, line: Line) -> bool:
    """A few words without any stop, and then a paragraph of its own: a heading alone."""
    return (
        len(title) <= _ALONE
        and not re.search("[，。；：、]", title)
        and line.complete
        and len(line.text) >= _PARAGRAPH
    )


def _headed(whole: str) -> bool:
    """A heading that stands alone, however full its line is."""
    return is_title(whole) and line_mark(whole) is None


def _glue(before: str, after: str) -> str:
    return (
        " "
        if before[-1:].isascii()
        and before[-1:].isalpha()
        and after[:1].isalpha()
        and after[:1].isascii()
        else ""
    )
