"""Files of a folder of this machine: by the command, and from the folder that is watched."""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from sheke.core.errors import BadInput
from sheke.core.jobs import claim, claimed, once, release
from sheke.directory.models import Account, Organisation

from ..actions.intake import refuse_intake, start_intake
from ..models import Batch
from .listing import LISTS, read_list, said_in_full
from .storing import FILES, Brought, kept_all

log = logging.getLogger("sheke.library")
QUIET = 60.0  # seconds without a change after which a file is whole
TAKEN = "_taken"


def files_below(paths: Iterable[Path]) -> dict[str, Path]:
    """{name with folders: path} of files and what is in folders, hidden files left out."""
    found: dict[str, Path] = {}
    for path in paths:
        if path.is_dir():
            for file in sorted(p for p in path.rglob("*") if p.is_file() and not _hidden(p, path)):
                found[_free(str(file.relative_to(path)), found)] = file
        elif path.is_file():
            found[_free(path.name, found)] = path
        else:
            raise BadInput(_("There is no file “%(name)s”.") % {"name": path})
    if not found:
        raise BadInput(_("There are no files to be taken in."))
    if len(found) > FILES:
        raise BadInput(_("A batch has at most %(n)s files; begin another.") % {"n": FILES})
    return found


def bring(
    files: dict[str, Path], *, organisation: Organisation, title: str, by: Account | None, way: str,
    listed: Path | None = None, queue: bool = True,
) -> Batch:  # fmt: skip
    """A batch of files of this machine; `listed` is the table that says what they are."""
    return start_intake(
        organisation=organisation, title=title, files=_read(files, listed), by=by, way=way,
        queue=queue,
    )  # fmt: skip


def _read(files: dict[str, Path], listed: Path | None) -> Iterator[Brought]:
    """The files, each with what the list says of it."""
    given: dict[str, dict[str, Any]] = {}
    if listed is not None:
        files = {name: path for name, path in files.items() if path != listed}
        with listed.open("rb") as table:
            given = read_list(table, listed.name, files)
    yield from _opened(files, given)


def _opened(files: dict[str, Path], given: dict[str, dict[str, Any]]) -> Iterator[Brought]:
    """One file is open at a time."""
    for name, path in files.items():
        try:
            with path.open("rb") as content:
                yield name, content, given.get(name, {})
        except OSError as error:
            raise BadInput(
                _("“%(name)s” cannot be read: %(why)s") % {"name": path, "why": error.strerror}
            ) from None


def look_into_folder() -> int:
    """Take what lies quiet in `SHEKE_LIBRARY_FOLDER/<code of an organisation>/`; how many files.

    A folder that cannot be taken stays as it is, with a batch that says why; the others are taken.
    """
    root = settings.LIBRARY_FOLDER
    if not root or not Path(root).is_dir():
        return 0
    count = 0
    for folder in sorted(p for p in Path(root).iterdir() if p.is_dir() and p.name != TAKEN):
        organisation = Organisation.objects.filter(code=folder.name).first()
        if organisation is not None:
            try:
                count += _take(folder, organisation, Path(root) / TAKEN / folder.name)
            except OSError as error:  # gone while it was looked at, or not ours to move
                log.warning("intake: the folder of %s: %s", folder.name, error)
    return count


def _take(folder: Path, organisation: Organisation, taken: Path) -> int:
    files = {str(p.relative_to(folder)): p for p in sorted(folder.rglob("*"))
             if p.is_file() and not _hidden(p, folder)}  # fmt: skip
    if not files or any(not _quiet(path) for path in files.values()):
        return 0  # somebody is copying still: a list and its files belong together
    files = dict(list(files.items())[:FILES])
    listed = next((path for name, path in files.items() if LISTS.match(Path(name).name)), None)
    title = _title(folder, files)
    marks = {name: _mark(folder, {name: path}) for name, path in files.items()}
    # What is claimed is in the library: whoever took it was killed before all of it was moved away.
    there = claimed(marks.values())
    new = {name: path for name, path in files.items() if marks[name] not in there}
    table = listed if listed in new.values() else None
    way = Batch.Way.LIST if table else Batch.Way.FOLDER
    try:
        brought = kept_all(_read(new, table))
        with transaction.atomic():
            if new and claim([marks[name] for name in new]):
                start_intake(
                    organisation=organisation, title=title, files=brought, by=None, way=way
                )
    except BadInput as error:
        with once(f"{_mark(folder, files)}-refused") as first:
            if first:
                refuse_intake(
                    organisation=organisation, title=title, name=listed.name if listed else folder.name,
                    reason=said_in_full(error), by=None, way=way,
                )  # fmt: skip
        return 0
    for name, path in files.items():
        target = taken / _stamp() / name
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)
    release(marks.values())
    return len(files)


def _mark(folder: Path, files: dict[str, Path]) -> str:
    state = "\n".join(
        f"{name} {p.stat().st_size} {p.stat().st_mtime_ns}" for name, p in files.items()
    )
    return f"intake-folder:{folder.name}:{hashlib.sha256(state.encode()).hexdigest()[:40]}"


def _title(folder: Path, files: dict[str, Path]) -> str:
    tops = {name.split("/")[0] for name in files if "/" in name}
    return tops.pop() if len(tops) == 1 and all("/" in name for name in files) else ""


def _quiet(path: Path) -> bool:
    return time.time() - path.stat().st_mtime > QUIET


def _stamp() -> str:
    return time.strftime("%Y%m%d-%H%M")


def _hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)


def _free(name: str, taken: dict[str, Path]) -> str:
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{number}/{name}"
    return free
