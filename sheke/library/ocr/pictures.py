"""The process that draws pages and recognises them, seen from the worker."""

from __future__ import annotations

import json
import selectors
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, TypeAlias

from django.utils.translation import gettext as _

from sheke.core.errors import BadInput

from ..reading.processes import GB, bounded, end

MEMORY = 3 * GB  # of addresses; about 0.9 GB of it is used
CPU_SECONDS = 6 * 3600  # over all pages of a turn
SECONDS = 120  # for one page
Word: TypeAlias = tuple[
    str, float, float, float, float, float
]  # text, confidence, x, y, w, h in 0–1


class Undrawable(BadInput):
    """The page cannot be drawn."""


@dataclass(frozen=True)
class Recognised:
    """A page: its text, the words in it and where they stand, the picture that was looked at (WebP)."""

    text: str
    confidence: float
    words: tuple[Word, ...]
    image: bytes


class Pictures:
    """Started when it is first asked, and again when a page was too much for it."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._folder = tempfile.TemporaryDirectory(prefix="sheke-pictures-")

    def draw(self, path: Path, kind: str, page: int, *, width: int) -> bytes:
        """A page (from 1) as WebP, so many pixels wide at most. Raises Undrawable."""
        self._ask(do="draw", path=str(path), kind=kind, page=page, width=width)
        return self._picture.read_bytes()

    def recognise(self, path: Path, kind: str, page: int) -> Recognised:
        """The text of a page (from 1). Raises Undrawable."""
        found = self._ask(do="recognise", path=str(path), kind=kind, page=page)
        words = tuple(tuple(word) for word in found["words"])
        return Recognised(found["text"], found["confidence"], words, self._picture.read_bytes())

    def close(self) -> None:
        if self._process is not None:
            end(self._process)
            self._process = None
        self._folder.cleanup()

    def __enter__(self) -> Pictures:
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self.close()

    @property
    def _picture(self) -> Path:
        return Path(self._folder.name) / "page.webp"

    def _ask(self, **question: Any) -> dict[str, Any]:
        process = self._process or self._start()
        line = b""
        with suppress(BrokenPipeError):
            if process.stdin is not None:
                process.stdin.write(
                    json.dumps(question | {"image": str(self._picture)}).encode() + b"\n"
                )
                process.stdin.flush()
            line = _line(process)
        if not line.endswith(b"\n"):  # it took too long, or died of the page
            end(process)
            self._process = None
            raise Undrawable(
                _("Page %(n)s needs more memory or time than one page may take.")
                % {"n": question["page"]}
            )
        answer: dict[str, Any] = json.loads(line)
        if "error" in answer:
            raise Undrawable(
                _("Page %(n)s cannot be drawn: it is damaged or too large.")
                % {"n": question["page"]}
            )
        return answer

    def _start(self) -> subprocess.Popen[bytes]:
        child = [sys.executable, "-I", "-m", "sheke.library.ocr.child"]
        self._process = subprocess.Popen(  # noqa: S603  our own command
            bounded(child, memory=MEMORY, seconds=CPU_SECONDS), stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        return self._process


def _line(process: subprocess.Popen[bytes]) -> bytes:
    """The next line of its answer, or what there is of it when the time is up."""
    if process.stdout is None:
        return b""
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        if not selector.select(SECONDS):
            return b""
    return process.stdout.readline()
