"""sheke library check FILE: the copied passages of a file."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sheke.core.errors import BadInput

from .comparing import compare
from .result import Result, renamed
from .texts import read_text, texts_below
from .wording import shipped_wordings


def check(
    paths: Sequence[Path], *, minimum: int, against: Sequence[Path], common: int, as_json: bool
) -> None:
    """Check the first path against all others, or without others against the holdings."""
    file, *more = paths
    others = [*against, *more]
    start = time.perf_counter()
    result = _against(file, others, minimum, common) if others else _holdings(file, minimum, common)
    milliseconds = round((time.perf_counter() - start) * 1000, 1)
    if as_json:
        print(
            json.dumps(
                as_data(result) | {"ms": milliseconds}, ensure_ascii=False, separators=(",", ":")
            )
        )
    else:
        _say(result, milliseconds)


def as_data(result: Result) -> dict[str, Any]:
    """What `--json` prints: shares are 0–1 of the counted characters, places are characters of the texts."""
    return {
        "characters": result.characters,
        "coverage": result.coverage,
        "coverage_without_common": result.coverage_without_common,
        "passages": [
            {
                "start": passage.start, "end": passage.end, "text": passage.text,
                "sources": [
                    {"id": place.key, "start": place.start, "end": place.end}
                    for place in passage.places
                ],
            }
            for passage in result.passages
        ],
    }  # fmt: skip


def _against(file: Path, others: Sequence[Path], minimum: int, common: int) -> Result:
    text = read_text(file)
    told: list[str] = []
    # A file is not compared with itself when it lies in the folder.
    texts = {named.name: named.text for named in texts_below(others, told, but=file)}
    for line in told:
        print(line, file=sys.stderr)
    if not texts:
        raise BadInput(_("There is nothing to compare with: no file could be read."))
    return compare(text, texts, minimum=minimum, common=common, wordings=shipped_wordings())


def _holdings(file: Path, minimum: int, common: int) -> Result:
    """Against the library; its sources are called work/file by their numbers."""
    from ..models import File
    from .searching import search

    found = search(read_text(file), minimum=minimum, common=common, wordings=shipped_wordings())
    numbers = [key for key in found.result.runs if isinstance(key, int)]
    works = dict(File.objects.filter(pk__in=numbers).values_list("pk", "work_id"))
    return renamed(found.result, {pk: f"{works.get(pk) or 0}/{pk}" for pk in numbers})


def _say(result: Result, milliseconds: float) -> None:
    print(
        _("%(share).1f%% of %(count)s characters stand elsewhere, %(own).1f%% without common wording (%(ms)s ms).")
        % {
            "share": result.coverage * 100, "count": result.characters,
            "own": result.coverage_without_common * 100, "ms": milliseconds,
        }
    )  # fmt: skip
    for passage in result.passages:
        print(f"\n{passage.start}–{passage.end}  {' '.join(passage.text.split())}")
        for place in passage.places[:5]:
            print(f"    {place.key}  {place.start}–{place.end}")
        if (more := len(passage.places) - 5) and more > 0:
            print("    " + ngettext("and %(n)s more", "and %(n)s more", more) % {"n": more})


def verify_report(file: Path, *, as_json: bool) -> None:
    """Say whether a printed report is one that was handed out here. Exit code 1 when it is not."""
    from .verifying import verified

    verdict = verified(_bytes(file))
    report = verdict.report
    if as_json:
        data = {
            "genuine": report is not None, "unchanged": verdict.kept, "sha256": verdict.sha256,
            "check": report.check_of_id if report else None,
            "title": report.check_of.title if report else None,
            "issued_at": report.issued_at.isoformat() if report else None,
        }  # fmt: skip
        print(json.dumps(data, ensure_ascii=False, separators=(",", ":")))
    elif report is None:
        print(_("This is no report that was handed out here, or it was changed."))
    else:
        when = report.issued_at.date().isoformat()
        said = _("Handed out here on %(day)s for “%(title)s”.") % {
            "day": when,
            "title": report.check_of.title,
        }
        changed = _("What was found has been changed since.")
        print(said if verdict.kept else f"{said} {changed}")
    if not verdict.good:
        raise SystemExit(1)


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise BadInput(
            _("%(name)s: cannot be opened (%(reason)s).") % {"name": file, "reason": reason}
        ) from error
