"""A segment in files that are mapped into memory: a copy of what the database holds, made anew at will."""

from __future__ import annotations

import itertools
import json
import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from mmap import ACCESS_READ, MADV_WILLNEED, mmap
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .characters import Codes
from .segment import MARGIN, Segment, bucket_bits
from .winnowing import BITS, Prints, small

_TYPES: dict[str, Any] = {
    "codes": np.uint16, "starts": np.int64, "keys": np.int64, "taken": np.int64,
    "places": np.uint32, "buckets": np.uint32,
}  # fmt: skip
_PART = 16_000_000  # fingerprints that are ordered in memory at a time
MOST_CODES = (1 << 32) - 1


class Document(NamedTuple):
    """What is written of one: its number, when it was taken in (microseconds), its text and prints."""

    key: int
    taken: int
    codes: Codes
    prints: Prints


@dataclass(frozen=True, eq=False)
class Mapped:
    folder: Path
    segment: Segment
    taken: NDArray[np.int64]


def write(parent: Path, documents: Iterable[Document], name: str) -> Path:
    """Write a segment to a folder of that name below `parent`; it is there whole or not at all."""
    parent.mkdir(parents=True, exist_ok=True)
    folder = Path(mkdtemp(prefix=".", dir=parent))
    try:
        _write(folder, documents)
        target = parent / name
        folder.rename(target)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    for other in parent.iterdir():  # who has them open keeps them
        if other != target and other.is_dir() and not other.name.startswith("."):
            shutil.rmtree(other, ignore_errors=True)
    return target


def newest(parent: Path) -> Mapped | None:
    """The segment that was written last, or none; one that is damaged counts as none."""
    folders = [p for p in parent.glob("[!.]*") if p.is_dir()] if parent.is_dir() else []
    for folder in sorted(folders, key=lambda p: p.stat().st_mtime_ns, reverse=True):
        try:
            sizes = json.loads((folder / "sizes.json").read_text())
            arrays = {
                name: _mapped(folder / name, kind, sizes[name]) for name, kind in _TYPES.items()
            }
        except (OSError, ValueError, KeyError):
            continue
        taken = arrays.pop("taken")
        return Mapped(folder, Segment(**arrays), taken)
    return None


def _mapped(path: Path, kind: Any, size: int) -> NDArray[Any]:
    if path.stat().st_size != size * np.dtype(kind).itemsize:
        raise ValueError(path)
    if not size:
        return np.zeros(0, kind)
    with path.open("rb") as file:
        mapped = mmap(file.fileno(), 0, access=ACCESS_READ)
    if hasattr(mapped, "madvise"):
        mapped.madvise(MADV_WILLNEED)  # a check looks here and there: let it be read ahead
    return np.frombuffer(mapped, kind)


def _write(folder: Path, documents: Iterable[Document]) -> None:
    keys, taken, starts, at = [], [], [MARGIN], MARGIN
    margin = np.zeros(MARGIN, np.uint16)
    with (folder / "codes").open("wb") as codes, (folder / "words").open("wb") as words:
        codes.write(margin.tobytes())
        for key, when, text, prints in documents:
            if at + len(text) + 1 + MARGIN > MOST_CODES:
                break  # what does not fit stays in memory, see holdings
            codes.write(small(text).tobytes() + b"\0\0")
            packed = prints.hashes.astype(np.uint64) << np.uint64(32)
            words.write((packed | (prints.places + at).astype(np.uint64)).tobytes())
            keys.append(key)
            taken.append(when)
            at += len(text) + 1
            starts.append(at)
        codes.write(margin.tobytes())
    arrays = {"starts": starts, "keys": keys, "taken": taken}
    for name, values in arrays.items():
        np.array(values, _TYPES[name]).tofile(folder / name)
    sizes = {name: len(values) for name, values in arrays.items()}
    sizes |= {"codes": at + MARGIN} | _arrange(folder)
    (folder / "sizes.json").write_text(json.dumps(sizes))
    for name in _TYPES:
        with (folder / name).open("rb") as file:
            os.fsync(file.fileno())


def _arrange(folder: Path) -> dict[str, int]:
    """From `words` (number and place, in the order of the texts) the places in the numbers' order."""
    path = folder / "words"
    count = path.stat().st_size // 8
    words = np.memmap(path, np.uint64, "r+") if count else np.zeros(0, np.uint64)
    bits = bucket_bits(count)
    shift = np.uint64(32 + BITS - bits)
    counts = np.zeros(1 << bits, np.int64)
    parts = max(1, -(-count // _PART))
    bounds = [(n << bits) // parts for n in range(parts + 1)]
    with (folder / "places").open("wb") as places:
        for low, high in itertools.pairwise(bounds):
            chosen = [
                part[((part >> shift) >= low) & ((part >> shift) < high)]
                for part in (words[n : n + _PART] for n in range(0, count, _PART))
            ]
            ordered = np.sort(np.concatenate([np.zeros(0, np.uint64), *chosen]))
            counts += np.bincount((ordered >> shift).astype(np.int64), minlength=1 << bits)
            (ordered & np.uint64(0xFFFFFFFF)).astype(np.uint32).tofile(places)
    np.concatenate(([0], np.cumsum(counts))).astype(np.uint32).tofile(folder / "buckets")
    del words
    path.unlink()
    return {"places": count, "buckets": (1 << bits) + 1}
