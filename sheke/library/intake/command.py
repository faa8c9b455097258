"""sheke library add PATH…"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from sheke.core.errors import BadInput
from sheke.directory.models import Organisation

from ..models import Batch, Item
from .folders import bring, files_below
from .working import work_on


def add(
    paths: list[Path], *, organisation: str, title: str, listed: Path | None, queue: bool,
    as_json: bool,
) -> None:  # fmt: skip
    """Take files in, and print what became of each; with `queue` a worker does it later."""
    files = files_below(paths)
    if listed is not None and not listed.is_file():
        raise BadInput(_("There is no file “%(name)s”.") % {"name": listed})
    batch = bring(
        files, organisation=_organisation(organisation), by=None, queue=queue, listed=listed,
        title=title or paths[0].resolve().name, way=Batch.Way.COMMAND,
    )  # fmt: skip
    if not queue:
        work_on(batch, alone=True)
    items = list(batch.items.select_related("file", "twin").order_by("pk"))
    if as_json:
        print(
            json.dumps(
                {"batch": batch.pk, "files": [_said(item) for item in items]}, ensure_ascii=False
            )
        )
        return
    for item in items:
        print("\t".join([item.name, item.get_state_display(), _outcome(item)]).rstrip())


def _organisation(code: str) -> Organisation:
    if not code:
        root = Organisation.objects.filter(parent=None).order_by("pk").first()
        if root is None:
            raise BadInput(_("There is no organisation yet: sheke organisation import FILE"))
        return root
    found = Organisation.objects.filter(code=code).first()
    if found is None:
        raise BadInput(_("There is no organisation with the code “%(code)s”.") % {"code": code})
    return found


def _said(item: Item) -> dict[str, Any]:
    return {
        "file": item.name, "status": item.state, "kind": item.kind, "pages": item.pages,
        "reason": item.reason, "work": item.file.work_id if item.file else None,
        "twin": item.twin.work_id if item.twin else None, "likeness": item.likeness or None,
    }  # fmt: skip


def _outcome(item: Item) -> str:
    if item.state == Item.State.FAILED:
        return item.reason
    if item.state == Item.State.QUESTION and item.twin:
        return f"{item.get_likeness_display()} #{item.twin.work_id}"
    return f"#{item.file.work_id}" if item.file and item.file.work_id else ""
