"""Nearly the same texts: MinHash over runs of five letters, found by bands of the signature."""

from __future__ import annotations

import zlib

import numpy as np
from django.db.models import Count

from ..models import File, Sketch, SketchBand
from ..models.files import FileQuerySet

RUN = 5
ROWS = 128
BANDS = 32  # of four rows: what is half alike is found nearly always
LEAST = 120  # letters: forms and labels are alike by nature
NEAR = 0.6  # share of common runs from which a person is asked
BLOCK = 20_000
LONGEST = 400_000  # letters; of longer texts every n-th run counts
_RANDOM = np.random.default_rng(20240607)
_A = _RANDOM.integers(1, 1 << 32, ROWS, dtype=np.uint64) | np.uint64(1)
_B = _RANDOM.integers(0, 1 << 32, ROWS, dtype=np.uint64)
_PRIME = np.uint64((1 << 61) - 1)
_LOW = np.uint64(0xFFFFFFFF)


def signature_of(letters: str) -> bytes | None:
    """128 numbers of 32 bits of a bare text; None where it is too short to tell."""
    if len(letters) < LEAST:
        return None
    runs = np.unique(_hashes(letters))
    lowest = np.full(ROWS, _LOW, dtype=np.uint64)
    for at in range(0, len(runs), BLOCK):
        mixed = (runs[at : at + BLOCK, None] * _A + _B) % _PRIME & _LOW
        lowest = np.minimum(lowest, mixed.min(axis=0))
    return lowest.astype("<u4").tobytes()


def _hashes(letters: str) -> np.ndarray:
    """Each run of letters as 32 bits, which the position of a run does not change."""
    points = np.frombuffer(letters.encode("utf-32-le"), dtype="<u4").astype(np.uint64)
    count = len(points) - RUN + 1
    mixed = np.zeros(count, dtype=np.uint64)
    for n in range(RUN):
        mixed = mixed * np.uint64(0x9E3779B97F4A7C15) + points[n : n + count]
    mixed ^= mixed >> np.uint64(29)
    found = (mixed * np.uint64(0xBF58476D1CE4E5B9)) >> np.uint64(35)
    return found if count <= LONGEST else np.sort(found)[:: count // LONGEST + 1]


def bands(signature: bytes) -> list[int]:
    """The values by which a signature is looked up: signed, of 63 bits."""
    width = len(signature) // BANDS
    parts = (signature[n * width : (n + 1) * width] for n in range(BANDS))
    return [(n << 56 | zlib.crc32(part) << 24 | zlib.adler32(part) & 0xFFFFFF) & (1 << 62) - 1
            for n, part in enumerate(parts)]  # fmt: skip


def alike(one: bytes, other: bytes) -> float:
    """How much two texts have in common, 0–1, as their signatures estimate it."""
    first, second = np.frombuffer(one, dtype="<u4"), np.frombuffer(other, dtype="<u4")
    return float((first == second).mean())


def keep_sketch(file: File, signature: bytes) -> None:
    """Within the caller's transaction; what was kept before is replaced."""
    sketch, _made = Sketch.objects.update_or_create(file=file, defaults={"signature": signature})
    sketch.bands.all().delete()
    SketchBand.objects.bulk_create(SketchBand(sketch=sketch, value=v) for v in bands(signature))


def nearest(signature: bytes, among: FileQuerySet) -> tuple[File, float] | None:
    """The file most alike, if any is alike enough to ask; and how much, 0–1."""
    common = (
        SketchBand.objects.filter(value__in=bands(signature), sketch__file__in=among)
        .values("sketch_id").annotate(n=Count("id")).order_by("-n", "sketch_id")[:20]
    )  # fmt: skip
    numbers = [row["sketch_id"] for row in common]
    found = [
        (alike(signature, bytes(s.signature)), s.pk) for s in Sketch.objects.filter(pk__in=numbers)
    ]
    best = max(found, default=(0.0, 0))
    return (File.objects.get(pk=best[1]), best[0]) if best[0] >= NEAR else None
