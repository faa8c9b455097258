"""Problems and plans as files of JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from sheke.core.errors import BadInput

from .plan import Plan


def read(path: Path) -> Any:
    """A file's JSON. Raises BadInput where it cannot be read, with line and column where it is no JSON."""
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise BadInput(f"{path}: {error.strerror}") from None
    except json.JSONDecodeError as error:
        said = {"file": path, "line": error.lineno, "column": error.colno, "what": error.msg}
        raise BadInput(
            _("%(file)s is no JSON: line %(line)s, column %(column)s: %(what)s") % said
        ) from None
    except (UnicodeDecodeError, RecursionError):
        raise BadInput(_("%(file)s is no JSON in UTF-8") % {"file": path}) from None


def text(plan: Plan) -> str:
    """A plan as compact JSON with a line end."""
    return json.dumps(plan.data(), ensure_ascii=False, separators=(",", ":")) + "\n"


def write(path: Path, plan: Plan) -> None:
    """Write a plan, whole or not at all. Raises BadInput where it cannot be written."""
    beside = path.with_name(path.name + ".part")
    try:
        beside.write_text(text(plan), encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        raise BadInput(f"{path}: {error.strerror}") from None
