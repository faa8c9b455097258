"""The body of a document as a tree: marks are checked, nested, and every character given a node."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from .headings import bare_headings
from .marks import Mark, candidate_marks, sentences
from .problems import is_problem_lead, is_transition
from .titles import title_end

PARAGRAPH_RANK = 6
_REACH = 400  # marks within which a list goes on
_JUMP = 3  # numbers that a careless typist may leave out


@dataclass
class Piece:
    """A stretch `[start, end)` of the body that belongs to one node."""

    start: int
    end: int
    role: str  # "number", "title", "mark" (what closes the title) or "text"


@dataclass
class Node:
    """A node of the outline. `parent` is None at the top; the pieces lie in the body's order."""

    mark: Mark | None
    parent: Node | None
    problem_list: bool = False
    pieces: list[Piece] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)

    @property
    def depth(self) -> int:
        return 1 if self.parent is None else self.parent.depth + 1

    def part(self, body: str, role: str) -> str:
        return "".join(body[p.start : p.end] for p in self.pieces if p.role == role)


def outline(body: str) -> list[Node]:
    """The nodes of `body` in its order. Every character of the body is in one piece of one node."""
    marks = accepted_marks(body)
    if all(mark.is_list for mark in marks):
        marks = _with_paragraphs(body, marks)
    builder = _Builder(body)
    if marks and marks[0].start > 0:
        builder.lead_in(marks[0].start)
    for number, mark in enumerate(marks):
        end = marks[number + 1].start if number + 1 < len(marks) else len(body)
        last = mark.is_list and not _continues(marks, number)
        builder.add(mark, end, last_of_list=last)
    return builder.nodes


def accepted_marks(body: str) -> list[Mark]:
    """The candidates that continue a sequence or begin one."""
    candidates = candidate_marks(body)
    accepted: list[Mark] = []
    latest: dict[str, Mark] = {}
    seconds = {mark.style: number for number, mark in enumerate(candidates) if mark.value == 2}
    for number, mark in enumerate(candidates):
        before = latest.get(mark.style)
        begins = mark.value == 1 and (
            _second_follows(candidates, number)
            if mark.is_list
            else seconds.get(mark.style, -1) > number
        )
        if _accept(mark, before, begins, body, accepted):
            if mark.value == 0:
                mark = _numbered(mark, before.value + 1 if before else 1)
            accepted.append(mark)
            latest[mark.style] = mark
            if mark.line_start and not mark.is_list:
                _forget_lists(latest)
    return accepted


def _accept(mark: Mark, before: Mark | None, begins: bool, body: str, accepted: list[Mark]) -> bool:
    """`before` is the latest of this style; `begins`: a first, behind which comes a second."""
    follows = before is not None and (mark.value == before.value + 1 or mark.value == 0)
    if mark.style == "dash":
        return bool(accepted)  # in front of every number it leads a subtitle
    if mark.is_list:
        return follows or begins
    if mark.style == "decimal":
        return _decimal_fits(mark, accepted)
    if mark.line_start:
        return mark.value > 0 and _plausible(mark, before)
    if not _after_stop(body, mark.start) and not _after_open_heading(body, mark, accepted):
        return mark.style == "circled" and (follows or begins)
    return follows or begins


def _second_follows(marks: list[Mark], number: int) -> bool:
    """A list begins here if its second comes before another first and before the next heading."""
    for other in _ahead(marks, number):
        if other.style == marks[number].style:
            return other.value == 2
        if other.line_start and not other.is_list:
            return False
    return False


def _ahead(marks: list[Mark], number: int) -> Iterator[Mark]:
    """The marks behind one, as far as a list can reach."""
    for index in range(number + 1, min(len(marks), number + _REACH)):
        yield marks[index]


def _plausible(mark: Mark, before: Mark | None) -> bool:
    """Not a year or a quantity that happens to begin a line."""
    if mark.style in {"part", "chapter", "section", "article"} or before is None:
        return mark.value < 100
    return mark.value <= before.value + _JUMP


def _decimal_fits(mark: Mark, accepted: list[Mark]) -> bool:
    """`2.1` stands below `2.`, or follows `1.9` or `2.0` of its own kind."""
    if not mark.line_start or not mark.path[0]:
        return False
    head = mark.path[:-1]
    for other in reversed(accepted):
        if other.style == "decimal" and other.path[:-1] == head:
            return mark.value == other.path[-1] + 1
        if other.style == "decimal" and other.path == head:
            return mark.value == 1
        if other.style == "decimal" and other.path[0] + 1 == head[0]:
            return mark.value == 1
        if other.style in {"arabic", "han", "chapter"} and (other.value,) == head:
            return mark.value == 1
    return mark.value == 1


def _after_stop(body: str, at: int) -> bool:
    while at and body[at - 1] in " \u3000\t":
        at -= 1
    return not at or body[at - 1] in "。；;！!？?：:\n”’"


def _after_open_heading(body: str, mark: Mark, accepted: list[Mark]) -> bool:
    """`2025年要点 一、加强研究（一）…`: right behind a heading that has no full stop."""
    if mark.style in {"han", "chapter", "part"}:
        return body[mark.start - 1] in " \u3000"
    if mark.style != "han_bracket" or mark.value != 1 or not accepted:
        return False
    between = body[accepted[-1].end : mark.start]
    return 2 <= len(between) <= 40 and not any(c in "。；，\n" for c in between)


