"""From a file to its pages of text, with every parser behind bounds."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sheke.core.errors import BadInput

from .kinds import KINDS
from .office import converted
from .pages import PageText, Properties, Reading
from .processes import GB, bounded, end
from .sniffing import kind_of

MEMORY = 1 * GB
SECONDS = 180
OUTPUT = GB // 2  # bytes of text that one file may give


def read(path: Path, name: str = "", kind: str = "") -> Reading:
    """The pages of a file. Raises BadInput, naming the file and what to do, where it cannot be read.

    kind: as sniffed before. Zips are unpacked elsewhere (`library/intake/unpacking.py`).
    """
    name = name or path.name
    kind = kind or kind_of(path, name)
    if KINDS[kind].by != "office":
        return _read(path, name, kind, kind)
    with tempfile.TemporaryDirectory(prefix="sheke-office-") as folder:
        newer, as_kind = converted(path, name, kind, Path(folder))
        return _read(newer, name, as_kind, kind)


def _read(path: Path, name: str, as_kind: str, kind: str) -> Reading:
    properties, encoding, pages = Properties(), "", []
    for line in _lines(path, name, as_kind):
        if "error" in line:
            raise BadInput(line["error"])
        if "properties" in line:
            encoding = line.pop("encoding")
            given = line["properties"]
            properties = Properties(
                **given | {n: tuple(given.get(n, ())) for n in ("authors", "keywords")}
            )
        elif "text" in line:
            pages.append(PageText(line["text"], line["original"], line["scanned"]))
    return Reading(kind, encoding, properties, tuple(pages))


def _lines(path: Path, name: str, kind: str) -> Iterator[dict[str, Any]]:
    """What the child says; it must say `end`, or it was killed by its bounds or by the file."""
    child = [sys.executable, "-I", "-m", "sheke.library.reading.child",
             str(path), name, kind, get_language() or "zh-hans"]  # fmt: skip
    process = subprocess.Popen(  # noqa: S603  our own command
        bounded(child, memory=MEMORY, seconds=SECONDS), stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    timer = threading.Timer(SECONDS, lambda: end_quietly(process))
    timer.start()
    left, complete = OUTPUT, False
    try:
        for raw in process.stdout or ():
            left -= len(raw)
            line = json.loads(raw) if left > 0 and raw.endswith(b"\n") else {}
            if not line:
                break
            complete = complete or "end" in line or "error" in line
            yield line
    finally:
        timer.cancel()
        end(process)
    if not complete:
        raise BadInput(
            _("“%(name)s” is damaged, or needs more memory or time than one file may take.")
            % {"name": name}
        )


def end_quietly(process: subprocess.Popen[bytes]) -> None:
    """From another thread: only kill, the reader of its output then comes to the end."""
    if process.poll() is None:
        process.kill()
