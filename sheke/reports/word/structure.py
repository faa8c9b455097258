"""What each line of an official text is: title, heading, addressee, signature or body."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum


class Role(Enum):
    """The roles that GB/T 9704—2012 lays out differently."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    ADDRESSEE = "addressee"
    HEADING1 = "heading1"
    HEADING2 = "heading2"
    HEADING3 = "heading3"
    BODY = "body"
    SIGNATURE = "signature"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its role and how many first characters are a heading run into the text."""

    text: str
    role: Role
    head: int = 0


_CHINESE = "一二三四五六七八九十百"
_NUMBERED = (
    (Role.HEADING1, re.compile(rf"[{_CHINESE}]+、")),
    (Role.HEADING2, re.compile(rf"[（(][{_CHINESE}]+[）)]")),
    (Role.HEADING3, re.compile(r"\d{1,2}[.．、](?!\d)")),
)
_DATE = re.compile(
    r"[\d〇○一二三四五六七八九十xX×]{2,6}年[\d一二三四五六七八九十xX×]+月[\d一二三四五六七八九十xX×]+日"
)
_SUBTITLE = re.compile(r"[（(].{2,40}[）)]|——.+")
_SENTENCE_END = re.compile(r"[。；！？：:;!?]")
_LONGEST_HEADING = 45


def classify(texts: list[str]) -> list[Line]:
    """Give each non-empty line of a text its role."""
    opening = _opening(texts)
    closing = _closing(texts[len(opening) :])
    middle = texts[len(opening) : len(texts) - len(closing)]
    return [*opening, *[_line(text) for text in middle], *closing]


def _opening(texts: list[str]) -> list[Line]:
    """Title (one or more short lines), a subtitle in brackets, the addressee."""
    lines: list[Line] = []
    for text in texts[:5]:
        if _numbered(text) or len(text) > _LONGEST_HEADING:
            break
        if lines and text.endswith(("：", ":")):
            lines.append(Line(text, Role.ADDRESSEE))
            break
        if _SENTENCE_END.search(text):
            break
        role = Role.SUBTITLE if lines and _SUBTITLE.fullmatch(text) else Role.TITLE
        lines.append(Line(text, role))
    return lines


def _closing(texts: list[str]) -> list[Line]:
    """The signature's lines: a date at the very end and the short line before it."""
    if not texts or not _DATE.fullmatch(texts[-1]):
        return []
    closing = [Line(texts[-1], Role.DATE)]
    if len(texts) > 1 and len(texts[-2]) <= 30 and not _SENTENCE_END.search(texts[-2]):
        closing.insert(0, Line(texts[-2], Role.SIGNATURE))
    return closing


def _numbered(text: str) -> Role | None:
    return next((role for role, pattern in _NUMBERED if pattern.match(text)), None)


def _line(text: str) -> Line:
    role = _numbered(text)
    if role is None:
        return Line(text, Role.BODY)
    end = _SENTENCE_END.search(text)
    if end is None and len(text) <= _LONGEST_HEADING:
        return Line(text, role)
    if end and end.group() == "。" and end.end() <= _LONGEST_HEADING:
        if end.end() == len(text):
            return Line(text, role)
        head = end.end() if role in (Role.HEADING1, Role.HEADING2) else 0
        return Line(text, Role.BODY, head)
    return Line(text, Role.BODY)
