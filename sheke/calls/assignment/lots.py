"""Lots: a number for each pair that follows from the seed and the two ids, and from nothing else.

SHA-256 makes 64 bits of the seed and an id, splitmix64 joins a reviewer's and a submission's: whole numbers
all the way, the same on every machine, whatever the order of the lists.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Words = NDArray[np.uint64]

NAME = "sha256+splitmix64"
BITS = 20  # of a lot


def marks(seed: int | str | None, kind: str, ids: list[Any]) -> Words:
    """64 bits for each id."""
    import numpy as np

    start = hashlib.sha256(json.dumps([seed, kind], ensure_ascii=True).encode())
    found = []
    for given in ids:
        digest = start.copy()
        digest.update(json.dumps(given, ensure_ascii=True).encode())
        found.append(int.from_bytes(digest.digest()[:8], "big"))
    return np.array(found, dtype=np.uint64)


def draw(papers: Words, people: Words) -> NDArray[np.int64]:
    """The lots of pairs, 0 to 2**BITS - 1; the two arrays are broadcast."""
    import numpy as np

    mixed = papers ^ (people + np.uint64(0x9E3779B97F4A7C15))
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed ^= mixed >> np.uint64(31)
    return (mixed >> np.uint64(64 - BITS)).astype(np.int64)
