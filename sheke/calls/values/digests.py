"""One way of writing what was sent, so that equal contents have equal digests."""

from __future__ import annotations

import hashlib
import json
from typing import Any


def canonical_text(data: Any) -> str:
    """JSON with sorted keys, without spaces, in UTF-8 as it is. Numbers with fractions must be text."""
    return json.dumps(
        data, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    )


def digest_of(data: Any) -> str:
    """SHA-256 of the canonical text, in hexadecimal."""
    return hashlib.sha256(canonical_text(data).encode()).hexdigest()
