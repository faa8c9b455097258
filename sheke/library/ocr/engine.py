"""Recognition of one page, with the models that the package brings along."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from ..reading.lines import joined
from .lines import Line, blanks_of, in_reading_order, text_of
from .signs import with_wide_signs
from .skew import straightened
from .zeros import with_zeros

THREADS = int(os.environ.get("SHEKE_OCR_THREADS", "1") or 1)
MODELS = {"Det": "PP-OCRv6_det_small.onnx", "Rec": "PP-OCRv6_rec_small.onnx"}
POOR = 0.8  # mean confidence below which the page may lie on its side
PROBE = 1100  # pixels of the longer side
TURNS = (Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_270, Image.Transpose.ROTATE_180)


@dataclass(frozen=True)
class Page:
    """Text, mean confidence, words with boxes as shares of `picture`, which lies straight."""

    text: str
    confidence: float
    words: list[list[Any]]
    picture: Image.Image


def recognised(picture: Image.Image) -> Page:
    """The text of a picture of a page, turned upright and straight first."""
    picture = straightened(picture)
    lines = _lines(picture)
    if (_mean(lines) < POOR or _stands(lines)) and (turn := _upright(picture)) is not None:
        picture = picture.transpose(turn)
        lines = _lines(picture)
    lines = [with_wide_signs(with_zeros(line)) for line in in_reading_order(lines)]
    width, height = picture.size
    words = [
        [text, round(confidence, 3), round(x / width, 4), round(y / height, 4),
         round(w / width, 4), round(h / height, 4)]
        for line in lines for text, confidence, (x, y, w, h) in line.words
    ]  # fmt: skip
    return Page(joined(text_of(lines)), round(_mean(lines), 4), words, picture)


@cache
def _engine() -> Any:
    """Its own settings would look for models on the network where ours are missing: we name the files."""
    import rapidocr

    folder = Path(rapidocr.__file__).parent / "models"
    paths = {f"{part}.model_path": str(folder / name) for part, name in MODELS.items()}
    missing = [path for path in paths.values() if not Path(path).is_file()]
    if missing:
        raise FileNotFoundError(missing[0])
    return rapidocr.RapidOCR(
        params=paths | {
            "Global.log_level": "critical", "Global.use_cls": False, "Global.max_side_len": 2600,
            "EngineConfig.onnxruntime.intra_op_num_threads": THREADS,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )  # fmt: skip


def _lines(picture: Image.Image) -> list[Line]:
    found = _engine()(np.asarray(picture.convert("RGB")), return_word_box=True)
    if not found.txts:
        return []
    lines = []
    for corners, text, pieces in zip(found.boxes, found.txts, found.word_results, strict=True):
        words = [(t, float(c), _box(b)) for t, c, b in pieces if t.strip()]
        lines.append(Line(_box(corners), words, blanks_of(text, words)))
    return [line for line in lines if line.words]


def _upright(picture: Image.Image) -> Image.Transpose | None:
    """The turn by which more is read, or as much in level lines; looked for on a smaller picture."""
    small = picture.copy()
    small.thumbnail((PROBE, PROBE))
    now, found = _lines(small), {turn: _lines(small.transpose(turn)) for turn in TURNS}
    level = [turn for turn in TURNS if not _stands(found[turn])] if _stands(now) else []
    best = max(level or TURNS, key=lambda turn: _weight(found[turn]))
    least = 0.9 if level else 1.2
    return best if _weight(found[best]) > least * _weight(now) + 1 else None


def _box(corners: Any) -> tuple[float, float, float, float]:
    points = np.asarray(corners, dtype=float)
    (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
    return float(left), float(top), float(right - left), float(bottom - top)


def _mean(lines: list[Line]) -> float:
    scores = [(confidence, len(text)) for line in lines for text, confidence, _b in line.words]
    total = sum(n for _c, n in scores)
    return sum(c * n for c, n in scores) / total if total else 0.0


def _weight(lines: list[Line]) -> float:
    """How much was read, and how surely: only sure words count."""
    return sum(len(t) * c for line in lines for t, c, _b in line.words if c > 0.7)


def _stands(lines: list[Line]) -> bool:
    """Most lines are higher than wide: the page lies on its side, or is set in columns of old."""
    tall = sum(line.box[3] > 1.8 * line.box[2] for line in lines)
    return tall > 0.4 * len(lines)
