"""Pictures without what cameras and programs write into them.

The picture itself is not packed anew, except where a camera's orientation must be applied.
"""

from __future__ import annotations

import io
import struct

from django.utils.translation import gettext as _
from lxml import etree
from PIL import Image, ImageOps, UnidentifiedImageError

from sheke.core.errors import BadInput

from .metafiles import strip_emf, strip_wmf

MAX_PIXELS = 120_000_000
_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"pHYs",
             b"sBIT", b"bKGD", b"cICP", b"acTL", b"fcTL", b"fdAT"}  # fmt: skip
_ALONE = {0x01, *range(0xD0, 0xD9)}  # markers of JPEG that have no length
_SVG = "http://www.w3.org/2000/svg"


def strip_picture(data: bytes, name: str) -> bytes:
    """A JPEG, PNG or WebP handed in by itself: upright and without metadata. Else BadInput."""
    with _opened(data, name) as picture:
        form = picture.format or ""
        if form not in {"JPEG", "MPO", "PNG", "WEBP"}:
            raise BadInput(
                _("%(name)s: a picture of this kind cannot be made blind; save it as JPG or PNG.")
                % {"name": name}
            )
        if _orientation(picture, name) not in (0, 1):
            data = _upright(picture, name)
    return strip_inside(data, name)


def strip_inside(data: bytes, name: str) -> bytes:
    """A picture inside a document: metadata gone, everything else as it was."""
    try:
        if data.startswith(b"\xff\xd8"):
            return strip_jpeg(data)
        if data.startswith(_PNG):
            return _strip_png(data)
        if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
            return _strip_webp(data)
        if data[:6] in (b"GIF87a", b"GIF89a"):
            return _strip_gif(data)
        if data[:4] == b"\x01\x00\x00\x00" and data[40:44] == b" EMF":
            return strip_emf(data)
        if data[:4] in (b"\xd7\xcd\xc6\x9a", b"\x01\x00\x09\x00"):
            return strip_wmf(data)
        if data[:4] in (b"II*\x00", b"MM\x00*"):
            return _anew(data, name)
        if data[:2] == b"BM":
            return data[: struct.unpack_from("<I", data, 2)[0]]
    except (struct.error, IndexError, ValueError) as error:
        raise _damaged(name) from error
    if b"<svg" in data[:4096]:
        return _strip_svg(data, name)
    raise BadInput(
        _("%(name)s: a picture of this kind cannot be made blind; save it as JPG or PNG.")
        % {"name": name}
    )


def strip_jpeg(data: bytes) -> bytes:
    """Only the picture, its colour profile and what decoders need. ValueError when it is cut off."""
    out, at = bytearray(b"\xff\xd8"), 2
    while at < len(data):
        start = data.index(b"\xff", at)
        out += data[at:start] if at > 2 else b""
        marker = data[start + 1]
        if marker in (0x00, 0xFF) or marker in _ALONE:  # a byte of the picture, or padding
            step = 1 if marker == 0xFF else 2
            out += data[start : start + step] if marker != 0xFF else b""
            at = start + step
        elif marker == 0xD9:
            return bytes(out + b"\xff\xd9")
        else:
            end = start + 2 + struct.unpack_from(">H", data, start + 2)[0]
            if _jpeg_segment_stays(marker, data[start + 4 : end]):
                out += data[start:end]
            at = end
    return bytes(out + b"\xff\xd9")


def _jpeg_segment_stays(marker: int, body: bytes) -> bool:
    if marker == 0xE0:
        return body.startswith(b"JFIF")
    if marker == 0xE2:
        return body.startswith(b"ICC_PROFILE")
    if marker == 0xEE:
        return body.startswith(b"Adobe")
    return not (0xE0 <= marker <= 0xEF or marker == 0xFE)


def _strip_png(data: bytes) -> bytes:
    out, at = bytearray(_PNG), len(_PNG)
    while at + 12 <= len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        if kind in _PNG_KEPT:
            out += data[at : at + 12 + size]
        at += 12 + size
        if kind == b"IEND":
            break
    return bytes(out)


