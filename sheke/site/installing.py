"""Setting up: folders, tables, packs."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.management import call_command

from sheke.definitions.loading import Loaded, load_pack
from sheke.definitions.packs import pack_folder, read_pack

from .static_files import collect_if_changed

PACK = "federation"


def set_up() -> Loaded:
    """Make the folders, bring the tables up to date, load the shipped pack. Safe to repeat."""
    make_folders()
    collect_if_changed()
    call_command("migrate", interactive=False, verbosity=0)
    return load_pack(pack=read_pack(pack_folder(PACK)))


def make_folders() -> None:
    for name in ("files", "static"):
        (Path(settings.VAR) / name).mkdir(parents=True, exist_ok=True)
    if make := getattr(default_storage, "make", None):
        make()  # a bucket
