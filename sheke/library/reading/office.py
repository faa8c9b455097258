"""Files of older office programs, turned into newer ones by LibreOffice where it is installed."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from django.utils.translation import gettext as _

from sheke.core.errors import BadInput

from .processes import GB, TooMuch, run

TARGET = {"doc": "docx", "rtf": "docx", "odt": "docx", "ppt": "pptx"}
SECONDS = 120
MEMORY = 4 * GB  # of addresses; LibreOffice maps much more than it uses


def program() -> str | None:
    return shutil.which("soffice") or shutil.which("libreoffice")


def converted(path: Path, name: str, kind: str, folder: Path) -> tuple[Path, str]:
    """The file as a newer kind, in `folder`, whose own profile keeps macros and locks apart.

    Raises BadInput when there is no LibreOffice or it cannot read the file in time.
    """
    office, target = program(), TARGET[kind]
    if office is None:
        raise BadInput(
            _(
                "“%(name)s”: this machine has no LibreOffice to read %(kind)s files; save it as %(target)s."
            )
            % {"name": name, "kind": kind, "target": target}
        )
    source = folder / f"source.{kind}"
    shutil.copyfile(path, source)
    profile = (folder / "profile").as_uri()
    command = [office, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--nolockcheck",
               "--convert-to", target, "--outdir", str(folder / "out"), str(source)]  # fmt: skip
    try:
        run(command, memory=MEMORY, seconds=SECONDS, env=_environment(folder))
    except TooMuch:
        raise BadInput(
            _(
                "“%(name)s”: LibreOffice did not read it within %(n)s seconds; save it as %(target)s."
            )
            % {"name": name, "n": SECONDS, "target": target}
        ) from None
    made = folder / "out" / f"source.{target}"
    if not made.exists():
        raise BadInput(
            _("“%(name)s” is damaged: LibreOffice cannot open it. Save it anew as %(target)s.")
            % {"name": name, "target": target}
        )
    return made, target


def _environment(folder: Path) -> dict[str, str]:
    """No more than it needs: no proxy, no home of ours, no database's address."""
    return {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(folder), "LANG": "C.UTF-8",
            "TMPDIR": str(folder)}  # fmt: skip
