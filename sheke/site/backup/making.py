"""Making a backup while the site is in use."""

from __future__ import annotations

import os
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import zstandard
from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from sheke.core.errors import BadInput

from . import contents, facts, postgres, sqlite
from .disk import alone, private_folder, settle, sync, write
from .manifest import NAME, Manifest, describe

UNFINISHED = ".unfinished-"
PREFIX = "sheke-"
KEY = "secret_key"
ENDINGS = (".tar", ".tar.zst")

Snapshot = sqlite.Snapshot | postgres.Snapshot


def make_backup(target: Path, *, with_key: bool = True, keep: int = 0) -> tuple[Path, Manifest]:
    """Back up into the folder `target`, or into the file if its name ends with .tar or .tar.zst.

    In a folder, what earlier backups hold is not copied again, and with `keep` only so many of the
    latest remain. Gives where the backup is and its manifest. Raises BadInput when it cannot be made.
    """
    try:
        if target.name.endswith(ENDINGS):
            return _into_file(target, with_key=with_key)
        folder = private_folder(target)
        with alone(folder):
            made = _into_folder(folder, with_key=with_key)
            if keep:
                prune(folder, keep)
        return made
    except OSError as error:
        raise BadInput(
            _("The backup could not be written: %(why)s. Nothing is left half done.")
            % {"why": error.strerror or error}
        ) from None


def _into_folder(folder: Path, *, with_key: bool) -> tuple[Path, Manifest]:
    clear_unfinished(folder)
    now = datetime.now(UTC)
    final = folder / f"{PREFIX}{now:%Y%m%dT%H%M%S}-{now.microsecond:06d}Z"
    work = folder / f"{UNFINISHED}{final.name}"
    work.mkdir(mode=0o700)
    try:
        manifest = _fill(work, private_folder(folder / contents.POOL), now, with_key=with_key)
        settle(work, final)
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        raise
    return final, manifest


def _into_file(file: Path, *, with_key: bool) -> tuple[Path, Manifest]:
    """One file with all; needs room beside it for the whole before it is packed."""
    private_folder(file.parent)
    work = file.with_name(f".{file.name}.unfinished-{os.getpid()}")
    for left in file.parent.glob(f".{file.name}.unfinished-*"):
        shutil.rmtree(left) if left.is_dir() else left.unlink()
    try:
        folder, manifest = _into_folder(private_folder(work), with_key=with_key)
        packed = work / "packed"
        packed.touch(mode=0o600)
        with _packing(packed, zipped=file.name.endswith(".zst")) as archive:
            # The manifest first: what a file holds can be told from its beginning.
            for name in (NAME, *(m.name for m in manifest.members)):
                archive.add(folder / name, name)
            archive.add(work / contents.POOL, contents.POOL)
        settle(packed, file)
        return file, manifest
    finally:
        shutil.rmtree(work, ignore_errors=True)


@contextmanager
def _packing(path: Path, *, zipped: bool) -> Iterator[tarfile.TarFile]:
    with path.open("wb") as file:
        if not zipped:
            with tarfile.open(fileobj=file, mode="w|") as archive:
                yield archive
            return
        with (
            zstandard.ZstdCompressor(level=3, write_checksum=True).stream_writer(file) as stream,
            tarfile.open(fileobj=stream, mode="w|") as archive,
        ):
            yield archive


def _fill(work: Path, pool: Path, now: datetime, *, with_key: bool) -> Manifest:
    """Everything of one backup in the folder `work`, the manifest last."""
    with snapshot(work) as moment:
        manifest = _described(moment, now)
        moment.dump(work / moment.member)
        _keep_files(moment, manifest, work / contents.INDEX, pool)
    manifest.secret_key = _keep_key(work) if with_key else "left out"
    names = sorted(path.name for path in work.iterdir())
    manifest.members = [describe(work / name, name) for name in names]
    for name in names:
        (work / name).chmod(0o600)
        sync(work / name)
    write(work / NAME, manifest.as_json())
    return manifest


def snapshot(work: Path) -> AbstractContextManager[Snapshot]:
    """One moment of our database, whichever it is."""
    return postgres.snapshot(work) if connection.vendor == "postgresql" else sqlite.snapshot(work)


def _described(moment: Snapshot, now: datetime) -> Manifest:
    columns = moment.columns()
    if "django_migrations" not in columns:
        raise BadInput(_("There is nothing to back up: run “sheke setup” first."))
    return Manifest(
        sheke=version("sheke"),
        made_at=now.isoformat(timespec="seconds"),
        engine=moment.engine,
        engine_version=moment.version,
        migrations=facts.migrations(moment.rows),
        tables=facts.counts(moment.rows, columns),
        audit=facts.audit_head(moment.rows, columns),
        seal=facts.last_seal(moment.rows, columns),
    )


def _keep_files(moment: Snapshot, manifest: Manifest, index: Path, pool: Path) -> None:
    with contents.index_writer(index) as writer:
        for name, expected in facts.named_files(moment.rows, moment.columns()):
            held = contents.keep(name, expected, pool)
            if held is None:
                manifest.missing.append(name)
                continue
            if expected and held.sha256 != expected:
                manifest.changed.append(name)
            manifest.files += 1
            manifest.size += held.size
            writer.write(contents.line(held))


def _keep_key(work: Path) -> str:
    """The key that signs sessions and links, when it is ours and not the environment's."""
    path = Path(settings.VAR) / KEY
    if not path.exists() or path.read_text().strip() != settings.SECRET_KEY:
        return "environment"
    write(work / KEY, path.read_bytes())
    return "included"


def finished(folder: Path) -> list[Path]:
    """The backups of a folder, oldest first."""
    return sorted(path for path in folder.glob(f"{PREFIX}*") if (path / NAME).exists())


def clear_unfinished(folder: Path) -> None:
    """Take away what a killed backup left."""
    for path in folder.glob(f"{UNFINISHED}*"):
        shutil.rmtree(path)
    for path in (folder / contents.POOL).glob(".new-*"):
        path.unlink()


def prune(folder: Path, keep: int) -> None:
    """Leave the `keep` latest backups and the contents that they name."""
    *old, _last = finished(folder) or [folder]
    for path in old[: max(0, len(old) + 1 - keep)]:
        gone = folder / f"{UNFINISHED}{path.name}"  # no longer a backup before it is half deleted
        path.rename(gone)
        shutil.rmtree(gone)
    used = {
        named.sha256
        for path in finished(folder)
        for named in contents.read_index(path / contents.INDEX)
    }
    for path in (folder / contents.POOL).glob("*/*"):
        if path.name not in used:
            path.unlink()


def summary(path: Path, manifest: Manifest) -> dict[str, Any]:
    """What a backup holds, for people and programs."""
    told = asdict(manifest)
    del told["migrations"], told["tables"], told["members"]
    size = sum(member.size for member in manifest.members)
    return {
        "backup": str(path), **told, "database_bytes": size,
        "records": manifest.tables.get("ledger_record", 0),
    }  # fmt: skip
