"""The one way of writing a definition's data, so that equal definitions have equal digests."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from .schemas import Schema


def canonical(schema: Schema) -> dict[str, Any]:
    """The JSON that an edition keeps: what differs from the schema's defaults."""
    return schema.model_dump(mode="json", exclude_defaults=True)


def digest(data: dict[str, Any]) -> str:
    """SHA-256 of canonical data, in hexadecimal."""
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
