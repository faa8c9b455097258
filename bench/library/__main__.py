"""The library, measured: search, passages, recognition of scans.

    uv run python -m bench.library --json              100,000 documents (some minutes)
    uv run python -m bench.library --json --full       1,000,000 documents (an hour, 10 GB of memory)
    uv run python -m bench.library --documents 20000 --only search

bench/library/texts.py says how the documents are made.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

PARTS = ("search", "passages", "ocr")


def main() -> None:
    """Print the measurements; `--json` in one line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--full", action="store_true", help="1,000,000 documents")
    parser.add_argument("--only", choices=PARTS, help="one part")
    parser.add_argument("--engine", choices=("tantivy", "sqlite"), default="tantivy")
    parser.add_argument("--keep", type=Path, help="a folder that keeps the index of the search")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    documents = 1_000_000 if asked.full else asked.documents
    with tempfile.TemporaryDirectory(prefix="sheke-bench-library-") as made:
        folder = Path(made)
        _prepare(folder)
        parts = [asked.only] if asked.only else list(PARTS)
        found = {part: _run(part, documents, asked, asked.keep or folder) for part in parts}
    shown = {part: result for part, result in found.items() if result is not None}
    print(json.dumps(shown, ensure_ascii=False, indent=None if asked.json else 2))


def _prepare(folder: Path) -> None:
    """Set up Django with a folder of its own; search asks no database."""
    os.environ |= {"SHEKE_VAR": str(folder), "DJANGO_SETTINGS_MODULE": "sheke.site.settings"}
    import django

    django.setup()


def _run(part: str, documents: int, asked: Any, folder: Path) -> dict[str, Any] | None:
    if part == "search":
        from .searching import run

        return run(documents, folder, asked.engine)
    if find_spec(f"bench.library.{part}") is None:
        print(f"{part}: not measured here", file=sys.stderr)
        return None
    found: dict[str, Any] = import_module(f"bench.library.{part}").run(documents, asked.full)
    return found


if __name__ == "__main__":
    main()
