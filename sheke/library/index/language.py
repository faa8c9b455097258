"""The query language: words (all must stand), “phrases”, OR, −without, field:value, years, brackets.

Nothing that people type fails: what cannot be understood is left out or read as words, and `Asked.remarks` say so.
AND binds closer than OR, as everywhere in logic; `Asked.text` shows how it was read, with brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sheke.core.search.analysis import asked_tokens

from . import vocabulary

LONGEST = 500  # characters of a question
MOST = 40  # terms that are read
DEEPEST = 6  # brackets within brackets
QUOTES = {"“": "”", "”": "”", '"': '"', "＂": "＂", "「": "」", "『": "』"}
OPENS, CLOSES = "(（", ")）"
MINUS = "-−－﹣"
OR, AND, NOT = {"OR", "或", "|", "｜"}, {"AND", "且", "&"}, {"NOT"}
YEARS = re.compile(r"(\d{4})?年?(?:\.\.|…|[-–—~～至到])(\d{4})?年?")
FIELD = re.compile(r"([^\s:：\"“”＂「」『』()（）]{1,20})[:：](?=\S)")


@dataclass(frozen=True)
class Word:
    """A term that must stand: in `field` of clauses.TEXTS, or anywhere (“”)."""

    text: str
    tokens: tuple[str, ...]
    field: str = ""

    def __str__(self) -> str:
        return (
            f"{vocabulary.field_name(self.field)}“{self.text}”" if self.field else f"“{self.text}”"
        )


@dataclass(frozen=True)
class Value:
    """A field of clauses.VALUES with one of the values; `text` is how a person reads them."""

    field: str
    values: tuple[str, ...]
    text: str

    def __str__(self) -> str:
        return f"{vocabulary.field_name(self.field)}{self.text}"


@dataclass(frozen=True)
class Years:
    low: int | None
    high: int | None

    def __str__(self) -> str:
        if self.low == self.high:
            return f"{vocabulary.field_name('year')}{self.low}"
        return f"{vocabulary.field_name('year')}{self.low or ''}–{self.high or ''}"


@dataclass(frozen=True)
class All:
    parts: tuple[Node, ...]

    def __str__(self) -> str:
        word = pgettext("query", "AND")
        return f" {word} ".join(f"({p})" if isinstance(p, AnyOf) else str(p) for p in self.parts)


@dataclass(frozen=True)
class AnyOf:
    parts: tuple[Node, ...]

    def __str__(self) -> str:
        word = pgettext("query", "OR")
        return f" {word} ".join(f"({p})" if isinstance(p, All) else str(p) for p in self.parts)


@dataclass(frozen=True)
class Not:
    part: Node

    def __str__(self) -> str:
        inner = f"({self.part})" if isinstance(self.part, All | AnyOf) else str(self.part)
        return pgettext("query", "NOT") + f" {inner}"


Node = Word | Value | Years | All | AnyOf | Not


@dataclass(frozen=True)
class Asked:
    """What was understood. tree: None where nothing was asked. words: those that should stand, to be marked."""

    tree: Node | None = None
    words: tuple[Word, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """How the question was read."""
        return str(self.tree) if self.tree else ""


def ask(text: str) -> Asked:
    """Read a question. Never fails."""
    reader = _Reader(text[:LONGEST])
    if len(text) > LONGEST:
        reader.remark(_("Only the first %(n)s characters were read.") % {"n": LONGEST})
    tree = reader.either(0)
    return Asked(tree, tuple(_words(tree)), tuple(dict.fromkeys(reader.remarks)))


def _words(node: Node | None) -> Iterator[Word]:
    if isinstance(node, Word):
        yield node
    elif isinstance(node, All | AnyOf):
        for part in node.parts:
            yield from _words(part)


@dataclass
class _Reader:
    text: str
    at: int = 0
    terms: int = 0
    remarks: list[str] = field(default_factory=list)

    def remark(self, text: str) -> None:
        self.remarks.append(text)

    def either(self, depth: int) -> Node | None:
        """`a b OR c d`, up to the closing bracket at a depth, else to the end."""
        groups: list[list[Node]] = [[]]
        while not self._ends(depth):
            if (word := self._operator(OR)) is not None:
                if not groups[-1]:
                    self.remark(
                        _("“%(word)s” has nothing on one side; it was left out.") % {"word": word}
                    )
                else:
                    groups.append([])
            elif self._operator(AND) is None and (node := self._term(depth)):
                groups[-1].append(node)
        if len(groups) > 1 and not groups[-1]:
            self.remark(_("“%(word)s” has nothing on one side; it was left out.") % {"word": "OR"})
        parts = [g[0] if len(g) == 1 else All(tuple(g)) for g in groups if g]
        if len(parts) > 1:
            return AnyOf(tuple(parts))
        return parts[0] if parts else None

    def _ends(self, depth: int) -> bool:
        """Whether this level is over; takes the bracket that closes it."""
        while self.at < len(self.text) and (self._here().isspace() or self._here() in CLOSES):
            if self._here() in CLOSES:
                self.at += 1
                if depth:
                    return True
                self.remark(_("A bracket that closes nothing was left out."))
            else:
                self.at += 1
        if self.at >= len(self.text) and depth:
            self.remark(_("A bracket was not closed; it was closed at the end."))
        return self.at >= len(self.text)

    def _here(self) -> str:
        return self.text[self.at]

    def _stops(self) -> bool:
        return self.at >= len(self.text) or self._here().isspace() or self._here() in CLOSES

    def _operator(self, words: set[str]) -> str | None:
        found = re.compile(r"\S+").match(self.text, self.at)
        if found and found[0] in words:
            self.at = found.end()
            return found[0]
        return None

    def _term(self, depth: int) -> Node | None:
        self.terms += 1
        if self.terms > MOST:
            self.remark(_("Only the first %(n)s words were read.") % {"n": MOST})
            self.at = len(self.text)
            return None
        if self._operator(NOT) is not None:
            self._skip_spaces()
            return self._negated(depth)
        behind = self.text[self.at + 1 : self.at + 2]
        if self._here() in MINUS and behind and not behind.isspace():
            self.at += 1
            return self._negated(depth)
        return self._plain(depth)

    def _skip_spaces(self) -> None:
        while self.at < len(self.text) and self._here().isspace():
            self.at += 1

    def _negated(self, depth: int) -> Node | None:
        if self._stops():
            return None
        part = self._plain(depth)
        return Not(part) if part else None

    def _plain(self, depth: int) -> Node | None:
        if self._here() in OPENS:
            self.at += 1
            if depth < DEEPEST:
                return self.either(depth + 1)
            while self.at < len(self.text) and self._here() in OPENS:
                self.at += 1
            if self._stops():
                return None
        named = FIELD.match(self.text, self.at)
        if named and (name := vocabulary.field_of(named[1])):
            self.at = named.end()
            return self._of_field(name, depth)
        return self._word("", *self._string(depth))

    def _of_field(self, name: str, depth: int) -> Node | None:
        """What stands behind `field:`."""
        if self._here() in OPENS and depth < DEEPEST:  # author:(a OR b)
            self.at += 1
            inner = self.either(depth + 1)
            return self._moved(inner, name) if inner else None
        return self._value(name, *self._string(depth))

    def _moved(self, node: Node, name: str) -> Node | None:
        match node:
            case Word(text, _tokens, ""):
                return self._value(name, text, True)
            case All(parts) | AnyOf(parts):
                moved = tuple(m for part in parts if (m := self._moved(part, name)))
                return type(node)(moved) if moved else None
            case Not(part):
                inner = self._moved(part, name)
                return Not(inner) if inner else None
        return node

    def _value(self, name: str, text: str, quoted: bool) -> Node | None:
        if name == "year":
            years = _years(text) or _years(f"{text}-{text}")
            if years is None:
                self.remark(_("“%(text)s” is no year; write 2022 or 2019-2022.") % {"text": text})
            return years
        if name in vocabulary.CHOSEN:
            values = vocabulary.values_of(name, text)
            if not values:
                known = pgettext("list", ", ").join(vocabulary.labels(name))
                self.remark(
                    _("“%(text)s” is not known here; there are %(known)s.")
                    % {"text": text, "known": known}
                )
                return None
            return Value(name, values, vocabulary.shown(name, values))
        return self._word(name, text, quoted)

    def _string(self, depth: int) -> tuple[str, bool]:
        """The next term's text, and whether it stood in quotes."""
        end = QUOTES.get(self._here())
        if end is not None:
            start = self.at + 1
            stop = min((p for p in (self.text.find(c, start) for c in {end, *_alike(end)}) if p >= 0),
                       default=-1)  # fmt: skip
            if stop < 0:
                self.remark(_("A quotation was not closed; it was closed at the end."))
                stop = len(self.text)
            self.at = stop + 1
            return self.text[start:stop], True
        start, inner = self.at, 0
        while self.at < len(self.text) and not self._here().isspace():
            sign = self._here()
            if self.at > start and sign in QUOTES:
                break
            if sign in CLOSES and not inner and depth:
                break
            inner += (sign in OPENS) - (sign in CLOSES and inner > 0)
            self.at += 1
        return self.text[start : self.at], False

    def _word(self, name: str, text: str, quoted: bool) -> Node | None:
        if not quoted and not name and (years := _years(text)):
            return years
        tokens = asked_tokens(text)
        if not tokens:
            if text.strip():
                self.remark(
                    _("“%(text)s” holds no word; it was left out.") % {"text": text.strip()}
                )
            return None
        return Word(text.strip(), tokens, name)


def _alike(end: str) -> tuple[str, ...]:
    """Quotes that people close with another sign than they should."""
    return ('"', "”", "“", "＂") if end in '"”＂' else ()


def _years(text: str) -> Years | None:
    found = YEARS.fullmatch(text.strip())
    if not found or not (found[1] or found[2]):
        return None
    low, high = (int(one) if one else None for one in found.groups())
    if any(one is not None and not 1000 <= one <= 2999 for one in (low, high)):
        return None
    if low is not None and high is not None and low > high:
        low, high = high, low
    return Years(low, high)
