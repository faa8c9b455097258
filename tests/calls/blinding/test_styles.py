"""Names of styles: those of word processors stay, those of people do not."""

from __future__ import annotations

import pytest

from sheke.calls.blinding.styles import is_own_style


@pytest.mark.parametrize(
    "name",
    [
        "Normal", "heading 1", "toc 3", "Table Grid", "Light Shading Accent 2", "Colorful Grid - Accent 3",
        "annotation text", "List Bullet 2", "Grid Table 4 Accent 1", "Plain Table 2", "标题 2", "Normal (Web)",
    ],
)  # fmt: skip
def test_styles_that_programs_bring_along(name):
    assert is_own_style(name)


@pytest.mark.parametrize(
    "name", ["陆鸣", "LuMing", "heading Lu", "Table LuMing", "澄江大学正文", ""]
)
def test_styles_that_people_named(name):
    assert not is_own_style(name)
