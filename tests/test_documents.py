"""What documents, docstrings and comments name is there: files, folders and commands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted({*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")} - {ROOT / "CHANGELOG.md"})
SOURCES = sorted(p for p in ROOT.glob("sheke/**/*.py") if "migrations" not in p.parts)
# A path from the root or from the folder of the apps: `calls/steps.py`, `sheke/calls/values/`.
TOPS = "|".join(sorted(p.name for p in (*ROOT.iterdir(), *(ROOT / "sheke").iterdir())
                       if p.is_dir() and p.name[0] not in "._"))  # fmt: skip
PATH = re.compile(rf"(?<![\w/.:-])((?:{TOPS})/[\w./-]+?\.(?:py|md|js|css|html|yaml|toml|sh|txt))\b")
COMMAND = re.compile(r"(?<![\w/.-])sheke ([a-z]+)(?= [a-z])")
BUILT_IN = {"serve", "demo"}  # of sheke/cli.py
PLAIN = {"command", "is", "in", "and", "has", "was", "as", "on"}


def missing(text: str, folder: Path = ROOT) -> list[str]:
    """The paths in `text` that lead nowhere; links of a document begin at its own folder."""
    apps = [app.parent for app in ROOT.glob("sheke/*/static")]
    places = [ROOT, ROOT / "sheke", folder, *(app / "static" for app in apps)]
    return [path for path in PATH.findall(text) if not any((p / path).exists() for p in places)]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda p: str(p.relative_to(ROOT)))
def test_documents_name_what_exists(document: Path) -> None:
    text = document.read_text()
    assert missing(text, document.parent) == []
    named = set(COMMAND.findall(text)) - BUILT_IN - PLAIN
    assert named - set(get_commands()) == set()


def test_sources_name_what_exists() -> None:
    found = {}
    for path in SOURCES:
        said = "\n".join(re.findall(r"#.*|\"\"\"(?:.|\n)*?\"\"\"", path.read_text()))
        if lost := missing(said):
            found[str(path.relative_to(ROOT))] = lost
    assert found == {}


def test_what_does_not_exist_is_found() -> None:
    assert missing("see `calls/nowhere.py` and calls/steps.py") == ["calls/nowhere.py"]
