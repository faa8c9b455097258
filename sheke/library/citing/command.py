"""`sheke library cite`: a list of references on the command line."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from django.utils import timezone

from sheke.directory.commands import print_json

from ..naming import work_named
from .entries import entries_of, read_on
from .styles import cite, style_named


def cite_works(names: Sequence[str], *, style: str, as_json: bool) -> None:
    """Print works in the order in which they were named; nothing is printed when one is unknown."""
    chosen = style_named(style)
    works = [work_named(name) for name in names]
    today = timezone.localdate()
    entries = [read_on(entry, today) for entry in entries_of(works)]
    if as_json:
        print_json([
            {"id": work.pk, "key": entry.key, "style": chosen.name, "text": cite([entry], style).strip()}
            for work, entry in zip(works, entries, strict=True)
        ])  # fmt: skip
        return
    sys.stdout.write(cite(entries, style))
