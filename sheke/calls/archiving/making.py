"""Making a file that somebody asked for, in a folder of its own that goes with the process's end."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.http import QueryDict

from .. import exporting
from ..actions.archiving import keep_export
from ..listing import Wanted
from ..models import Export
from .writing import write_archive

Tell = Callable[[int, int], None]


def make_export(export: Export, tell: Tell | None = None) -> Export:
    """Write the file and keep it. Run again after a kill it begins anew; what is made stays made."""
    if export.made_at is not None:
        return export
    with tempfile.TemporaryDirectory(prefix="sheke-export-") as folder:
        path = Path(folder) / "export"
        report = _written(export, path, tell)
        return keep_export(export=export, path=path, report=report, by=export.asked_by)


def _written(export: Export, path: Path, tell: Tell | None) -> dict[str, Any]:
    call = export.call
    if export.kind == Export.Kind.ARCHIVE:
        return write_archive(call, path, tell=tell).data()
    wanted = Wanted.read(QueryDict(export.query).dict())
    with path.open("wb") as file:
        return {"submissions": exporting.save_submissions(file, call, wanted, tell=tell)}
