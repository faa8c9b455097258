"""Reading a plan or a work summary: text in, a tree of items with proposed targets out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from sheke.core.documents import clean_text
from sheke.core.errors import BadInput
from sheke.core.numerals import parse_chinese

from .asides import set_aside
from .deadlines import Deadline, due_date, find_deadlines
from .duties import NamedDuty, find_duties
from .frame import Frame, Part, frame
from .lines import paragraphs
from .outline import Node, outline
from .problems import is_problem_title
from .targets import Target, find_targets
from .tense import is_future, is_past, is_summary

__all__ = ["PlanItem", "PlanText", "read_plan"]

MAX_CHARACTERS = 300_000


@dataclass
class PlanItem:
    """A node of the plan. Number, title and text together are all that the document says in it.

    Places of targets, deadlines and duties are offsets in `title` or `text`, as each one's `in` says.
    """

    id: int
    parent: int | None
    number: str
    level: int
    kind: str  # chapter, item, action or problem
    title: str
    text: str
    next_step: bool = True
    targets: list[tuple[str, Target]] = field(default_factory=list)
    deadlines: list[tuple[str, Deadline]] = field(default_factory=list)
    duties: list[tuple[str, NamedDuty]] = field(default_factory=list)

    @property
    def due(self) -> date | None:
        return due_date([deadline for _field, deadline in self.deadlines])

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "parent": self.parent,
            "number": self.number,
            "level": self.level,
            "kind": self.kind,
            "title": self.title,
            "text": self.text,
            "targets": [target.as_json(place) for place, target in self.targets],
            "due": self.due.isoformat() if self.due else None,
            "deadlines": [deadline.as_json(place) for place, deadline in self.deadlines],
            "duties": [duty.as_json(place) for place, duty in self.duties],
        }


@dataclass
class PlanText:
    """A document that was read; `parts` kept beside the tree so that nothing is lost."""

    title: str
    year: int | None
    items: list[PlanItem]
    introduction: str
    preamble: list[Part]
    boilerplate: list[Part]

    def as_json(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "year": self.year,
            "items": [item.as_json() for item in self.items],
            "next_steps": [i.id for i in self.items if i.next_step and i.kind != "problem"],
            "introduction": self.introduction,
            "preamble": [part.as_json() for part in self.preamble],
            "boilerplate": [part.as_json() for part in self.boilerplate],
        }


def read_plan(text: str, *, year: int | None = None, name: str = "") -> PlanText:
    """Read a plan or a work summary. `name` titles a document that has no title of its own.

    BadInput for a text longer than any plan.
    """
    if len(text) > MAX_CHARACTERS:
        raise BadInput(
            _("The text is longer than %(limit)s characters; a plan is shorter. Cut it down.")
            % {"limit": MAX_CHARACTERS}
        )
    text, asides = set_aside(text)
    lines, residue = paragraphs(clean_text(text))
    parts = frame(lines)
    year = year or _year(parts, lines, name)
    title = parts.title or name
    body = "\n".join(parts.body)
    return PlanText(
        title=title,
        year=year,
        items=_items(outline(body), body, _next_year(title, year), is_summary(title)),
        introduction="\n".join(parts.introduction),
        preamble=parts.preamble,
        boilerplate=[Part(kind, text) for kind, text in asides + residue] + parts.ending,
    )


def _year(parts: Frame, lines: list[str], name: str) -> int | None:
    """The year that the plan is for: named in its title, else in its number or signature."""
    sources = [
        parts.title,
        name,
        *(p.text for p in parts.preamble),
        *(p.text for p in parts.ending),
    ]
    for source in [*sources, *parts.introduction[:1]]:
        years = re.findall(r"(?<!\d)(20\d\d)(?!\d)|([二][〇零○]..)年", source)
        for digits, han in reversed(years):
            found = int(digits) if digits else parse_chinese(han)
            if found:
                return found
    return None


def _next_year(title: str, year: int | None) -> int | None:
    """The year of what is still to be done: of a whole year's summary, the one after it."""
    years = re.findall(r"20\d\d|[二][〇零○]..(?=年)", title)
    looks_back = re.search("总结|汇报|情况|报告", title) and not re.search(
        "半年|季度|月|计划|打算|安排|要点|思路|方案|调研", title
    )
    return year + 1 if year and looks_back and len(years) == 1 else year


def _items(nodes: list[Node], body: str, year: int | None, summary: bool) -> list[PlanItem]:
    ids = {id(node): number for number, node in enumerate(nodes, 1)}
    kinds = _kinds(nodes, body)
    steps = _next_steps(nodes, body, summary)
    items = []
    for node, kind, step in zip(nodes, kinds, steps, strict=True):
        item = PlanItem(
            id=ids[id(node)],
            parent=ids[id(node.parent)] if node.parent else None,
            number=node.mark.printed if node.mark else "",
            level=node.depth,
            kind=kind,
            title=node.part(body, "title").strip(),
            text=_own_text(node, body),
            next_step=step,
        )
        if step and kind != "problem":
            _propose(item, year)
        items.append(item)
    return items


def _own_text(node: Node, body: str) -> str:
    parts = [body[p.start : p.end].strip() for p in node.pieces if p.role == "text"]
    return "\n".join(part for part in parts if part)


def _propose(item: PlanItem, year: int | None) -> None:
    for place, text in (("title", item.title), ("text", item.text)):
        item.targets += [(place, target) for target in find_targets(text)]
        item.deadlines += [(place, deadline) for deadline in find_deadlines(text, year)]
        item.duties += [(place, duty) for duty in find_duties(text)]


def _kinds(nodes: list[Node], body: str) -> list[str]:
    """Chapters at the top where anything stands below, items under them, actions further down."""
    nested = any(node.children and not _only_lists(node) for node in nodes)
    standing_alone = any(not node.part(body, "text") for node in nodes if node.parent is None)
    offset = 0 if nested or standing_alone else 1
    return [_kind(node, body, offset) for node in nodes]


def _kind(node: Node, body: str, offset: int) -> str:
    if node.problem_list or (
        node.parent and not node.children and is_problem_title(node.part(body, "title"))
    ):
        return "problem"
    depth = node.depth + offset
    if node.depth == 1 and node.mark and (node.mark.is_list or node.mark.style == "paragraph"):
        return "item"
    if node.mark and node.mark.is_list and depth > 1:
        return "action"
    return {1: "chapter", 2: "item"}.get(depth, "action")


def _only_lists(node: Node) -> bool:
    return all(child.mark is not None and child.mark.is_list for child in node.children)


def _next_steps(nodes: list[Node], body: str, summary: bool) -> list[bool]:
    """In a summary only what its chapter on next steps says is still to be done."""
    tops = [node for node in nodes if node.parent is None]
    titles = {id(node): node.part(body, "title") for node in tops}
    future = {key for key, title in titles.items() if is_future(title)}
    past = {key for key, title in titles.items() if is_past(title) and key not in future}
    steps = []
    for node in nodes:
        top = node
        while top.parent:
            top = top.parent
        steps.append(id(top) in future if future and (past or summary) else id(top) not in past)
    return steps
