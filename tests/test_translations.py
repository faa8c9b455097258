"""Every interface text has its Chinese; every compiled catalogue is as new as its source."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

SHEKE = Path(__file__).resolve().parents[1] / "sheke"
APPS = sorted(path.name for path in SHEKE.iterdir() if (path / "apps.py").exists())
FUNCTIONS = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy"}
IN_CONTEXT = {"pgettext", "pgettext_lazy", "npgettext", "npgettext_lazy"}  # the text comes second
TAGS = re.compile(r"""\{%\s*(?:trans|translate)\s+("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""")
BLOCKS = re.compile(
    r"\{%\s*(?:blocktrans|blocktranslate)(?P<options>[^%]*)%\}(?P<body>.*?)"
    r"\{%\s*end(?:blocktrans|blocktranslate)\s*%\}",
    re.S,
)
PLURAL = re.compile(r"\{%\s*plural\s*%\}")
VARIABLE = re.compile(r"\{\{\s*([\w.]+)\s*\}\}")


def catalogue(app: str) -> dict[str, str]:
    """The translations in the app's compiled catalogue, by msgid without its context."""
    import gettext

    path = SHEKE / app / "locale/zh_Hans/LC_MESSAGES/django.mo"
    if not path.exists():
        return {}
    with path.open("rb") as file:
        table = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    plain = {key[0] if isinstance(key, tuple) else key: value for key, value in table.items()}
    return {key.rpartition("\x04")[2]: value for key, value in plain.items()}


def python_texts(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            place = 1 if node.func.id in IN_CONTEXT else 0
            text = node.args[place] if len(node.args) > place else None
            constant = isinstance(text, ast.Constant) and isinstance(text.value, str)
            if node.func.id in FUNCTIONS | IN_CONTEXT and constant:
                found.add(text.value)
    return found


def template_texts(path: Path) -> set[str]:
    source = path.read_text()
    found = {ast.literal_eval(text) for text in TAGS.findall(source)}
    for block in BLOCKS.finditer(source):
        body = VARIABLE.sub(r"%(\1)s", PLURAL.split(block["body"])[0])
        if "trimmed" in block["options"]:
            body = " ".join(line.strip() for line in body.strip().splitlines())
        found.add(body)
    return found


def texts(app: str) -> set[str]:
    """All msgids that the app's code and templates use."""
    found: set[str] = set()
    for path in (SHEKE / app).rglob("*.py"):
        if "migrations" not in path.parts:
            found |= python_texts(path)
    for path in (SHEKE / app).rglob("*.html"):
        found |= template_texts(path)
    return found - {""}


def django_texts() -> set[str]:
    """What Django's own catalogue says in Chinese already."""
    import gettext

    import django

    path = Path(django.__file__).parent / "conf/locale/zh_Hans/LC_MESSAGES/django.mo"
    with path.open("rb") as file:
        return {str(key) for key in gettext.GNUTranslations(file)._catalog}  # type: ignore[attr-defined]


@pytest.mark.parametrize("app", APPS)
def test_every_text_has_its_chinese(app):
    known = {key for other in APPS for key, value in catalogue(other).items() if value}
    missing = sorted(texts(app) - known - django_texts())
    assert not missing, f"{len(missing)} texts of {app} have no Chinese: {missing[:20]}"


@pytest.mark.parametrize("app", APPS)
def test_nothing_is_marked_fuzzy(app):
    path = SHEKE / app / "locale/zh_Hans/LC_MESSAGES/django.po"
    if path.exists():
        # The entry at the top of a catalogue is its header.
        assert "#, fuzzy" not in path.read_text().partition("\n\n")[2]


def test_one_text_has_one_chinese():
    """Django merges the catalogues of all apps: of two Chinese texts only one would be seen."""
    import gettext

    said: dict[object, dict[str, list[str]]] = {}
    for app in APPS:
        path = SHEKE / app / "locale/zh_Hans/LC_MESSAGES/django.mo"
        if path.exists():
            with path.open("rb") as file:
                table = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
            for key, value in table.items():
                if key:
                    said.setdefault(key, {}).setdefault(value, []).append(app)
    differing = {key: texts for key, texts in said.items() if len(texts) > 1}
    assert not differing, differing
