"""The parts of a document: what stands before the plan, its title, introduction, body, and end."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .headings import bare_headings
from .marks import LIST_RANK, line_mark
from .residue import (
    APPENDIX,
    KIND_WORDS,
    ORGAN,
    frame_kind,
    is_title,
)

_QUOTED = re.compile(rf"《([^《》]*(?:{KIND_WORDS})[^《》]{{0,12}})》")
_OF_NOTICE = re.compile(rf"关于(?:印发|转发|下发|做好)?\s*(.{{4,60}}?(?:{KIND_WORDS}))的\s*通\s*知")


@dataclass(frozen=True)
class Part:
    """A paragraph that is kept beside the tree: what it is, and its text."""

    kind: str
    text: str

    def as_json(self) -> dict[str, str]:
        return {"kind": self.kind, "text": self.text}


@dataclass
class Frame:
    title: str = ""
    preamble: list[Part] = field(default_factory=list)
    introduction: list[str] = field(default_factory=list)
    body: list[str] = field(default_factory=list)
    ending: list[Part] = field(default_factory=list)


def frame(paragraphs: list[str]) -> Frame:
    """Tell the plan from what surrounds it. Every paragraph is in exactly one part."""
    out = Frame()
    title_from, title_to, out.title = _title(paragraphs)
    out.preamble = [Part(frame_kind(p) or "preamble", p) for p in paragraphs[:title_from]]
    out.preamble += [Part("title", p) for p in paragraphs[title_from:title_to]]
    start = _first_heading(paragraphs, title_to)
    for paragraph in paragraphs[title_to:start]:
        kind = _before_body(paragraph)
        if kind:
            out.preamble.append(Part(kind, paragraph))
        else:
            out.introduction.append(paragraph)
    end = _ending(paragraphs, start)
    out.body = paragraphs[start:end]
    out.ending = [Part(_end_kind(p), p) for p in paragraphs[end:]]
    if not out.body and out.introduction:  # no numbers at all: the text itself is the plan
        headings = bare_headings(out.introduction)
        first = headings[0] if headings else 0
        out.introduction, out.body = out.introduction[:first], out.introduction[first:]
    return out


def _squashed(text: str) -> str:
    return re.sub(r"[\s\u3000]", "", text)


def _title(paragraphs: list[str]) -> tuple[int, int, str]:
    """Where the title's lines begin and end, and its text. An empty place if it is only quoted."""
    quoted = _quoted_title(paragraphs)
    if quoted:
        for start in range(len(paragraphs)):
            for end in range(start + 1, min(start + 4, len(paragraphs) + 1)):
                if _squashed("".join(paragraphs[start:end])) == _squashed(quoted):
                    return start, end, quoted
    head = _first_heading(paragraphs, 0)
    places = [at for at in range(head) if is_title(paragraphs[at])]
    if places:
        at = places[-1 if head < len(paragraphs) else 0]
        start = _title_start(paragraphs, at)
        return start, at + 1, "".join(paragraphs[start : at + 1])
    return 0, 0, quoted


def _quoted_title(paragraphs: list[str]) -> str:
    for paragraph in paragraphs[: min(15, len(paragraphs))]:
        if frame_kind(paragraph) in {"notice", "notice_title"} or "印发《" in paragraph[:80]:
            match = _QUOTED.search(paragraph) or _OF_NOTICE.search(paragraph)
            if match:
                return match[1].strip()
    return ""


def _title_start(paragraphs: list[str], at: int) -> int:
    """A title broken over lines begins with the organisation's name or with “关于”."""
    start = at
    while start and at - start < 2:
        above = paragraphs[start - 1]
        ends_open = above.startswith("关于") and not is_title(above)
        if not (ORGAN.match(above) or ends_open) or frame_kind(above) == "header":
            break
        start -= 1
    return start


def _first_heading(paragraphs: list[str], after: int) -> int:
    """The first paragraph that a number heads; past the end if there is none."""
    for at in range(after, len(paragraphs)):
        mark = line_mark(paragraphs[at])
        if (
            mark
            and mark.rank < LIST_RANK
            and 0 < mark.value <= 99
            and not frame_kind(paragraphs[at])
        ):
            return at
    return len(paragraphs)


def _before_body(paragraph: str) -> str:
    kind = frame_kind(paragraph)
    if kind == "organ" and len(paragraph) > 30:
        return ""
    return kind


def _ending(paragraphs: list[str], start: int) -> int:
    """Where the body ends: an appendix, or the signature and date after the last sentence."""
    end = len(paragraphs)
    for at in range(start + 1, len(paragraphs)):
        if APPENDIX.match(paragraphs[at]) and not _goes_on(paragraphs, start, at):
            end = at
            break
    while end > start + 1 and _signs_off(paragraphs[end - 1]):
        end -= 1
    return end


def _goes_on(paragraphs: list[str], start: int, at: int) -> bool:
    """Whether the outermost numbers of the body go on behind this paragraph."""
    first = line_mark(paragraphs[start])
    if first is None:
        return False
    marks = [line_mark(p) for p in paragraphs[start:]]
    before = [m.value for m in marks[: at - start] if m and m.style == first.style]
    after = [m.value for m in marks[at - start + 1 :] if m and m.style == first.style]
    return bool(after) and after[0] == max(before) + 1


def _signs_off(paragraph: str) -> bool:
    return frame_kind(paragraph) in {"date", "copy", "closing", "organ", "number", "subtitle"}


def _end_kind(paragraph: str) -> str:
    return frame_kind(paragraph) or ("appendix" if APPENDIX.match(paragraph) else "ending")
