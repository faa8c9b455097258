"""Verbs: keep a file for a field, take it away."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core import audit
from sheke.core.errors import BadInput
from sheke.definitions.programmes import Field
from sheke.directory.models import Account
from sheke.ledger.evidence.actions import store_file

from ..applying.writing import asked_for, refuse_closed
from ..models import Submission, Upload
from ..steps import locked

SAME = {"jpg": (".jpg", ".jpeg"), "mp4": (".mp4", ".m4v", ".mov")}


@transaction.atomic
def hold_upload(
    *, submission: Submission, field: str, file: BinaryIO, name: str, by: Account | None
) -> Upload:
    """Keep a file for a field, checked against the field's types, size and number.

    What it is, is told by its content. Raises BadInput with what to do; nothing is kept then.
    """
    submission = locked(submission)
    refuse_closed(submission)
    found = _field(submission, field)
    _fits(found, file, name)
    held = submission.uploads.filter(field=field, removed_at=None)
    if held.count() >= found.files:
        raise BadInput(
            _("“%(field)s” takes %(n)s files at most; take one away first.")
            % {"field": found.name, "n": found.files}
        )
    stored = store_file(file=file, name=name)
    if same := held.filter(stored=stored).first():
        return same
    upload = Upload.objects.create(
        submission=submission, field=field, stored=stored, added_by=by,
        name=Path(name).name[-200:] or stored.sha256,
    )  # fmt: skip
    audit.record("call.upload", submission, by=by, field=field, sha256=stored.sha256)
    return upload


@transaction.atomic
def remove_upload(*, upload: Upload, by: Account | None) -> None:
    """Take a file away. Versions that were sent with it keep it."""
    submission = locked(upload.submission)
    refuse_closed(submission)
    _field(submission, upload.field)
    if upload.removed_at is not None:
        return
    upload.removed_at = timezone.now()
    upload.save(update_fields=["removed_at"])
    audit.record("call.upload_remove", submission, by=by, field=upload.field, upload=upload.pk)


def _field(submission: Submission, key: str) -> Field:
    found = submission.edition.programme.field(key)
    if found is None or found.kind != "files":
        raise BadInput(_("No file is asked for there."))
    if not asked_for(submission).opens(key):
        raise BadInput(_("The office did not ask for a correction of this field."))
    return found


def _fits(field: Field, file: BinaryIO, name: str) -> None:
    ending = Path(name).suffix.lower()
    taken = [one for kind in field.types for one in SAME.get(kind, (f".{kind}",))]
    if ending not in taken:
        raise BadInput(
            _("“%(name)s” is not taken for “%(field)s”; use: %(kinds)s.")
            % {"name": name, "field": field.name, "kinds": ", ".join(taken)}
        )
    size = file.seek(0, 2)
    file.seek(0)
    if size > field.megabytes * 1024 * 1024:
        raise BadInput(
            _("“%(name)s” has %(size)s MB; “%(field)s” takes %(most)s MB at most.")
            % {"name": name, "size": -(-size // (1024 * 1024)), "field": field.name,
               "most": field.megabytes}
        )  # fmt: skip
