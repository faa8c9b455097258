"""Where on the page a fault belongs: the row's address, and its place in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sheke.definitions import labels
from sheke.definitions.validation import Fault

from .rows import Row

# The lists of a draft that are rows of the page under other names.
PREFIXES: dict[tuple[str, ...], str] = {
    ("people", "roles"): "roles", ("rubric", "criteria"): "criteria", ("outcome", "levels"): "levels",
    ("outcome", "milestones"): "milestones", ("outcome", "records"): "records",
    ("outcome", "closing_records"): "closing_records",
}  # fmt: skip
PARTS = (
    "sections",
    "people",
    "eligibility",
    "stages",
    "rubric",
    "outcome",
    "letters",
)  # parts of the page


@dataclass(frozen=True)
class Placed:
    """A fault with the anchor of its row or part, and where that is, in words."""

    anchor: str
    place: str
    message: str


def placed(faults: list[Fault], data: Row) -> list[Placed]:
    """Every fault at its row; the rows are opened."""
    return [Placed(_anchor(f.field, data), _words(f.field, data), f.message) for f in faults]


def _anchor(path: str, data: Row) -> str:
    steps = path.split(".")
    if steps[0] == "eligibility":
        return _tree_anchor(steps[1:], data["eligibility"])
    start = PREFIXES.get(tuple(steps[:2]), "")
    rest = steps[2:] if start else steps[1:]
    anchor, part = start or steps[0], _at(data, steps[:2] if start else steps[:1])
    if not (isinstance(part, list) and rest and rest[0].isdigit()):
        return f"part-{steps[0]}" if steps[0] in PARTS else "part-basics"
    found = ""
    while isinstance(part, list) and rest and rest[0].isdigit() and int(rest[0]) < len(part):
        found = f"{anchor}-{rest[0]}"
        row = part[int(rest[0])]
        row["page_open"] = True
        anchor, part = (f"{found}-{rest[1]}", row.get(rest[1])) if len(rest) > 1 else ("", None)
        rest = rest[2:]
    return found or f"part-{steps[0]}"


def _tree_anchor(steps: list[str], node: Row) -> str:
    """`all.1.any.0.condition` is the row tree-parts-1-parts-0."""
    anchor = "tree"
    for place in (int(step) for step in steps if step.isdigit()):
        parts = node.get("parts") or []
        if place >= len(parts):
            break
        node = parts[place]
        node["page_open"] = True
        anchor += f"-parts-{place}"
    return anchor if anchor != "tree" else "part-eligibility"


def _at(data: Any, steps: list[str]) -> Any:
    for step in steps:
        data = data.get(step) if isinstance(data, dict) else None
    return data


def _words(path: str, data: Row) -> str:
    """“Form › The case › Summary › Most characters”."""
    words: list[str] = []
    part: Any = data
    for step in path.split("."):
        if step in ("fields", "condition", "zh", "en", "all", "any", "none"):
            part = part.get(step) if isinstance(part, dict) else None
        elif step.isdigit() and isinstance(part, list) and int(step) < len(part):
            part = part[int(step)]
            words.append(_name(part) or str(int(step) + 1))
        elif step.isdigit():
            words.append(str(int(step) + 1))
        elif step:
            part = part.get(step) if isinstance(part, dict) else None
            words.append(labels.part(step))
    return " › ".join(words)


def _name(part: Any) -> str:
    name = part.get("name") if isinstance(part, dict) else None
    return labels.words(name) if isinstance(name, dict) else ""