def _strip_webp(data: bytes) -> bytes:
    out, at = bytearray(), 12
    while at + 8 <= len(data):
        kind, size = struct.unpack_from("<4sI", data, at)
        chunk = bytearray(data[at : at + 8 + size + size % 2])
        if kind == b"VP8X":
            chunk[8] &= ~0x0C  # neither EXIF nor XMP
        if kind in {b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"}:
            out += chunk
        at += 8 + size + size % 2
    return b"RIFF" + struct.pack("<I", len(out) + 4) + b"WEBP" + bytes(out)


def _strip_gif(data: bytes) -> bytes:
    at = 13 + (3 << ((data[10] & 7) + 1) if data[10] & 0x80 else 0)
    out = bytearray(data[:at])
    while at < len(data) and data[at] != 0x3B:
        start = at
        if data[at] == 0x21:
            stays = data[at + 1] == 0xF9 or data[at + 3 : at + 14] == b"NETSCAPE2.0"
            at = _gif_blocks_end(data, at + 2)
        elif data[at] == 0x2C:
            table = 3 << ((data[at + 9] & 7) + 1) if data[at + 9] & 0x80 else 0
            stays, at = True, _gif_blocks_end(data, at + 11 + table)
        else:
            raise ValueError("gif")
        out += data[start:at] if stays else b""
    return bytes(out) + b"\x3b"


def _gif_blocks_end(data: bytes, at: int) -> int:
    while data[at]:
        at += data[at] + 1
    return at + 1


def _strip_svg(data: bytes, name: str) -> bytes:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise _damaged(name) from error
    for element in list(root.iter("*")):
        foreign = not element.tag.startswith(f"{{{_SVG}}}")
        if foreign or element.tag in {f"{{{_SVG}}}metadata", f"{{{_SVG}}}script"}:
            if element.getparent() is not None:
                element.getparent().remove(element)
            continue
        for key in list(element.attrib):
            if key.startswith("{") and not (key.endswith("}href") or key.endswith("}space")):
                del element.attrib[key]
    etree.cleanup_namespaces(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _orientation(picture: Image.Image, name: str) -> int:
    try:
        return int(picture.getexif().get(0x0112, 1))
    except (OSError, ValueError, TypeError, SyntaxError, struct.error) as error:
        raise _damaged(name) from error


def _upright(picture: Image.Image, name: str) -> bytes:
    form = "JPEG" if picture.format in ("JPEG", "MPO") else str(picture.format)
    profile = picture.info.get("icc_profile")
    out = io.BytesIO()
    try:
        turned = ImageOps.exif_transpose(picture)
        options = {"quality": 95, "subsampling": 0} if form == "JPEG" else {"lossless": True}
        turned.save(out, form, icc_profile=profile, **(options if form != "PNG" else {}))
    except (OSError, ValueError, SyntaxError) as error:
        raise _damaged(name) from error
    return out.getvalue()


def _anew(data: bytes, name: str) -> bytes:
    with _opened(data, name) as picture:
        out = io.BytesIO()
        plain = Image.frombytes(picture.mode, picture.size, picture.tobytes())
        if palette := picture.getpalette():
            plain.putpalette(palette)
        plain.save(out, picture.format, compression="tiff_deflate")
    return out.getvalue()


def _opened(data: bytes, name: str) -> Image.Image:
    try:
        picture = Image.open(io.BytesIO(data))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError,
            Image.DecompressionBombError) as error:  # fmt: skip
        raise _damaged(name) from error
    if picture.width * picture.height > MAX_PIXELS:
        raise BadInput(_("%(name)s: the picture has too many pixels.") % {"name": name})
    return picture


def _damaged(name: str) -> BadInput:
    return BadInput(
        _("%(name)s: the picture is damaged; save it anew as JPG or PNG.") % {"name": name}
    )
