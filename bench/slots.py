"""Finding slots in a long text, against a naive regular expression.

`python -m bench.slots --json` prints characters per second, and precision and recall of both on
the labelled texts: the rival takes any numeral with a measure word behind it.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

from bench.measure import rss_mb, timed
from sheke.reports.slots import find_slots
from sheke.reports.slots.measures import MEASURES

CORPUS = Path(__file__).resolve().parents[1] / "tests/reports/slots/corpus"
_MARK = re.compile("【([^【】]*)】")
_WORDS = "|".join(sorted(map(re.escape, MEASURES), key=len, reverse=True))
NAIVE = re.compile(
    rf"[0-9０-９一二两三四五六七八九十百千万亿xX×_○〇.,]+[余多]?[万亿]?[余多]?(?:{_WORDS}|[%％])"
)

Span = tuple[int, int]


def ours(text: str) -> set[Span]:
    return {(slot.start, slot.end) for slot in find_slots(text)}


def naive(text: str) -> set[Span]:
    return {match.span() for match in NAIVE.finditer(text)}


def labelled() -> list[tuple[str, set[Span]]]:
    """The labelled texts with the spans marked in them."""
    texts = []
    for path in sorted(CORPUS.glob("*.txt")):
        marked, spans, removed = path.read_text(encoding="utf-8"), set(), 0
        for match in _MARK.finditer(marked):
            start = match.start() - removed
            spans.add((start, start + len(match[1])))
            removed += 2
        texts.append((_MARK.sub(r"\1", marked), spans))
    return texts


def quality(finder: object) -> dict[str, float]:
    right = found = expected = 0
    for text, spans in labelled():
        got = finder(text)  # type: ignore[operator]
        right, found, expected = right + len(got & spans), found + len(got), expected + len(spans)
    return {"precision": round(right / found, 4), "recall": round(right / expected, 4)}


def main() -> None:
    unit = "\n".join(text for text, _spans in labelled())
    results: dict[str, object] = {"ours": quality(ours), "naive": quality(naive)}
    for times in (1, 4, 16):
        text = unit * times
        with timed(results, f"ours_{len(text)}_characters"):
            ours(text)
        with timed(results, f"naive_{len(text)}_characters"):
            naive(text)
    results["rss_mb"] = rss_mb()
    if "--json" in sys.argv:
        print(json.dumps(results, ensure_ascii=False, separators=(",", ":")))
    else:
        for key, value in results.items():
            print(f"{key:<28} {value}")


if __name__ == "__main__":
    main()
