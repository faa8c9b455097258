"""Every verb is keyword-only, atomic, says by whom, and writes its audit event."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

SHEKE = Path(__file__).parents[1] / "sheke"
# Steps of a longer verb that writes the event, and what keeps bytes or reads without changing a noun.
WITHOUT_EVENT = {
    "store_file": "a file alone says nothing; attaching it is the event",
    "check_import": "a dry run; import.start was written, import.post will be",
    "post_import": "runs in the background what begin_posting wrote down",
    "fail_import": "the import's own state says it",
    "one_time_password": "makes up a word",
    "path_of": "a rule, not a verb",
    "title_for": "a rule, not a verb",
    "title_in": "reads a document",
    "year_in": "reads a document",
    "binding_state": "reads a slot",
    "check": "refuses or says nothing",
    "not_ahead": "refuses or says nothing",
    "not_erased": "refuses or says nothing",
    "reason_given": "refuses or says nothing",
    "edit": "the part of a tree's verbs that keeps its history and writes the event",
    "sync_headings": "the part of a plan's verbs that the ledger sees",
    "retire_headings": "the part of a plan's verbs that the ledger sees",
    "sure_proposal": "reads a slot",
    "checked_link": "checks an address",
    "redoable": "reads the history",
    "tell": "a step of the act that it tells of; the notice says to whom, what and when",
    "mark_read": "when somebody reads is nobody's to know",
    "mark_all_read": "when somebody reads is nobody's to know",
    "post_message": "a step of the act that writes; the message says to whom, what and when",
}


def modules() -> list[Path]:
    found = [*SHEKE.rglob("actions.py"), *SHEKE.rglob("actions/*.py")]
    return sorted(path for path in found if path.name != "__init__.py")


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    yield from (node for node in tree.body if isinstance(node, ast.FunctionDef))


def verbs() -> list[tuple[Path, ast.FunctionDef]]:
    return [
        (path, function)
        for path in modules()
        for function in functions(path)
        if not function.name.startswith("_") and function.name not in WITHOUT_EVENT
    ]


def calls(function: ast.FunctionDef) -> set[str]:
    """The names that a function calls, also through a module: `audit.record` is both parts."""
    found = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Call):
            found.add(ast.unparse(node.func))
            found.add(ast.unparse(node.func).rpartition(".")[2])
    return found


def recording() -> set[str]:
    """Functions of actions that record an event, by themselves or through another one."""
    # A step of a call is an event, and so is one of a project.
    known = {"audit.record", "audit.record_many", "take_step", "note_step", "rule_delivery"}
    every = {f.name: calls(f) for path in modules() for f in functions(path)}
    while more := {name for name, called in every.items() if called & known} - known:
        known |= more
    return known


VERBS = verbs()


def test_there_are_verbs() -> None:
    assert len(VERBS) > 50
    names = {function.name for path in modules() for function in functions(path)}
    assert set(WITHOUT_EVENT) <= names, "a verb that is excused exists no more"


@pytest.mark.parametrize(("path", "verb"), VERBS, ids=lambda part: getattr(part, "name", ""))
def test_a_verb_is_called_by_keywords_and_says_by_whom(path: Path, verb: ast.FunctionDef) -> None:
    keywords = {argument.arg for argument in verb.args.kwonlyargs}
    assert not verb.args.args and not verb.args.posonlyargs and not verb.args.vararg
    assert "by" in keywords


@pytest.mark.parametrize(("path", "verb"), VERBS, ids=lambda part: getattr(part, "name", ""))
def test_a_verb_is_atomic_and_leaves_an_event(path: Path, verb: ast.FunctionDef) -> None:
    decorators = {ast.unparse(decorator) for decorator in verb.decorator_list}
    others = {function.name for _path, function in VERBS}
    passes_on = bool(calls(verb) & (others - {verb.name}))
    # What takes minutes, such as reading files, is done before anything is locked.
    within = any(
        isinstance(node, ast.With) and ast.unparse(node.items[0]) == "transaction.atomic()"
        for node in verb.body
    )
    assert "transaction.atomic" in decorators or within or passes_on
    assert verb.name in recording()


WRITES = re.compile(
    r"\.(save|delete|bulk_create|bulk_update|get_or_create|update_or_create)\(|objects\.create\("
)


def test_pages_write_only_through_verbs() -> None:
    pages = [*SHEKE.rglob("views.py"), *SHEKE.rglob("views/*.py"), *SHEKE.rglob("editors.py")]
    assert len(pages) > 20
    found = [
        f"{path.relative_to(SHEKE)}: {line.strip()}"
        for path in pages
        for line in path.read_text(encoding="utf-8").splitlines()
        if WRITES.search(line)
    ]
    assert found == []
