"""Word files by the thousand: the layout of official documents, the body written as text.

Building a document by an object model takes a hundred times as long; here all parts but the body are
those of an empty `OfficialDocument`, made once.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from functools import lru_cache
from xml.sax.saxutils import escape

from sheke.core.documents.official import BODY, HEADING, LATIN, SUBHEADING, TITLE, OfficialDocument

BODY_PART = "word/document.xml"
FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
PREVIEW = "thumbnail.jpeg"  # of the empty template
THUMBNAIL = re.compile(rb"<Relationship [^>]*thumbnail[^>]*/>")
LINE = 'w:line="579" w:lineRule="exact"'  # 28.95 points
SMALL = 12.0  # points, in tables
WIDTH = 8844  # of the text, in twentieths of a point


class Paper:
    """Write in order; `content` gives the file's bytes."""

    def __init__(self) -> None:
        self._body: list[str] = []

    def title(self, text: str) -> None:
        self._body.append(_paragraph(
            _run(text, TITLE), 'w:line="680" w:lineRule="exact" w:after="300"', '<w:jc w:val="center"/>'
        ))  # fmt: skip

    def heading(self, text: str) -> None:
        self._body.append(
            _paragraph(_run(text, HEADING), f'{LINE} w:before="240"', before="<w:keepNext/>")
        )

    def label(self, text: str) -> None:
        self._body.append(_paragraph(_run(text, SUBHEADING), LINE, before="<w:keepNext/>"))

    def fact(self, label: str, text: str) -> None:
        self._body.append(_paragraph(_run(f"{label}：", HEADING) + _run(text, BODY), LINE))

    def lines(self, text: str) -> None:
        """A paragraph for each line that is not empty."""
        indent = '<w:ind w:firstLine="640"/>'
        self._body.extend(
            _paragraph(_run(line.strip(), BODY), LINE, indent) for line in text.splitlines() if line.strip()
        )  # fmt: skip

    def table(self, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """Columns of equal width."""
        width = WIDTH // max(1, len(heads))
        lines = [_row(heads, width, HEADING[0]), *(_row(row, width, BODY[0]) for row in rows)]
        border = "".join(
            f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
            for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        grid = f'<w:gridCol w:w="{width}"/>' * len(heads)
        self._body.append(
            f'<w:tbl><w:tblPr><w:tblW w:w="{width * len(heads)}" w:type="dxa"/><w:tblBorders>{border}'
            f"</w:tblBorders></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(lines)}</w:tbl>"
            + _paragraph("", LINE)
        )

    def content(self) -> bytes:
        rest, start, end = _blank()
        file = io.BytesIO()
        file.write(rest)
        with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED, compresslevel=4) as package:
            package.writestr(BODY_PART, start + "".join(self._body).encode() + end)
        return file.getvalue()


@lru_cache(maxsize=1)
def _blank() -> tuple[bytes, bytes, bytes]:
    """An empty document: the package without its body, packed; what stands before and after a body."""
    file, body = io.BytesIO(), b""
    with (
        zipfile.ZipFile(io.BytesIO(OfficialDocument().content())) as whole,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as rest,
    ):
        for name in whole.namelist():
            if name == BODY_PART:
                body = whole.read(name)
            elif not name.endswith(PREVIEW):
                data = whole.read(name)
                rest.writestr(name, THUMBNAIL.sub(b"", data) if name == "_rels/.rels" else data)
    start = body[: body.index(b"<w:body>") + len(b"<w:body>")]
    return file.getvalue(), start, body[body.index(b"<w:sectPr") :]


def _row(cells: Sequence[str], width: int, font: str) -> str:
    made = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        + _paragraph(_run(str(cell), (font, SMALL)), 'w:line="320" w:lineRule="atLeast"')
        + "</w:tc>"
        for cell in cells
    )
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{made}</w:tr>"


def _paragraph(runs: str, spacing: str, after: str = "", before: str = "") -> str:
    return f"<w:p><w:pPr>{before}<w:spacing {spacing}/>{after}</w:pPr>{runs}</w:p>"


def _run(text: str, font: tuple[str, float]) -> str:
    name, size = font
    return (
        f'<w:r><w:rPr><w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="{name}"/>'
        f'<w:sz w:val="{int(size * 2)}"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(FORBIDDEN.sub(" ", text))}</w:t></w:r>'
    )
