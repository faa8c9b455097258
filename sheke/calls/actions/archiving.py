"""Verbs: ask for a call as one file, keep it when it is made, take it away."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core import audit
from sheke.core.errors import BadInput
from sheke.directory.models import Account

from ..models import Call, Export

KEPT = timedelta(days=7)  # personal data do not lie about
CHUNK = 1 << 20


@transaction.atomic
def ask_for_export(
    *, call: Call, kind: str, query: str, language: str, by: Account | None
) -> Export:
    """Write down that somebody wants the call as one file; a job makes it. The audit log keeps who.

    Raises BadInput for no such kind, and while the same is being made already.
    """
    if kind not in Export.Kind.values:
        raise BadInput(_("There is no such file of a call."))
    query = query[:500] if kind == Export.Kind.SUBMISSIONS else ""
    Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    since = timezone.now() - timedelta(hours=1)
    waiting = call.exports.filter(kind=kind, query=query, made_at=None, asked_at__gt=since)
    if waiting.exists():
        raise BadInput(_("It is being made already; this page shows how far it has come."))
    made = Export.objects.create(call=call, kind=kind, query=query, language=language, asked_by=by)
    audit.record("call.export", call, by=by, kind=kind, query=query)
    return made


@transaction.atomic
def keep_export(
    *, export: Export, path: Path, report: dict[str, Any], by: Account | None
) -> Export:
    """Keep the file that was written at `path`. What was kept by another worker stays."""
    held = Export.objects.select_for_update(of=("self",)).select_related("call").get(pk=export.pk)
    if held.made_at is not None:
        return held
    ending = "zip" if held.kind == Export.Kind.ARCHIVE else "xlsx"
    name = f"exports/{held.uid}.{ending}"
    with path.open("rb") as file:
        held.sha256 = _sha256(file)
        file.seek(0)
        default_storage.delete(name)  # of a worker that was killed before it could say so
        held.file.name = default_storage.save(name, File(file))
    held.size, held.report, held.made_at = path.stat().st_size, report, timezone.now()
    held.save()
    audit.record("call.exported", held.call, by=by, kind=held.kind, sha256=held.sha256)
    return held


@transaction.atomic
def forget_exports(*, by: Account | None) -> int:
    """Take away the files that are older than a week; that they were made stays. How many."""
    old = Export.objects.select_for_update().filter(made_at__lt=timezone.now() - KEPT)
    count = 0
    for export in old.exclude(file=""):
        name = export.file.name
        export.file, export.removed_at = "", timezone.now()
        export.save(update_fields=["file", "removed_at"])
        audit.record("call.export_removed", export.call, by=by, kind=export.kind)
        transaction.on_commit(lambda name=name: default_storage.delete(name))  # type: ignore[misc]
        count += 1
    return count


def _sha256(file: Any) -> str:
    digest = hashlib.sha256()
    while piece := file.read(CHUNK):
        digest.update(piece)
    return digest.hexdigest()
