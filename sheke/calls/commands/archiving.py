"""Bodies of the commands that archive a call and count it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from sheke.core.errors import BadInput

from ..archiving import verify, write_archive
from ..models import Call
from ..statistics import statistics_of
from ..statistics.sheets import statistics_json
from ..statistics.years import editions_of


def archived(call: Call, output: Path) -> dict[str, Any]:
    """Write the archive and read it back. Raises BadInput where it cannot be written."""
    if output.is_dir():
        raise BadInput(_("“%(path)s” is a folder; name a file.") % {"path": output})
    written = write_archive(call, output)
    verdict = verify(output)
    return {"file": str(output), "call": call.key, **written.data(), "verified": verdict.holds}


def checked(file: Path) -> dict[str, Any]:
    """Compare an archive with its list of sums. Raises BadInput for what is no archive."""
    verdict = verify(file)
    return {"file": str(file), "holds": verdict.holds, **vars(verdict)}


def counted(call: Call) -> dict[str, Any]:
    """The statistics of a call as data; small groups of people are null."""
    return statistics_json(call, statistics_of(call), editions_of(call))
