"""The machine: versions, folders, key, clock, programs and fonts."""

from __future__ import annotations

import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from .findings import Finding, error, info, looks, warning

SPACE = 2 * 1024**3  # bytes that should be free
KEY_LENGTH = 40
FILE_MODE = 0o077  # rights that others must not have
FONTS = ("SimSun", "FangSong", "Noto Serif CJK SC", "Noto Serif SC", "Source Han Serif SC")


@looks()
def versions() -> Iterator[Finding]:
    python = ".".join(map(str, sys.version_info[:3]))
    yield info(
        "machine.versions",
        f"Sheke {version('sheke')}, Python {python}, SQLite {sqlite3.sqlite_version}",
    )
    if sqlite3.sqlite_version_info < (3, 35) and connection.vendor == "sqlite":
        yield error(
            "machine.sqlite", _("SQLite %(version)s is too old.") % {"version": sqlite3.sqlite_version},
            _("Install a Python with SQLite 3.35 or later."),
        )  # fmt: skip


@looks()
def folder() -> Iterator[Finding]:
    var = Path(settings.VAR)
    try:
        var.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=var):
            pass
    except OSError as failure:
        yield error(
            "machine.folder",
            _("The folder %(path)s cannot be written: %(why)s.") % {"path": var, "why": failure.strerror},
            _("Give it to the user that runs Sheke (chown), or set SHEKE_VAR to another folder."),
        )  # fmt: skip
        return
    if stat.S_IMODE(var.stat().st_mode) & 0o002:
        yield warning(
            "machine.folder_open", _("Everybody on this machine may write into %(path)s.") % {"path": var},
            f"chmod o-w {var}",
        )  # fmt: skip
    free = shutil.disk_usage(var).free
    if free < SPACE:
        yield warning(
            "machine.space",
            _("Only %(mb)s MB are free where %(path)s lies.") % {"mb": free >> 20, "path": var},
            _("Make room, or move the folder to a larger disk."),
        )


@looks()
def secret_key() -> Iterator[Finding]:
    key = settings.SECRET_KEY
    if len(key) < KEY_LENGTH or len(set(key)) < 10 or key.startswith("django-insecure"):
        yield error(
            "machine.key", _("The secret key is too simple: sessions could be forged."),
            _("Take SHEKE_SECRET_KEY away (a good key is made), or set one of 50 random characters."),
        )  # fmt: skip
    path = Path(settings.VAR) / "secret_key"
    if path.exists() and stat.S_IMODE(path.stat().st_mode) & FILE_MODE:
        yield error(
            "machine.key_rights", _("Others on this machine may read %(path)s.") % {"path": path},
            f"chmod 600 {path}",
        )  # fmt: skip


@looks()
def clock() -> Iterator[Finding]:
    now = timezone.localtime()
    yield info("machine.clock", f"{now:%Y-%m-%d %H:%M:%S %z} ({settings.TIME_ZONE})")
    if _synchronised() is False:
        yield warning(
            "machine.clock_alone", _("The clock of this machine is not kept by a time server."),
            "timedatectl set-ntp true",
        )  # fmt: skip


def _synchronised() -> bool | None:
    """What systemd says; None where there is none."""
    program = shutil.which("timedatectl")
    if program is None:
        return None
    try:
        said = subprocess.run(  # noqa: S603
            [program, "show", "-p", "NTPSynchronized", "--value"],
            capture_output=True, text=True, check=False, timeout=3,
        ).stdout.strip()  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return None
    return {"yes": True, "no": False}.get(said)


@looks()
def office() -> Iterator[Finding]:
    if not (shutil.which("soffice") or shutil.which("libreoffice")):
        yield info(
            "machine.libreoffice", _("LibreOffice is not installed: Word files cannot be looked at here as pages."),
            "apt install libreoffice-writer-nogui",
        )  # fmt: skip
    program = shutil.which("fc-list")
    if program is None:
        return
    said = subprocess.run(  # noqa: S603
        [program, ":lang=zh-cn", "family"], capture_output=True, text=True, check=False
    ).stdout
    if not any(name in said for name in FONTS):
        yield info(
            "machine.fonts", _("There is no Chinese serif font on this machine (people's own machines have theirs)."),
            "apt install fonts-noto-cjk",
        )  # fmt: skip
