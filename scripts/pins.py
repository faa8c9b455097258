"""Write the versions of uv.lock into pyproject.toml's constraint-dependencies.

uv.lock names the registry it was made from, so it is not committed; these pins are.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def pins() -> list[str]:
    """“name==version” of every locked package but our own, in alphabetical order."""
    packages = tomllib.loads((ROOT / "uv.lock").read_text())["package"]
    return sorted(f"{p['name']}=={p['version']}" for p in packages if p["name"] != "sheke")


def main() -> None:
    path = ROOT / "pyproject.toml"
    lines = "".join(f'    "{pin}",\n' for pin in pins())
    block = f"constraint-dependencies = [\n{lines}]"
    text, found = re.subn(
        r"^constraint-dependencies = \[\n.*?\n\]",
        lambda _: block,
        path.read_text(),
        flags=re.S | re.M,
    )
    if found != 1:
        raise SystemExit("pyproject.toml has no constraint-dependencies = [ … ] to write into")
    path.write_text(text)


if __name__ == "__main__":
    main()
