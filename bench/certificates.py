"""A thousand certificates, one file each and one file for the printer.

    uv run python -m bench.certificates --json

`ours` keeps one compiler with its fonts. The rivals set the same template with the same data: `rival_loop`
calls typst anew for each file, so that it reads the fonts each time; `rival_process` starts a
process for each. They run for a part and are extrapolated. Every tenth of our files is read back
and must hold its number.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .measure import rss_mb, timed

if TYPE_CHECKING:
    from sheke.calls.certificates import Certificate

LOOPED, STARTED = 50, 10
FAMILIES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"
GIVEN = "望舒知远牧之明德思齐文清若谷怀瑾"
ADDRESS = "https://sheke.example.org/verify/certificates/Q7KM-2ZXD-{:04}"
ONE_PROCESS = """
import json, sys, typst
given = json.load(sys.stdin)
sys.stdout.buffer.write(typst.compile(given["source"].encode(), root=given["root"], timestamp=0,
    font_paths=given["fonts"], ignore_system_fonts=True, sys_inputs=given["inputs"]))
"""


def main() -> None:
    """Print the measurements; `--json` in one line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--number", type=int, default=1000)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    found = measure(asked.number)
    print(json.dumps(found, ensure_ascii=False, indent=None if asked.json else 2))


def measure(number: int) -> dict[str, Any]:
    """Seconds, bytes and memory for so many award certificates."""
    from django.conf import settings

    if not settings.configured:
        settings.configure(USE_I18N=False)
    from sheke.calls.certificates import render, render_merged

    sample = certificates(number)
    results: dict[str, Any] = {"certificates": number}
    size = 0
    with tempfile.TemporaryDirectory() as folder:
        with timed(results, "ours", places=2):
            for n, pdf in enumerate(render("award", sample)):
                size += Path(folder, f"{n}.pdf").write_bytes(pdf)
        results |= {"bytes_each": size // number, "rss_mb": rss_mb()}
        _check(Path(folder), sample)
    with timed(results, "merged", places=2):
        merged = render_merged("award", sample)
    results |= {"merged_bytes": len(merged), "merged_rss_mb": rss_mb()}
    return results | _rivals(sample, results["ours"]["wall"])


def certificates(number: int) -> list[Certificate]:
    """Different names, titles and numbers, as in a real list."""
    from sheke.calls.certificates import Certificate, NumberPattern

    pattern = NumberPattern("云社科奖〔{year}〕第{serial:4}号")
    return [
        Certificate(
            number=pattern.number(year=2026, serial=n + 1), day=date(2026, 11, 22),
            issuers=("云川市社会科学界联合会",), address=ADDRESS.format(n),
            recipients=(
                FAMILIES[n % 16] + GIVEN[n % 15 : n % 15 + 2],
                FAMILIES[n * 7 % 16] + GIVEN[n * 3 % 15],
            ),
            programme="云川市第十二届哲学社会科学优秀成果", kind=("专著", "论文", "研究报告")[n % 3],
            work=f"县域治理与乡村振兴研究之{n + 1}：基于{n % 97 + 3}个村的调查", level="一二三"[n % 3] + "等奖",
        )
        for n in range(number)
    ]  # fmt: skip


def _check(folder: Path, sample: list[Certificate]) -> None:
    import pypdfium2

    for n in range(0, len(sample), 10):
        page = pypdfium2.PdfDocument(folder / f"{n}.pdf")[0]
        if sample[n].number not in page.get_textpage().get_text_range():
            raise AssertionError(f"{sample[n].number} is not on its certificate")


def _rivals(sample: list[Certificate], ours: float) -> dict[str, Any]:
    import typst

    results: dict[str, Any] = {}
    given = [_given(one) for one in sample[:LOOPED]]
    with timed(results, "rival_loop", places=2):
        for one in given:
            typst.compile(
                one["source"].encode(), root=one["root"], timestamp=0, font_paths=one["fonts"],
                ignore_system_fonts=True, sys_inputs=one["inputs"],
            )  # fmt: skip
    with timed(results, "rival_process", places=2):
        for one in given[:STARTED]:
            text = json.dumps(one).encode()
            subprocess.run(
                [sys.executable, "-c", ONE_PROCESS], input=text, capture_output=True, check=True
            )
    each = ours / len(sample)
    done = {"rival_loop": len(given), "rival_process": len(given[:STARTED])}
    return results | {
        f"{name}_times": round(results[name]["wall"] / count / each, 1)
        for name, count in done.items()
    }


def _given(one: Certificate) -> dict[str, Any]:
    import pylopdf_fonts_zh_cn

    from sheke.calls.certificates import TEMPLATES

    layout = TEMPLATES["award"].layout
    return {
        "source": layout.source, "root": str(layout.folder),
        "fonts": [str(Path(pylopdf_fonts_zh_cn.__file__).parent)],
        "inputs": {"data": json.dumps([one.data()]), "fonts": json.dumps(layout.families)},
    }  # fmt: skip


if __name__ == "__main__":
    main()
