"""From the form editor's page to a return form's data and back; a draft may be unfinished."""

from __future__ import annotations

import re
from typing import Any

from django.http import QueryDict

from sheke.definitions.drafts import choice_lines, choices, make_key, numbers, split, words
from sheke.definitions.return_forms import ReturnForm

EMPTY: dict[str, Any] = {
    "key": "", "name": {"zh": ""}, "about": {"zh": ""}, "period": "month", "due_days": 10,
    "kinds": [], "remind": [-3, 1], "rules": [],
    "questions": [{"key": "", "name": {"zh": ""}, "kind": "figure", "required": True}],
}  # fmt: skip


def as_posted(form: ReturnForm) -> dict[str, Any]:
    """A stored form in the shape that the page's drafts have."""
    data = form.model_dump(mode="json")
    for question in data["questions"]:
        question["choice_lines"] = choice_lines(question["choices"])
    return data


def form_data(post: QueryDict) -> dict[str, Any]:
    """What the page says. Rows are posted as `questions-0-name_zh`, `rules-0-check` …"""
    questions: list[dict[str, Any]] = []
    for number in numbers(post, "questions"):
        row = _question(post, f"questions-{number}")
        if not row["key"]:
            taken = [each["key"] for each in questions] + [
                post.get(f"questions-{n}-key", "") for n in numbers(post, "questions")
            ]
            row["key"] = make_key(row["name"], taken, "question")
        questions.append(row)
    rules = [_rule(post, f"rules-{number}") for number in numbers(post, "rules")]
    if post.get("add") == "questions":
        questions.append({"key": "", "name": {"zh": ""}, "kind": "figure", "required": True})
    if post.get("add") == "rules":
        rules.append({"check": "", "message": {"zh": ""}, "severity": "error"})
    return {
        "key": post.get("key", "").strip(),
        "name": words(post, "name"),
        "about": words(post, "about"),
        "period": post.get("period", "month"),
        "due_days": _whole(post.get("due_days", "")),
        "kinds": post.getlist("kinds"),
        "remind": [_whole(part) for part in split(post.get("remind", "").replace("−", "-"))],
        "questions": questions,
        "rules": rules,
    }


def clean(data: dict[str, Any]) -> dict[str, Any]:
    """The draft without what is only for the page."""
    questions = [
        {k: v for k, v in question.items() if k != "choice_lines"} for question in data["questions"]
    ]
    return data | {"questions": questions}


def _question(post: QueryDict, row: str) -> dict[str, Any]:
    kind = post.get(f"{row}-kind", "figure")
    part: dict[str, Any] = {
        "key": post.get(f"{row}-key", "").strip(), "name": words(post, f"{row}-name"), "kind": kind,
        "required": post.get(f"{row}-required") == "on",
    }  # fmt: skip
    unit, help_ = words(post, f"{row}-unit"), words(post, f"{row}-help")
    if any(help_.values()):
        part["help"] = help_
    if kind == "figure":
        part |= {"places": _whole(post.get(f"{row}-places", "")) or 0}
        if any(unit.values()):
            part["unit"] = unit
        if indicator := post.get(f"{row}-indicator", "").strip():
            part["indicator"] = indicator
        type_, _dot, measure = post.get(f"{row}-posts", "").strip().partition(".")
        if type_:
            part["posts"] = {"type": type_, "measure": measure}
    if kind in ("choice", "choices"):
        part["choice_lines"] = post.get(f"{row}-choices", "")
        part["choices"] = choices(part["choice_lines"])
    if kind == "records":
        part["types"] = post.getlist(f"{row}-types")
    return part


def _rule(post: QueryDict, row: str) -> dict[str, Any]:
    part = {
        "check": post.get(f"{row}-check", "").strip(),
        "message": words(post, f"{row}-message"),
        "severity": post.get(f"{row}-severity", "error"),
    }
    if field := post.get(f"{row}-field", "").strip():
        part["field"] = field
    return part


def _whole(text: str) -> Any:
    return int(text) if re.fullmatch(r"-?\d{1,4}", text.strip()) else text.strip()
