"""Comparisons of figures as an office writes them, read by a small parser; nothing is executed.

    total = men + women        arrivals ≤ invitations × 3        change(lectures, last_year.lectures) ≤ 30

Names are keys, with a world in front where another one is meant: `last_year.`, `previous.`, `ledger.`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

TOKEN = re.compile(
    r"\s*(?:(?P<number>\d{1,15}(?:\.\d{1,6})?)(?P<percent>%)?"
    r"|(?P<name>[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)?)"
    r"|(?P<sign><=|>=|!=|[-+*/(),=<>]))"
)
SPELLINGS = str.maketrans(
    {"×": "*", "÷": "/", "−": "-", "–": "-", "≤": "<=", "≥": ">=", "≠": "!=", "、": ","}
)
COMPARISONS = ("<=", ">=", "!=", "=", "<", ">")
FUNCTIONS = {"abs": 1, "change": 2, "min": 2, "max": 2}  # with the number of their arguments
LONGEST, DEEPEST = 300, 20
Tree = tuple[Any, ...]
Values = Mapping[str, Decimal | None]


class FormulaError(ValueError):
    """The text is no comparison; the message says where."""


@dataclass(frozen=True)
class Comparison:
    """`left` and `right` are trees: ("number", n), ("name", key), ("+", a, b), ("abs", a) …"""

    left: Tree
    sign: str
    right: Tree

    def names(self) -> list[str]:
        """Every name in it, each once, as they come."""
        return list(dict.fromkeys([*_names(self.left), *_names(self.right)]))

    def holds(self, values: Values) -> bool | None:
        """Whether it holds; None where a value is missing or something is divided by nothing."""
        left, right = value(self.left, values), value(self.right, values)
        if left is None or right is None:
            return None
        return {
            "=": left == right, "!=": left != right, "<": left < right, ">": left > right,
            "<=": left <= right, ">=": left >= right,
        }[self.sign]  # fmt: skip


def parse(text: str) -> Comparison:
    """The comparison that the text says. Raises FormulaError."""
    reader = _Reader(_tokens(text))
    left = reader.sum()
    sign = reader.next()
    if sign not in COMPARISONS:
        raise FormulaError(_("A comparison needs one of: = ≠ < ≤ > ≥."))
    right = reader.sum()
    if reader.left():
        raise FormulaError(_("“%(part)s” is one too many.") % {"part": reader.next()})
    return Comparison(left, sign, right)


def value(tree: Tree, values: Values) -> Decimal | None:
    """The value of a tree; None where one of its names has none."""
    kind, *rest = tree
    if kind == "number":
        number: Decimal = rest[0]
        return number
    if kind == "name":
        return values.get(rest[0])
    parts = [value(part, values) for part in rest]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return None
    try:
        return _calculated(kind, known)
    except (InvalidOperation, ZeroDivisionError):
        return None


def _calculated(kind: str, parts: list[Decimal]) -> Decimal | None:
    match kind:
        case "+":
            return parts[0] + parts[1]
        case "-":
            return parts[0] - parts[1]
        case "*":
            return parts[0] * parts[1]
        case "/":
            return parts[0] / parts[1] if parts[1] else None
        case "negative":
            return -parts[0]
        case "abs":
            return abs(parts[0])
        case "min":
            return min(parts)
        case "max":
            return max(parts)
    now, before = parts  # change: in percent of the second
    return abs(now - before) / abs(before) * 100 if before else None


def _names(tree: Tree) -> Iterator[str]:
    kind, *rest = tree
    if kind == "name":
        yield rest[0]
    elif kind != "number":
        for part in rest:
            yield from _names(part)


def _tokens(text: str) -> list[str]:
    """Numbers, names and signs; a percent is written out as its hundredth."""
    text = unicodedata.normalize("NFKC", text.translate(SPELLINGS)).translate(SPELLINGS).lower()
    text = text.replace("==", "=").strip()
    if len(text) > LONGEST:
        raise FormulaError(_("The comparison is too long."))
    found, place = [], 0
    while place < len(text):
        match = TOKEN.match(text, place)
        if match is None:
            raise FormulaError(_("“%(part)s” is not understood.") % {"part": text[place:][:20]})
        token = match["number"] or match["name"] or match["sign"]
        found.append(str(Decimal(token) / 100) if match["percent"] else token)
        place = match.end()
    return found


class _Reader:
    """Recursive descent over the tokens."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens, self.place, self.depth = tokens, 0, 0

    def left(self) -> bool:
        return self.place < len(self.tokens)

    def peek(self) -> str:
        return self.tokens[self.place] if self.left() else ""

    def next(self) -> str:
        token = self.peek()
        if not token:
            raise FormulaError(_("The comparison ends too early."))
        self.place += 1
        return token

    def sum(self) -> Tree:
        tree = self.product()
        while self.peek() in ("+", "-"):
            tree = (self.next(), tree, self.product())
        return tree

    def product(self) -> Tree:
        tree = self.factor()
        while self.peek() in ("*", "/"):
            tree = (self.next(), tree, self.factor())
        return tree

    def factor(self) -> Tree:
        self.depth += 1
        if self.depth > DEEPEST:
            raise FormulaError(_("The comparison is nested too deeply."))
        tree = self._factor()
        self.depth -= 1
        return tree

    def _factor(self) -> Tree:
        part = self.next()
        if part == "-":
            return ("negative", self.factor())
        if part == "(":
            tree = self.sum()
            self.closed()
            return tree
        if part[0].isdigit():
            return ("number", Decimal(part))
        if not part[0].isalpha():
            raise FormulaError(_("“%(part)s” stands where a value is needed.") % {"part": part})
        return self.called(part) if self.peek() == "(" else ("name", part)

    def called(self, name: str) -> Tree:
        if name not in FUNCTIONS:
            names = ", ".join(FUNCTIONS)
            raise FormulaError(
                _("“%(name)s” is no function; there are: %(names)s.")
                % {"name": name, "names": names}
            )
        self.next()
        parts = [self.sum()]
        while self.peek() == ",":
            self.next()
            parts.append(self.sum())
        self.closed()
        if len(parts) != FUNCTIONS[name]:
            raise FormulaError(
                _("“%(name)s” takes %(count)s values.") % {"name": name, "count": FUNCTIONS[name]}
            )
        return (name, *parts)

    def closed(self) -> None:
        if self.next() != ")":
            raise FormulaError(_("A bracket is not closed."))
