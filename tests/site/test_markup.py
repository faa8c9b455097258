"""The checks themselves find what they are for."""

from __future__ import annotations

import pytest

from tests.site.markup import faults

PAGE = (
    '<html lang="zh-Hans"><head><title>页 · 社科</title></head><body><main>{}</main></body></html>'
)


def test_a_sound_page_has_no_faults() -> None:
    body = '<h1>台账</h1><h2>今天</h2><label for="q">查找</label><input id="q"><button>好</button>'
    assert faults(PAGE.format(body)) == []


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("<p>没有标题</p>", "no h1"),
        ("<h1>一</h1><h3>三</h3>", "skipped before “三”"),
        ("<h1>一</h1><input name='q'>", "no label"),
        ("<h1>一</h1><button><svg></svg></button>", "no name"),
        ("<h1>一</h1><img src='x'>", "alternative text"),
        ("<h1 id='a'>一</h1><p id='a'>二</p>", "2 elements have the id a"),
        ("<h1 aria-describedby='b'>一</h1>", "points at b"),
        ("<h1 style='color: red'>一</h1>", "inline style"),
        ("<h1>一</h1><script>1</script>", "inline script"),
        ("<h1 onclick='x()'>一</h1>", "inline handler"),
    ],
)
def test_a_fault_is_found(body: str, fault: str) -> None:
    (found,) = faults(PAGE.format(body))
    assert fault in found
