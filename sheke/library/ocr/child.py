"""Run as a process of its own: draws and recognises pages, one question and one answer a line.

Asked {"do": "draw" | "recognise", "path", "kind", "page", "width", "image"}; the picture is written to
`image`, the answer is {"text", "confidence", "words"} or {"error"}.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from .rendering import page_image, save


def main() -> None:
    _end_with_parent()
    for line in sys.stdin:
        try:
            answer = _answered(json.loads(line))
        except Exception as error:
            answer = {"error": type(error).__name__}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def _answered(asked: dict[str, Any]) -> dict[str, Any]:
    path, image = Path(asked["path"]), Path(asked["image"])
    if asked["do"] == "draw":
        picture = page_image(path, asked["kind"], asked["page"], side=4 * asked["width"])
        picture.thumbnail((asked["width"], asked["width"] * 2))
        save(picture, image)
        return {}
    from .engine import recognised

    found = recognised(page_image(path, asked["kind"], asked["page"]))
    save(found.picture, image, quality=55)
    return {"text": found.text, "confidence": found.confidence, "words": found.words}


def _end_with_parent() -> None:
    """A worker that is killed outright takes its helper along."""
    if sys.platform == "linux":
        import ctypes
        import signal

        ctypes.CDLL(None).prctl(1, signal.SIGKILL)


if __name__ == "__main__":
    main()
