"""Pictures and scans: each frame is a page whose text must be recognised."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from sheke.core.errors import BadInput

from .found import Found
from .pages import PageText

FORMATS = ["PNG", "JPEG", "TIFF", "WEBP", "BMP"]
PIXELS = 120_000_000
FRAMES = 1000


def pages_of(path: Path, name: str, found: Found) -> Iterator[PageText]:
    Image.MAX_IMAGE_PIXELS = PIXELS
    try:
        with Image.open(path, formats=FORMATS) as picture:
            frames = getattr(picture, "n_frames", 1)
            _check(picture, name, frames)
            for number in range(frames):
                picture.seek(number)
                _check(picture, name, frames)
                if number == 0:
                    picture.load()
                yield PageText("", scanned=True)
    except Image.DecompressionBombError:
        raise _too_large(name) from None
    except (UnidentifiedImageError, OSError, SyntaxError, EOFError, ValueError):
        raise BadInput(
            _("“%(name)s” is damaged: the picture cannot be opened.") % {"name": name}
        ) from None


def _check(picture: Image.Image, name: str, frames: int) -> None:
    width, height = picture.size
    if width * height > PIXELS:
        raise _too_large(name)
    if frames > FRAMES:
        raise BadInput(
            _("“%(name)s” has %(n)s pages; at most %(most)s are taken in. Split it.")
            % {"name": name, "n": frames, "most": FRAMES}
        )


def _too_large(name: str) -> BadInput:
    return BadInput(_("“%(name)s” has too many pixels.") % {"name": name})
