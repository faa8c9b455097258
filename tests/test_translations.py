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
QUOTED = r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
TAGS = re.compile(rf"\{{%\s*(?:trans|translate)\s+{QUOTED}([^%]*)%\}}")
CONTEXT = re.compile(rf"\bcontext\s+{QUOTED}")
BLOCKS = re.compile(
    r"\{%\s*(?:blocktrans|blocktranslate)(?P<options>[^%]*)%\}(?P<body>.*?)"
    r"\{%\s*end(?:blocktrans|blocktranslate)\s*%\}",
    re.S,
)
PLURAL = re.compile(r"\{%\s*plural\s*%\}")
VARIABLE = re.compile(r"\{\{\s*([\w.]+)\s*\}\}")


def catalogue(app: str) -> dict[str, str]:
    """The translations in the app's compiled catalogue, by msgid, “context\x04msgid” where it has one."""
    import gettext

    path = SHEKE / app / "locale/zh_Hans/LC_MESSAGES/django.mo"
    if not path.exists():
        return {}
    with path.open("rb") as file:
        table = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    return {key[0] if isinstance(key, tuple) else key: value for key, value in table.items()}


def python_texts(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            called = node.func.id
            given = [n.value for n in node.args if isinstance(n, ast.Constant)]
            if called in IN_CONTEXT and len(given) > 1:
                found.add("\x04".join(map(str, given[:2])))
            elif called in FUNCTIONS and given and isinstance(given[0], str):
                found.add(given[0])
    return found


def template_texts(path: Path) -> set[str]:
    source = path.read_text()
    found = {in_context(options, ast.literal_eval(text)) for text, options in TAGS.findall(source)}
    for block in BLOCKS.finditer(source):
        body = VARIABLE.sub(r"%(\1)s", PLURAL.split(block["body"])[0])
        if "trimmed" in block["options"]:
            body = " ".join(line.strip() for line in body.strip().splitlines())
        found.add(in_context(block["options"], body))
    return found


def in_context(options: str, text: str) -> str:
    """The key of a text with the context that the rest of its tag names."""
    named = CONTEXT.search(options)
    return f"{ast.literal_eval(named[1])}\x04{text}" if named else text


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
