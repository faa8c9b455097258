"""Writing the archive of a call from its first entry to its manifest."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sheke.core.acts import last_act
from sheke.core.errors import BadInput

from ..applying.writing import guide
from ..models import Call
from ..panels.minutes import minutes_word
from .index import Lines, add_index
from .names import safe_name
from .package import Package
from .plain import plain
from .projects import with_people
from .reading import parts
from .readme import readme
from .submissions import Lost, copy, write_submission
from .tables import add_log, add_sheet, objections, reviewing

FORMAT = 1
UNFINISHED = ".unfinished"


@dataclass
class Written:
    """What an archive holds. missing, changed: files that the records name and the storage has not as they were."""

    submissions: int = 0
    files: int = 0
    size: int = 0  # bytes of the zip file
    sums: str = ""  # SHA-256 of the list of sums
    missing: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)

    def data(self) -> dict[str, Any]:
        return vars(self)


def write_archive(
    call: Call, target: Path, *, tell: Callable[[int, int], None] | None = None
) -> Written:
    """Write everything of the call to the file `target`, which is there whole or not at all.

    tell is called with how many submissions are written, and of how many. Raises BadInput where
    the file cannot be written.
    """
    work = target.with_name(f".{target.name}.{os.getpid()}{UNFINISHED}")
    try:
        descriptor = os.open(work, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w+b") as file:
            written = _write(call, Package(file), tell or (lambda _done, _total: None))
            file.flush()
            os.fsync(file.fileno())
            written.size = file.tell()
        work.replace(target)
    except OSError as error:
        raise BadInput(
            _("The archive could not be written to “%(path)s”: %(why)s.")
            % {"path": target, "why": error.strerror or error}
        ) from None
    finally:
        work.unlink(missing_ok=True)
    return written


def _write(call: Call, package: Package, tell: Callable[[int, int], None]) -> Written:
    begun, acts = datetime.now(UTC), last_act()
    lost = Lost()
    over = [phase.stage for phase in call.phases.all() if phase.ended_at is not None]
    try:
        with tempfile.TemporaryFile("w+", encoding="utf-8") as file:
            lines = Lines(file)
            _submissions(package, call, lines, lost, over, tell)
            named = _parts(package, call, lost, over)
            add_index(package, call, lines, named)
        package.add("README.txt", readme(call))
        sums = package.close({
            "format": FORMAT, "sheke": version("sheke"), "call": call.key, "title": call.title,
            "begun": begun.isoformat(timespec="seconds"),
            "ended": datetime.now(UTC).isoformat(timespec="seconds"),
            "changed_meanwhile": last_act() != acts, "submissions": lines.count,
            "missing": lost.missing, "changed": lost.changed,
        })  # fmt: skip
    except BaseException:
        package.drop()
        raise
    return Written(lines.count, package.files, 0, sums, lost.missing, lost.changed)


def _submissions(
    package: Package, call: Call, lines: Lines, lost: Lost, over: list[str],
    tell: Callable[[int, int], None],
) -> None:  # fmt: skip
    topics, total = guide(call), call.submissions.filter(sent__isnull=False).count()
    tell(0, total)
    for part in parts(call):
        for submission in part:
            submission.call = call
            lines.add(
                write_submission(package, submission, call, topics=topics, lost=lost, over=over)
            )
        tell(lines.count, total)


def _parts(package: Package, call: Call, lost: Lost, over: list[str]) -> dict[str, str]:
    """What belongs to the call as a whole; {name: path} for the index."""
    named = {_("Call and programme"): package.add_json("call.json", _call(call))}
    for file in call.files.select_related("stored"):
        path = f"{pgettext('archive', 'announcement')}/{safe_name(file.name)}"
        if copy(package, path, file.stored, lost):
            named[file.name] = path
    path = f"{pgettext('archive', 'reviewing')}/{pgettext('archive', 'reviews')}.xlsx"
    named[_("Reviews and reviewers")] = add_sheet(package, path, *reviewing(call, over))
    for panel in call.panels.select_related("call").order_by("held_at", "pk"):
        panel.call = call
        path = f"{pgettext('archive', 'panels')}/{safe_name(panel.title)}.docx"
        named[panel.title] = package.add(path, minutes_word(panel))
    notices = [plain(each, "id", "call") for each in with_people(call.public_notices.all())]
    if notices:
        path = f"{pgettext('archive', 'public notice')}.json"
        named[_("Public notice")] = package.add_json(path, notices)
        path = f"{pgettext('archive', 'in confidence')}/{pgettext('archive', 'objections')}.xlsx"
        named[_("Objections (in confidence)")] = add_sheet(package, path, objections(call))
    name = pgettext("archive", "log of decisions")
    add_log(package, call, name)
    named[_("Log of decisions")] = f"{name}.xlsx"
    return named


def _call(call: Call) -> dict[str, Any]:
    """The call with its stages, topics, quotas, and the programme's edition that it was pinned to."""
    closure = getattr(call, "closure", None)
    return plain(call, "id", "edition") | {
        "organisation": {"code": call.organisation.code, "name": call.organisation.name},
        "phases": [plain(each, "id", "call") for each in with_people(call.phases.all())],
        "topics": [plain(each, "id", "call") for each in call.topics.all()],
        "quotas": [
            {"organisation": code, "rank": rank, "reason": reason}
            for code, rank, reason in call.seats.values_list("organisation__code", "rank", "reason")
        ],
        "closure": plain(closure, "id", "call") if closure else None,
        "edition": call.edition.number, "programme": call.edition.data,
    }  # fmt: skip
