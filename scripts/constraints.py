"""Print the exact versions of pyproject.toml, one a line, for `pip install --constraint`."""

from __future__ import annotations

import tomllib
from pathlib import Path

project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))
print("\n".join(project["tool"]["uv"]["constraint-dependencies"]))
