"""A page as a picture, never larger than recognition needs."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageOps

DPI = 200
SIDE = 2600  # pixels of the longer side
PIXELS = 120_000_000
FORMATS = ["PNG", "JPEG", "TIFF", "WEBP", "BMP"]


def page_image(path: Path, kind: str, page: int, *, side: int = SIDE) -> Image.Image:
    """Page `page` (from 1) in grey or colour on white. Raises ValueError and Pillow's or pdfium's errors."""
    picture = _of_pdf(path, page, side) if kind == "pdf" else _of_picture(path, page, side)
    return _on_white(picture)


def save(picture: Image.Image, path: Path, *, quality: int = 75) -> None:
    """As WebP, in grey where there is no colour."""
    picture.save(path, "WEBP", quality=quality, method=2)


def _of_pdf(path: Path, page: int, side: int) -> Image.Image:
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(path)
    try:
        sheet = document[page - 1]
        width, height = sheet.get_size()
        if min(width, height) < 1:
            raise ValueError("a page without size")
        scale = min(DPI / 72, side / max(width, height))
        picture: Image.Image = sheet.render(scale=scale, grayscale=True).to_pil()
        return picture
    finally:
        document.close()


def _of_picture(path: Path, page: int, side: int) -> Image.Image:
    Image.MAX_IMAGE_PIXELS = PIXELS
    with Image.open(path, formats=FORMATS) as picture:
        picture.seek(page - 1)
        picture.draft("RGB", (side, side))  # a JPEG is made small while it is read
        picture.load()
        found = ImageOps.exif_transpose(picture)
        found.thumbnail((side, side))
        return found.copy()


def _on_white(picture: Image.Image) -> Image.Image:
    if "A" in picture.getbands() or "transparency" in picture.info:
        clear = picture.convert("RGBA")
        ground = Image.new("RGBA", clear.size, "white")
        return Image.alpha_composite(ground, clear).convert("RGB")
    return picture.convert("L" if picture.mode in ("1", "L", "I", "I;16", "LA") else "RGB")
