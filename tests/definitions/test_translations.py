"""Every message of these apps has its Chinese."""

from __future__ import annotations

from gettext import GNUTranslations
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2] / "sheke"


@pytest.mark.parametrize("app", ["definitions", "indicators"])
def test_nothing_is_left_untranslated(app):
    folder = ROOT / app / "locale" / "zh_Hans" / "LC_MESSAGES"
    text = (folder / "django.po").read_text(encoding="utf-8")
    entries = [entry for entry in text.split("\n\n")[1:] if "msgid" in entry]
    assert len(entries) > 50
    assert [e for e in entries if e.rstrip().endswith(('msgstr ""', 'msgstr[0] ""'))] == []
    assert "fuzzy" not in text
    with (folder / "django.mo").open("rb") as compiled:
        assert len(GNUTranslations(compiled)._catalog) > 50
