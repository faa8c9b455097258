"""Recognition of pages rendered with the shipped fonts: character error, time, memory.

`python -m bench.library.ocr [--full]` prints JSON. Pages of the demonstration's own texts, simplified and
traditional, serif and sans serif, clean and as a bad scanner gives them (turned by up to 3 degrees, blurred,
noisy, specked). Error: edits between what was printed and what was read, blanks aside, per character.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from opencc import OpenCC
from PIL import Image
from rapidfuzz.distance import Levenshtein

from sheke.library.ocr import Pictures
from sheke.site.demo.box import texts
from sheke.site.demo.box.making import _SPEECH, _TALK
from sheke.site.demo.box.paper import printed, scanned

PAGE = (1654, 2339)  # A4 at 200 dots an inch
TEXTS = (texts.SURVEY, texts.OLD_NOTICE + _TALK, "\n".join(f"{h}\n{b}" for h, b in texts.REPORT_PAGES),
         _SPEECH + "\n".join(texts.SCAN))  # fmt: skip


def run(documents: int = 0, full: bool = False) -> dict[str, Any]:
    """Four pages of each kind with `full`, else one; `documents` is for the other parts."""
    del documents
    with Pictures() as pictures, tempfile.TemporaryDirectory() as folder:
        found: dict[str, list[tuple[int, int, float]]] = {"clean": [], "noisy": []}
        for number, (lines, family) in enumerate(_pages(full)):
            page = printed(lines, page=PAGE, family=family, size=26)
            bad = scanned(
                page, angle=(-1) ** number * (0.8 + number % 3), noise=16, blur=0.9, seed=number
            )
            for kind, picture in (("clean", page), ("noisy", bad)):
                found[kind].append(_tried(pictures, picture, lines, Path(folder) / "page.png"))
        peak = _peak(pictures)
    return {"pages": len(found["clean"]) * 2, "peak_mb": peak} | {
        f"{kind}_{name}": value for kind, rows in found.items() for name, value in _said(rows).items()
    }  # fmt: skip


def _pages(full: bool) -> Iterator[tuple[list[str], str]]:
    traditional = OpenCC("s2t")
    for number, text in enumerate(TEXTS if full else TEXTS[:2]):
        for script in ("simplified", "traditional"):
            for family in ("NotoSerifSC", "NotoSansSC")[: 2 if full else 1]:
                said = traditional.convert(text) if script == "traditional" else text
                lines = [line.strip() for line in said.split("\n") if line.strip()]
                yield lines[: 14 + number % 2], family


def _tried(
    pictures: Pictures, picture: Image.Image, lines: list[str], path: Path
) -> tuple[int, int, float]:
    """Edits, characters, seconds."""
    picture.save(path)
    began = time.perf_counter()
    got = pictures.recognise(path, "png", 1).text
    seconds = time.perf_counter() - began
    want, read = "".join("".join(lines).split()), "".join(got.split())
    return Levenshtein.distance(want, read), len(want), seconds


def _said(rows: list[tuple[int, int, float]]) -> dict[str, float]:
    edits, characters = sum(r[0] for r in rows), sum(r[1] for r in rows)
    seconds = sorted(r[2] for r in rows)
    return {"characters": characters, "error": round(edits / characters, 5),
            "seconds_a_page": round(seconds[len(seconds) // 2], 2)}  # fmt: skip


def _peak(pictures: Pictures) -> int:
    """The most memory that the process used, in MB."""
    process = pictures._process
    status = Path(f"/proc/{process.pid}/status").read_text() if process else ""
    return next((int(line.split()[1]) >> 10 for line in status.splitlines() if "VmHWM" in line), 0)


if __name__ == "__main__":
    print(json.dumps(run(full="--full" in sys.argv), ensure_ascii=False))
