"""Pages as pictures: print on paper, laid askew on a scanner, with its dust."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import cast

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

A4 = (1240, 1754)  # pixels: 150 dots an inch
MARGIN = 130


@cache
def font(size: int, family: str = "NotoSerifSC") -> ImageFont.FreeTypeFont:
    import pylopdf_fonts_zh_cn

    folder = Path(pylopdf_fonts_zh_cn.__file__).parent
    return ImageFont.truetype(str(next(folder.rglob(f"{family}-Regular.otf"))), size)


def printed(lines: list[str] | tuple[str, ...], *, size: int = 28, page: tuple[int, int] = A4,
            family: str = "NotoSerifSC") -> Image.Image:  # fmt: skip
    """A page in grey; the first line is the title, in the middle. Lines that are too long are broken."""
    picture = Image.new("L", page, 252)
    pen, scale = ImageDraw.Draw(picture), page[0] / A4[0]
    margin, top = int(MARGIN * scale), int(150 * scale)
    title = font(int(size * 1.4 * scale), family)
    pen.text(((page[0] - pen.textlength(lines[0], title)) / 2, top), lines[0], fill=20, font=title)
    face, top = font(int(size * scale), family), top + int(size * 3 * scale)
    for line in lines[1:]:
        for part in broken(line, face, page[0] - 2 * margin):
            pen.text((margin, top), part, fill=25, font=face)
            top += int(size * 1.75 * scale)
    return picture


def broken(line: str, face: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """The line in parts that fit."""
    parts, part = [], ""
    for sign in line:
        # Signs that end a part of a sentence hang over the margin, as in print.
        if part and sign not in "，。；：、！？）》」" and face.getlength(part + sign) > width:
            parts.append(part)
            part = ""
        part += sign
    return [*parts, part]


def scanned(picture: Image.Image, *, angle: float = 0.0, noise: float = 0.0, blur: float = 0.0,
            seed: int = 1) -> Image.Image:  # fmt: skip
    """As a scanner gives it: turned by degrees, with noise (standard deviation of 255) and specks."""
    chance = np.random.default_rng(seed)
    turned = picture.rotate(angle, Image.Resampling.BICUBIC, fillcolor=250) if angle else picture
    if blur:
        turned = turned.filter(ImageFilter.GaussianBlur(blur))
    grey = np.asarray(turned, dtype=np.float64)
    if noise:
        grey = (
            grey + chance.normal(0, noise, grey.shape) - np.linspace(0, 12, grey.shape[1])[None, :]
        )
        specks = chance.random(grey.shape) < 0.0008
        grey = np.where(specks, chance.integers(0, 120, grey.shape), grey)
    return cast(Image.Image, Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8)))
