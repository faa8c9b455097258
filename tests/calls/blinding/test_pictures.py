"""Pictures lose what cameras and programs write into them and stand upright."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from sheke.calls.blinding import blind, read_packet
from sheke.calls.blinding.metafiles import strip_emf, strip_wmf
from sheke.calls.blinding.pictures import strip_inside
from sheke.core.errors import BadInput

from . import filth


def _clean(data: bytes) -> bool:
    return not any(s.encode() in data for s in filth.SECRETS)


def test_jpeg_keeps_its_pixels():
    data = blind(filth.jpeg(), "a.jpg")
    assert _clean(data)
    assert Image.open(io.BytesIO(data)).tobytes() == Image.open(io.BytesIO(filth.jpeg())).tobytes()


def test_jpeg_is_turned_upright():
    picture = Image.open(io.BytesIO(blind(filth.jpeg(orientation=6), "a.jpg")))
    assert picture.size == (4, 8) and not picture.getexif()
    assert picture.getpixel((2, 1))[0] > 150 > picture.getpixel((2, 7))[0]


def test_png_keeps_its_pixels():
    data = blind(filth.png(), "a.png")
    assert _clean(data) and Image.open(io.BytesIO(data)).tobytes() == bytes([1, 2, 3, 4]) * 6


def test_webp_keeps_its_pixels():
    exif = Image.Exif()
    exif[0x013B] = filth.SECRET
    out = io.BytesIO()
    Image.new("RGB", (5, 5), "red").save(
        out, "WEBP", lossless=True, exif=exif, xmp=filth.HAN.encode()
    )
    data = blind(out.getvalue(), "a.webp")
    assert _clean(data) and Image.open(io.BytesIO(data)).convert("RGB").getpixel((1, 1)) == (
        255,
        0,
        0,
    )


def test_gif_inside_a_document():
    out = io.BytesIO()
    frames = [Image.new("RGB", (5, 5), c).convert("P") for c in ("red", "blue")]
    frames[0].save(
        out, "GIF", comment=filth.SECRET.encode(), save_all=True, append_images=frames[1:], loop=0
    )
    data = strip_inside(out.getvalue(), "a.gif")
    with Image.open(io.BytesIO(data)) as picture:
        assert _clean(data) and picture.n_frames == 2 and picture.size == (5, 5)


def test_tiff_inside_a_document():
    out = io.BytesIO()
    Image.new("RGB", (5, 5), "red").save(out, "TIFF", tiffinfo={315: filth.SECRET})
    data = strip_inside(out.getvalue(), "a.tif")
    assert _clean(data) and Image.open(io.BytesIO(data)).getpixel((1, 1)) == (255, 0, 0)


def test_svg_inside_a_document():
    svg = (
        f'<!-- {filth.SECRET} --><svg xmlns="http://www.w3.org/2000/svg" xmlns:i="urn:inkscape" '
        f'i:export="C:\\{filth.SECRET}"><metadata>{filth.HAN}</metadata><i:view/><rect width="3"/></svg>'
    )
    data = strip_inside(svg.encode(), "a.svg")
    assert _clean(data) and b'<rect width="3"/>' in data


def test_metafiles_lose_their_descriptions():
    words = filth.SECRET.encode("utf-16-le")
    head = bytearray(108 + len(words) + len(words) % 4)
    head[0:4], head[4:8] = (1).to_bytes(4, "little"), len(head).to_bytes(4, "little")
    head[40:44] = b" EMF"
    head[60:68] = (len(words) // 2).to_bytes(4, "little") + (108).to_bytes(4, "little")
    head[108 : 108 + len(words)] = words
    comment = (
        (70).to_bytes(4, "little")
        + (28).to_bytes(4, "little")
        + (16).to_bytes(4, "little")
        + b"ZhengYuanhang..."
    )
    end = (14).to_bytes(4, "little") + (20).to_bytes(4, "little") + bytes(12)
    data = strip_emf(bytes(head) + comment + end + filth.SECRET.encode())
    assert words not in data and _clean(data) and data.endswith(end)
    note = (5 + 8).to_bytes(4, "little") + b"\x26\x06\x0f\x00\x10\x00" + b"ZhengYuanhang..."
    wmf = b"\x01\x00\x09\x00" + bytes(14) + note + (3).to_bytes(4, "little") + b"\0\0"
    assert _clean(strip_wmf(wmf)) and len(strip_wmf(wmf)) == len(wmf)


@pytest.mark.parametrize("data", [filth.jpeg()[:20], filth.png()[:20], b"RIFF\0\0\0\0WEBPVP8 "])
def test_damaged_pictures_are_named(data):
    name = {b"\xff": "照片.jpg", b"\x89": "照片.png", b"R": "照片.webp"}[data[:1]]
    with pytest.raises(BadInput, match="照片"):
        blind(data, name)


@pytest.mark.filterwarnings("ignore::UserWarning")
@given(st.binary(max_size=40), st.integers(0, 600), st.sampled_from([filth.jpeg(), filth.png()]))
@settings(max_examples=80)
def test_no_bytes_break_the_reader(noise, at, picture):
    data = bytearray(picture)
    data[at : at + len(noise)] = noise
    try:
        blind(bytes(data), "a.jpg" if picture[0] == 0xFF else "a.png")
    except BadInput as error:
        assert "a." in str(error)


def test_a_picture_has_no_text_that_is_read():
    assert [p.kind for p in read_packet(filth.png(), "a.png").unread] == ["picture"]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.doc"),
        (b"\0\0\0\x18ftypheic", "a.heic"),
        (b"Rar!\x1a\x07", "a.rar"),
        (b"", "a.pdf"),
        (b"%PDF-1.4", "a.docx"),
        (b"hello", "a.exe"),
        (b"hello", "a.wps"),
    ],
)
def test_what_cannot_be_made_blind_is_refused_with_advice(data, name):
    with pytest.raises(BadInput, match=rf"^{name}\W"):
        blind(data, name)
