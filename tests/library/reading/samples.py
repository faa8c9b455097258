"""Files of every kind, made for a test."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from PIL import Image

SIMPLIFIED = "关于河街茶馆的调查\n河街有茶馆九家，最老的一家开了一百二十年，墙上挂着历年的水位。"
TRADITIONAL = "關於河街茶館的調查\n河街有茶館九家，最老的一家開了一百二十年，牆上掛著歷年的水位。"


def write(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def zipped(files: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return file.getvalue()


def word(text: str = SIMPLIFIED, **said: str) -> bytes:
    import docx

    document = docx.Document()
    for line in text.split("\n"):
        document.add_paragraph(line)
    for name, value in said.items():
        setattr(document.core_properties, name, value)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def picture(kind: str = "PNG", size: tuple[int, int] = (60, 40), frames: int = 1) -> bytes:
    file = io.BytesIO()
    pages = [Image.new("L", size, 200) for _n in range(frames)]
    more = {"save_all": True, "append_images": pages[1:]} if frames > 1 else {}
    pages[0].save(file, kind, **more)
    return file.getvalue()


def pdf(pages: int = 1, text: str = "", size: tuple[int, int] = (595, 842)) -> bytes:
    """Written by hand, so that any page size and number is possible; the text in Latin letters."""
    content = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode() if text else b""
    kids = " ".join(f"{4 + n} 0 R" for n in range(pages))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    stream = 4 + pages
    objects += [
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {size[0]} {size[1]}] /Contents {stream} 0 R "
        "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
    ] * pages
    objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    out, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF"
        % (len(objects) + 1, table, len(objects) + 1, len(out))
    )


def locked_pdf() -> bytes:
    import pikepdf

    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf(text="secret"))) as document:
        document.save(file, encryption=pikepdf.Encryption(owner="o", user="u"))
    return file.getvalue()
