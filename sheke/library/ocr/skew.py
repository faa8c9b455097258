"""Pages laid askew on the scanner are turned straight."""

from __future__ import annotations

import cv2
import numpy as np
from PIL import Image

MOST = 8.0  # degrees
LEAST = 0.15  # below it turning costs more sharpness than it gives
SIDE = 900  # pixels are enough to see it


def straightened(picture: Image.Image) -> Image.Image:
    """The picture turned so that its lines lie level; itself where they do."""
    angle = skew_of(picture)
    if abs(angle) < LEAST:
        return picture
    white = 255 if picture.mode == "L" else (255, 255, 255)
    return picture.rotate(angle, Image.Resampling.BICUBIC, expand=False, fillcolor=white)


def skew_of(picture: Image.Image) -> float:
    """Degrees by which to turn (counterclockwise): where the rows of ink are sharpest."""
    small = picture.convert("L")
    small.thumbnail((SIDE, SIDE))
    grey = cv2.medianBlur(np.asarray(small), 3)
    _level, ink = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    share = ink.mean() / 255
    if not 0.002 < share < 0.4:  # empty, or a photograph
        return 0.0
    coarse = max(np.arange(-MOST, MOST + 0.1, 1.0), key=lambda a: _sharpness(ink, a))
    fine = max(np.arange(coarse - 1, coarse + 1.01, 0.2), key=lambda a: _sharpness(ink, a))
    best = max(np.arange(fine - 0.2, fine + 0.21, 0.05), key=lambda a: _sharpness(ink, a))
    return float(best) if _sharpness(ink, best) > 1.03 * _sharpness(ink, 0.0) else 0.0


def _sharpness(ink: np.ndarray, angle: float) -> float:
    """How much the amount of ink changes from row to row."""
    height, width = ink.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), float(angle), 1.0)
    rows = cv2.warpAffine(ink, turn, (width, height), flags=cv2.INTER_LINEAR).sum(axis=1) / 255
    return float(np.square(np.diff(rows)).sum())