def _numbered(mark: Mark, value: int) -> Mark:
    return Mark(
        mark.start, mark.end, mark.style, mark.rank, value, mark.line_start, mark.printed, mark.path
    )


def _forget_lists(latest: dict[str, Mark]) -> None:
    for style in [style for style, mark in latest.items() if mark.is_list]:
        del latest[style]


def _continues(marks: list[Mark], number: int) -> bool:
    """Whether a later mark goes on with this one's list."""
    mark = marks[number]
    for other in _ahead(marks, number):
        if other.style == mark.style:
            return other.value == mark.value + 1
        if other.line_start and other.rank < mark.rank:
            return False
    return False


class _Builder:
    """Holds the open nodes, from the top to the one that takes the next text."""

    def __init__(self, body: str) -> None:
        self.body = body
        self.nodes: list[Node] = []
        self.open: list[Node] = []
        self.short_list = False  # its items are one sentence each, closed by semicolons

    def lead_in(self, end: int) -> None:
        """Text before the first mark is a node of its own."""
        node = Node(None, None)
        self.nodes.append(node)
        self._fill(node, 0, end)

    def add(self, mark: Mark, end: int, *, last_of_list: bool) -> None:
        parent = self._parent(mark)
        node = Node(mark, parent)
        if parent:
            node.problem_list = self._is_problem(mark, parent)
            parent.children.append(node)
        self.nodes.append(node)
        self.open.append(node)
        if mark.start < mark.end:
            node.pieces.append(Piece(mark.start, mark.end, "number"))
        stop = self._list_end(mark, end) if parent and mark.is_list and last_of_list else end
        self._fill(node, mark.end, stop)
        if mark.is_list and not last_of_list:
            said = self.body[mark.end : end].rstrip(" \u3000\n")
            self.short_list = "。" not in said and said.endswith(("；", ";", "，", "、"))
        if stop < end and parent:
            self.open = self.open[: self.open.index(parent) + 1]
            parent.pieces.append(Piece(stop, end, "text"))

    def _parent(self, mark: Mark) -> Node | None:
        """Close what this mark ends; what stays open is above it."""
        while mark.path and self._stands_beside(mark):
            self.open.pop()
        styles = [node.mark.style for node in self.open if node.mark]
        if mark.path and "decimal" in styles:
            return self.open[-1]
        if mark.style in styles:
            del self.open[len(styles) - 1 - styles[::-1].index(mark.style) :]
        elif mark.line_start or mark.value != 1:
            while self.open and self.open[-1].mark and self.open[-1].mark.rank > mark.rank:
                self.open.pop()
        return self.open[-1] if self.open else None

    def _stands_beside(self, mark: Mark) -> bool:
        """Whether the innermost open node is not the 1.2 above this 1.2.1."""
        inner = self.open[-1].mark if self.open else None
        if inner is None or "decimal" not in {n.mark.style for n in self.open if n.mark}:
            return False
        shorter = 0 < len(inner.path) < len(mark.path)
        return not shorter or mark.path[: len(inner.path)] != inner.path

    def _fill(self, node: Node, start: int, end: int) -> None:
        """Title, what closes it, and the rest."""
        stop, after = title_end(self.body, start, end)
        for role, low, high in (
            ("title", start, stop),
            ("mark", stop, after),
            ("text", after, end),
        ):
            if low < high:
                node.pieces.append(Piece(low, high, role))

    def _list_end(self, mark: Mark, end: int) -> int:
        """Where the last of a list ends and the running text of its heading goes on."""
        said = self.body[mark.end : end]
        for number, (low, high) in enumerate(sentences(said)):
            another = said[low - 1 : low] == "\n"  # paragraph: no longer the list
            one_each = self.short_list and mark.value > 1  # the others were one sentence each
            if number and (another or one_each or is_transition(said[low:high])):
                return mark.end + low
        return end

    def _is_problem(self, mark: Mark, parent: Node) -> bool:
        if parent.problem_list:
            return True
        last = parent.children[-1] if parent.children else None
        if last and last.mark and last.mark.style == mark.style and last.mark.value < mark.value:
            return last.problem_list
        words = [piece for piece in parent.pieces if piece.role != "number"]
        return is_problem_lead("".join(self.body[p.start : p.end] for p in words[-3:]))


def _with_paragraphs(body: str, lists: list[Mark]) -> list[Mark]:
    """Without numbers short lines are headings, over other headings or over their paragraphs.

    Where there are no such lines either, every paragraph is one; those that begin a list stay lists.
    """
    lines = body.splitlines(keepends=True)
    headings = set(bare_headings([line.rstrip("\n") for line in lines]))
    marks = {mark.start: mark for mark in lists}
    at = 0
    for number, line in enumerate(lines):
        upper = number in headings and number + 1 in headings
        style, rank = ("upper", 0) if upper else ("paragraph", PARAGRAPH_RANK)
        if number in headings or not headings:
            marks.setdefault(at, Mark(at, at, style, rank, number + 1, True, ""))
        at += len(line)
    return [marks[start] for start in sorted(marks)]
