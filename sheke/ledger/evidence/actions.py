"""Verbs of evidence: keep a file, attach it or a link to a record, withdraw it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core import audit
from sheke.core.errors import BadInput
from sheke.directory.models import Account

from ..actions import post_record
from ..content import Draft
from ..models import Evidence, Record, StoredFile
from .keeping import keep_content
from .kinds import kind_of


def store_file(*, file: BinaryIO, name: str) -> StoredFile:
    """Keep the content of `file` once, by its SHA-256; `file` must be seekable.

    Raises BadInput when it is empty, too large, or no kind of file that may be kept.
    """
    size = file.seek(0, 2)
    if not size:
        raise BadInput(_("“%(name)s” is empty.") % {"name": name})
    if size > settings.UPLOAD_LIMIT:
        raise BadInput(
            _("“%(name)s” has %(size)s MB; at most %(limit)s MB are kept.")
            % {"name": name, "size": size >> 20, "limit": settings.UPLOAD_LIMIT >> 20}
        )
    kind = kind_of(file, name)
    return keep_content(file, content_type=kind.content_type, ending=kind.endings[0])


@transaction.atomic
def attach_file(*, record: Record, file: BinaryIO, name: str, by: Account | None) -> Evidence:
    """Attach a file to a record as evidence; see `store_file` for what is refused."""
    return attach_stored(record=record, stored=store_file(file=file, name=name), name=name, by=by)


@transaction.atomic
def attach_stored(*, record: Record, stored: StoredFile, name: str, by: Account | None) -> Evidence:
    """Attach a file that is kept already. The same file is attached to a record only once."""
    held = record.evidence.filter(stored=stored, withdrawn_at=None).first()
    if held is not None:
        return held
    evidence = Evidence.objects.create(
        record=record, stored=stored, name=Path(name).name[-200:] or stored.sha256, added_by=by
    )
    audit.record("evidence.attach", record, by=by, name=evidence.name, sha256=stored.sha256)
    return evidence


@transaction.atomic
def attach_link(*, record: Record, link: str, by: Account | None, name: str = "") -> Evidence:
    """Attach the address of a page as evidence. Raises BadInput when it is no http(s) address."""
    link = checked_link(link)
    held = record.evidence.filter(link=link, withdrawn_at=None).first()
    if held is not None:
        return held
    evidence = Evidence.objects.create(
        record=record, link=link, name=(name.strip() or urlsplit(link).netloc)[:200], added_by=by
    )
    audit.record("evidence.attach", record, by=by, link=link)
    return evidence


def checked_link(link: str) -> str:
    """The address without spaces around it. Raises BadInput when it is none of http or https."""
    link = link.strip()
    try:
        URLValidator(schemes=["http", "https"])(link)
    except ValidationError:
        link = ""
    if not link or len(link) > 500:
        raise BadInput(_("A link begins with http:// or https:// and has at most 500 characters."))
    return link


@transaction.atomic
def withdraw_evidence(*, evidence: Evidence, by: Account | None) -> None:
    """Take evidence back. It stays in the ledger, marked as withdrawn."""
    evidence = Evidence.objects.select_for_update().select_related("record").get(pk=evidence.pk)
    if evidence.withdrawn_at:
        return
    evidence.withdrawn_at = timezone.now()
    evidence.save(update_fields=["withdrawn_at"])
    audit.record("evidence.withdraw", evidence.record, by=by, name=evidence.name)


@transaction.atomic
def post_with_evidence(
    *, draft: Draft, files: Iterable[tuple[StoredFile, str]], link: str, by: Account | None,
    reason: str = "",
) -> Record:  # fmt: skip
    """Post a record together with its evidence: (kept file, name) and the address of a page."""
    record = post_record(draft=draft, by=by, reason=reason)
    for stored, name in files:
        attach_stored(record=record, stored=stored, name=name, by=by)
    if link:
        attach_link(record=record, link=link, by=by)
    return record
