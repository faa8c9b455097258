"""Recognition: what is printed is read, in either script, askew or on its side, and without a network."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from rapidfuzz.distance import Levenshtein

from sheke.library.ocr import Pictures, Undrawable
from sheke.library.ocr.lines import Line, in_reading_order, text_of
from sheke.library.ocr.rendering import page_image
from sheke.library.ocr.signs import with_wide_signs
from sheke.library.ocr.skew import skew_of, straightened
from sheke.library.ocr.zeros import with_zeros
from sheke.site.demo.box.paper import printed, scanned
from tests.library.reading.samples import pdf, write

LINES = [
    "雲川書院學規",
    "一、凡入院肄業者，須有鄰里保結，品行端方。",
    "二〇二四年五月，社科普及讲座在桂溪县举行。",
]


@pytest.fixture(scope="module")
def pictures() -> Iterator[Pictures]:
    with Pictures() as found:
        yield found


def wrong(got: str) -> int:
    return Levenshtein.distance("".join("".join(LINES).split()), "".join(got.split()))


def test_a_page_laid_askew_in_both_scripts(pictures: Pictures, tmp_path: Path) -> None:
    page = scanned(printed(LINES, page=(1240, 700)), angle=2.2, noise=8, blur=0.5)
    page.save(tmp_path / "a.png")
    found = pictures.recognise(tmp_path / "a.png", "png", 1)
    assert wrong(found.text) <= 1
    assert found.confidence > 0.9
    assert found.image[8:12] == b"WEBP"
    text, confidence, x, y, w, h = found.words[0]
    assert (text, confidence > 0.5) == ("雲", True)
    assert 0.3 < x < 0.5 and 0.15 < y < 0.35 and 0 < w < 0.1 and 0 < h < 0.1


def test_a_page_on_its_side(pictures: Pictures, tmp_path: Path) -> None:
    printed(LINES, page=(1240, 700)).transpose(2).save(tmp_path / "a.png")  # turned by 90 degrees
    assert wrong(pictures.recognise(tmp_path / "a.png", "png", 1).text) <= 1


def test_an_empty_page_has_no_text(pictures: Pictures, tmp_path: Path) -> None:
    printed([""], page=(400, 300)).save(tmp_path / "a.png")
    found = pictures.recognise(tmp_path / "a.png", "png", 1)
    assert (found.text, found.words) == ("", ())


def test_what_cannot_be_drawn_does_not_end_the_process(pictures: Pictures, tmp_path: Path) -> None:
    path = write(tmp_path, "a.pdf", b"%PDF-1.4 nothing")
    with pytest.raises(Undrawable):
        pictures.draw(path, "pdf", 1, width=100)
    good = write(tmp_path, "b.pdf", pdf(1, "Tea"))
    assert pictures.draw(good, "pdf", 1, width=100)[8:12] == b"WEBP"
    with pytest.raises(Undrawable):
        pictures.draw(good, "pdf", 9, width=100)


def test_a_process_that_was_killed_is_started_again(tmp_path: Path) -> None:
    good = write(tmp_path, "b.pdf", pdf(1, "Tea"))
    with Pictures() as found:
        found.draw(good, "pdf", 1, width=100)
        found._process.kill()  # type: ignore[union-attr]
        with pytest.raises(Undrawable):
            found.draw(good, "pdf", 1, width=100)
        assert found.draw(good, "pdf", 1, width=100)


def test_a_page_as_large_as_a_house_is_drawn_small(tmp_path: Path) -> None:
    page = page_image(write(tmp_path, "a.pdf", pdf(1, "Tea", size=(14400, 14400))), "pdf", 1)
    assert max(page.size) <= 2600


def test_nothing_is_ever_fetched(tmp_path: Path) -> None:
    """The models load where every connection fails, and a missing one is an error, not a download."""
    code = """
import socket, sys
def refused(*a, **k): raise AssertionError("network")
socket.socket.connect = socket.create_connection = socket.getaddrinfo = refused
from sheke.library.ocr import engine
engine._engine()
engine._engine.cache_clear()
engine.MODELS["Rec"] = "another.onnx"
try: engine._engine()
except FileNotFoundError: print("said so")
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "said so", done.stderr


def line(text: str, x: float, y: float, step: float = 10) -> Line:
    words = [(sign, 0.9, (x + n * step, y, 9.0, 10.0)) for n, sign in enumerate(text)]
    return Line((x, y, len(text) * step, 10.0), words)


def test_columns_are_read_one_after_the_other() -> None:
    left = [line("左边一行字左边", 0, 20 + 15 * n) for n in range(5)]
    right = [line("右边一行字右边", 200, 20 + 15 * n) for n in range(5)]
    mixed = [each for pair in zip(left, right, strict=True) for each in pair]
    title = line("题目在两栏之上", 90, 0)
    assert in_reading_order([title, *mixed]) == [title, *left, *right]


def test_pieces_of_a_row_stand_in_one_line() -> None:
    rows = [line("姓名", 0, 0), line("单位", 100, 1), line("林溪", 0, 20), line("云川", 100, 20)]
    assert text_of(in_reading_order(rows[::-1])) == "姓名  单位\n林溪  云川"


def test_a_zero_left_out_between_numerals_is_put_back() -> None:
    words = [
        (s, 0.9, (x * 10.0, 0.0, 9.0, 10.0))
        for s, x in zip("二二四年五月间", (0, 2, 3, 4, 5, 6, 7), strict=True)
    ]
    assert with_zeros(Line((0, 0, 80, 10), words)).text == "二〇二四年五月间"
    assert with_zeros(line("二二四年五月间", 0, 0)).text == "二二四年五月间"


def test_signs_among_chinese_characters_are_wide() -> None:
    assert with_wide_signs(line("时间:三点,3:30(见表)", 0, 0)).text == "时间：三点，3:30(见表）"


def test_how_askew_a_page_lies() -> None:
    page = printed(LINES * 4)
    assert skew_of(page) == 0.0
    assert abs(skew_of(scanned(page, angle=-2.0)) - 2.0) < 0.2
    assert straightened(page) is page
