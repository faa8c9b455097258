"""One number over all that a check found: who changes a row is found out."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from ..models import Check

_NUMBERS = (
    "title", "origin", "subject", "authors", "text_sha256", "minimum", "common", "documents", "characters",
    "covered", "covered_by_others", "without_common", "without_quoted", "to_explain", "marks",
)  # fmt: skip
_SOURCE = ("position", "subject", "label", "detail", "own", "characters")
_PASSAGE = ("start", "end", "source_start", "source_end", "text", "near", "common")


def seal_of(check: Check) -> str:
    """SHA-256 of the check with its sources and passages, as they stand in the database now.

    Of the checked text its own SHA-256 stands in it, and that is computed anew, too.
    """
    text = hashlib.sha256(check.text.encode("utf-8", "surrogatepass")).hexdigest()
    sources: list[Any] = [
        [_said(source, _SOURCE), [_said(passage, _PASSAGE) for passage in source.passages.all()]]
        for source in check.sources.prefetch_related("passages")
    ]
    content = [_said(check, _NUMBERS), text, sources]
    plain = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()


def _said(row: Any, fields: tuple[str, ...]) -> list[Any]:
    return [getattr(row, name) for name in fields]
