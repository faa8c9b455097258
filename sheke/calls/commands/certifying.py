"""Body of the command that writes the certificates of a call."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from sheke.accounts.links import site_of
from sheke.core.errors import BadInput
from sheke.directory.models import Account

from ..actions.certifying import issue_certificates
from ..deciding import printing
from ..models import Call, Certificate
from .office import write

PART = 50  # in one transaction


def certificates(call: Call, folder: Path, *, by: Account | None) -> dict[str, Any]:
    """Issue what is missing, and write every valid certificate into the folder."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput(f"{folder}: {error.strerror}") from None
    missing, issued = printing.waiting(call), 0
    for start in range(0, len(missing), PART):
        part = missing[start : start + PART]
        issued += len(issue_certificates(call=call, awards=part, site=site_of(), by=by))
    found = Certificate.objects.filter(award__call=call, revoked_at=None).select_related("stored")
    files = []
    for each in found.order_by("award__serial", "pk"):
        if each.stored is None:
            continue
        with each.stored.file.open("rb") as file:
            write(folder / printing.file_name(each), file.read())
        files.append({"number": each.number, "code": each.code, "file": printing.file_name(each)})
    if not files:
        raise BadInput(_("“%(call)s” has no awards yet.") % {"call": call.title})
    return {"call": call.key, "folder": str(folder), "issued": issued, "files": files}
