"""A database of its own for a benchmark, beside the product's settings."""

from __future__ import annotations

import os
from pathlib import Path


def prepare(folder: Path) -> None:
    """Set up Django on the SQLite file in `folder`, made and migrated when it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    os.environ |= {
        "SHEKE_VAR": str(folder),
        "SHEKE_DATABASE_URL": f"sqlite:///{folder / 'bench.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "sheke.site.settings",
    }
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
