"""Reading packs/demo/."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml
from django.conf import settings

SEED = "云川"


def folder() -> Path:
    return Path(settings.PACKS) / "demo"


@cache
def read(name: str) -> Any:
    """A YAML file of the demonstration by its name without the ending."""
    return yaml.safe_load((folder() / f"{name}.yaml").read_text(encoding="utf-8"))


def dice(*parts: object) -> Random:
    """A stream of chance of its own per use, so that a change in one leaves the others alone."""
    return Random(":".join(map(str, (SEED, *parts))))  # noqa: S311  nothing here is secret


def recipes() -> list[dict[str, Any]]:
    """The recipes of all files under records/, in the order of files and lines."""
    files = sorted((folder() / "records").glob("*.yaml"))
    return [recipe for file in files for recipe in read(f"records/{file.stem}")]
