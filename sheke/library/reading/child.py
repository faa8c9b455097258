"""Run as a process of its own, within bounds: reads one file, says its pages as lines of JSON.

python -I -m sheke.library.reading.child PATH NAME KIND LANGUAGE
"""

from __future__ import annotations

import importlib
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

# Which file of ours reads which kind: `pages_of(path, name, found)`, a generator of PageText.
READERS = {
    "docx": "docx", "pptx": "pptx", "xlsx": "xlsx", "xls": "xlsx", "pdf": "pdf", "html": "html",
    "txt": "txt", "png": "image", "jpg": "image", "tif": "image", "webp": "image", "bmp": "image",
}  # fmt: skip


def main(path: str, name: str, kind: str, language: str) -> None:
    _speak(language)
    from sheke.core.errors import BadInput

    from .cleaning import cleaned
    from .found import Found

    reader = importlib.import_module(f".{READERS[kind]}", __package__)
    found, said = Found(), False
    try:
        for page in reader.pages_of(Path(path), name, found):
            if not said:
                _say(properties=asdict(found.properties), encoding=found.encoding)
                said = True
            text = cleaned(page.text)
            _say(text=text, original=page.text if text != page.text else "", scanned=page.scanned)
        _say(end=True)
    except BadInput as error:
        _say(error=str(error))


def _say(**line: Any) -> None:
    sys.stdout.buffer.write(json.dumps(line, ensure_ascii=True).encode() + b"\n")
    sys.stdout.buffer.flush()


def _speak(language: str) -> None:
    """Messages in the language of who waits, with no more of the site than its catalogues."""
    import django
    from django.conf import settings
    from django.utils import translation

    sheke = Path(__file__).resolve().parents[2]
    settings.configure(
        USE_I18N=True, INSTALLED_APPS=[], LOGGING_CONFIG=None, LANGUAGE_CODE="zh-hans",
        LOCALE_PATHS=[str(sheke / app / "locale") for app in ("library", "ledger", "core")],
        UPLOAD_LIMIT=1 << 40,
    )  # fmt: skip
    django.setup()
    translation.activate(language)


if __name__ == "__main__":
    main(*sys.argv[1:5])
