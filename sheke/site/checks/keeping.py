"""Whether what is kept is kept: backups, files, the chain of events, the seals of reports."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core.chain import verify_chain
from sheke.core.models import AuditEvent
from sheke.ledger.models import Record, StoredFile
from sheke.reports.models import Snapshot
from sheke.reports.sealing import seal_holds
from sheke.site.backup.contents import Named, in_storage

from .findings import Finding, error, info, looks, warning

OLD = timedelta(days=2)
SHOWN = 5
NIGHTLY = "SHEKE_BACKUP_FOLDER=/var/backups/sheke"


@looks(tables=True)
def backups() -> Iterator[Finding]:
    last = AuditEvent.objects.filter(verb="backup.make").order_by("-id").first()
    if last is None:
        if Record.objects.exists():
            yield warning(
                "backup.none", _("There is no backup yet."), f"sheke backup --verify; {NIGHTLY}"
            )
        return
    at = timezone.localtime(last.at).strftime("%Y-%m-%d %H:%M")
    if timezone.now() - last.at > OLD:
        yield warning(
            "backup.old",
            _("The last backup is of %(at)s.") % {"at": at},
            f"sheke backup; {NIGHTLY}",
        )
    else:
        yield info("backup.last", _("The last backup is of %(at)s.") % {"at": at})
    if not settings.BACKUP_FOLDER:
        yield info("backup.nightly", _("No backup is made by itself."), NIGHTLY)


@looks(tables=True)
def files_there() -> Iterator[Finding]:
    """The latest files only; all of them with --files."""
    latest = StoredFile.objects.order_by("-id").values_list("file", flat=True)[:20]
    yield from _missing([name for name in latest if not default_storage.exists(name)])


@looks(tables=True, only="files")
def files_same() -> Iterator[Finding]:
    missing, changed = [], []
    for name, sha256, size in (
        StoredFile.objects.order_by("id").values_list("file", "sha256", "size").iterator()
    ):
        same = in_storage(Named(name, sha256, size))
        if same is None:
            missing.append(name)
        elif not same:
            changed.append(name)
    yield from _missing(missing)
    if changed:
        yield error(
            "files.changed",
            _("%(number)s files are not what was uploaded: %(names)s")
            % {"number": len(changed), "names": ", ".join(changed[:SHOWN])},
            _("Restore them from a backup; find out who writes into the folder of files."),
        )


def _missing(names: list[str]) -> Iterator[Finding]:
    if names:
        yield error(
            "files.missing",
            _("%(number)s files are missing: %(names)s")
            % {"number": len(names), "names": ", ".join(names[:SHOWN])},
            _("Restore them from a backup, or mend SHEKE_VAR or SHEKE_FILES_URL."),
        )


@looks(tables=True, only="deep")
def chain() -> Iterator[Finding]:
    found = verify_chain()
    if not found.holds:
        yield error(
            "audit.chain", _("The audit log was changed: %(number)s seals do not hold.") % {"number": len(found.broken)},
            "sheke audit verify",
        )  # fmt: skip
    else:
        yield info(
            "audit.holds",
            _("The audit log holds: %(number)s events are sealed.") % {"number": found.sealed},
        )


@looks(tables=True, only="deep")
def seals() -> Iterator[Finding]:
    """One snapshot in memory at a time; each must follow the one before."""
    number, broken, before = 0, [], None
    for snapshot in (
        Snapshot.objects.select_related("previous").order_by("id").iterator(chunk_size=1)
    ):
        number += 1
        if snapshot.previous_id != before or not seal_holds(snapshot):
            broken.append(snapshot.code)
        before = snapshot.pk
    if broken:
        yield error(
            "reports.seals", _("The seals of these reports do not hold: %(codes)s") % {"codes": ", ".join(broken)},
            "sheke report seals",
        )  # fmt: skip
    else:
        yield info(
            "reports.hold",
            _("The seals of all %(number)s frozen reports hold.") % {"number": number},
        )
