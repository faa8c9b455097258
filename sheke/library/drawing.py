"""Run as a process of its own, within bounds: draws one page of a file as WebP to its standard output.

python -I -m sheke.library.drawing PATH KIND NUMBER EDGE
"""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image

PICTURES = ["PNG", "JPEG", "TIFF", "WEBP", "BMP"]
PIXELS = 120_000_000
KINDS = ("pdf", "png", "jpg", "tif", "webp", "bmp")


def main(path: str, kind: str, number: str, edge: str) -> None:
    draw = _of_pdf if kind == "pdf" else _of_picture
    picture = draw(Path(path), int(number), int(edge))
    picture.convert("RGB").save(sys.stdout.buffer, "WEBP", quality=80)


def _of_pdf(path: Path, number: int, edge: int) -> Image.Image:
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    page = document[number - 1]
    scale = min(edge / max(page.get_size()), 4)
    made: Image.Image = page.render(scale=scale).to_pil()
    return made


def _of_picture(path: Path, number: int, edge: int) -> Image.Image:
    from PIL import ImageOps

    Image.MAX_IMAGE_PIXELS = PIXELS
    picture: Image.Image = Image.open(path, formats=PICTURES)
    picture.seek(number - 1)
    picture.draft("RGB", (edge * 2, edge * 2))
    picture = ImageOps.exif_transpose(picture)
    picture.thumbnail((edge, edge))
    if "A" not in picture.getbands() and "transparency" not in picture.info:
        return picture
    clear = picture.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", clear.size, "white"), clear)


if __name__ == "__main__":
    main(*sys.argv[1:5])
