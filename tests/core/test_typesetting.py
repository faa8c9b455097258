"""Typesetting: data is never markup; fonts and characters that lack are errors."""

from __future__ import annotations

import shutil
from pathlib import Path

import pylopdf_fonts_zh_cn
import pypdfium2
import pytest

from sheke.core.errors import BadInput
from sheke.core.typesetting import BUNDLED, Layout, fonts, typeset
from sheke.core.typesetting.fonts import characters

HEAD = "#set text(font: json(bytes(sys.inputs.fonts)), fallback: false)\n"
BODY = "#json(bytes(sys.inputs.data))"


def text_of(pdf: bytes) -> str:
    return pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()


def test_data_is_never_markup(tmp_path):
    text = '#panic("no") *张三* $x$ @label <b> \\ "'
    assert text in text_of(typeset(Layout(HEAD + BODY, tmp_path), text))


def test_the_same_gives_the_same_bytes(tmp_path):
    layout = Layout(HEAD + "#set document(title: [标题])\n" + BODY, tmp_path)
    assert typeset(layout, "甲") == typeset(layout, "甲") != typeset(layout, "乙")


def test_a_font_that_is_not_there_is_named(tmp_path):
    with pytest.raises(BadInput, match="Office Kai"):
        typeset(Layout(HEAD + BODY, tmp_path, families=(BUNDLED, "Office Kai")), "甲")
    with pytest.raises(BadInput, match="simsun"):
        typeset(Layout('#set text(font: "SimSun")\n' + BODY, tmp_path), "甲")


@pytest.mark.parametrize("lacking", ["𠮷", "𬸀", "😀", "葛\U000e0100"])
def test_a_character_that_no_font_has_is_named_with_its_place(tmp_path, lacking):
    with pytest.raises(BadInput) as caught:
        typeset(Layout(HEAD, tmp_path), [{"recipients": ["张三", f"李{lacking}"]}])
    assert f"U+{ord(lacking[-1]):04X}" in str(caught.value)
    assert "1.recipients.2" in str(caught.value)


def test_the_templates_own_characters_are_checked_too(tmp_path):
    with pytest.raises(BadInput, match="U\\+20BB7"):
        typeset(Layout(HEAD + "𠮷", tmp_path), "甲")


@pytest.mark.parametrize(
    "source", ["#foo", '#read("/etc/hostname")', '#read("../../etc/hostname")']
)
def test_a_template_that_fails_or_reads_elsewhere_is_refused(tmp_path, source):
    with pytest.raises(BadInput, match="award"):
        typeset(Layout(source, tmp_path), "甲", what="award")


def test_an_offices_own_folder_of_fonts_counts(tmp_path):
    """The other bundled font, alone in a folder, is found there under its family."""
    shutil.copy(Path(pylopdf_fonts_zh_cn.sans_path()), tmp_path / "font.otf")
    assert characters("noto sans sc", (tmp_path,)) >= {ord(c) for c in "㐂一〇龘Aé"}
    assert characters("No Such Font", (tmp_path,)) is None


def test_both_formats_of_the_character_map_are_read_alike(monkeypatch):
    """The bundled font says its first plane twice: in segments (4) and in groups (12)."""
    file, read = Path(pylopdf_fonts_zh_cn.serif_path()).read_bytes(), fonts._subtable
    found: dict[int, set[int]] = {}

    def kept(data, at):
        codes = list(read(data, at))
        found.setdefault(int.from_bytes(data[at : at + 2], "big"), set()).update(codes)
        return iter(codes)

    monkeypatch.setattr(fonts, "_subtable", kept)
    every = set(fonts._mapped(file, 0))
    assert found[4] == {code for code in found[12] if code < 0xFFFF}
    assert every == found[12]
    assert len(every) > 30_000
