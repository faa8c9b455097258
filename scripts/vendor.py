"""Bring the front end's third-party files into the tree: htmx, Stimulus, the icon sprite, axe-core.

Usage: python scripts/vendor.py

Needs npm with whatever registry it is configured for; the versions are pinned here. The icons are
those named in scripts/icons.txt. Everything fetched is committed, so that nobody else needs npm.
"""

import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "sheke/site/static/site/vendor"
TEST_VENDOR = ROOT / "tests/site/vendor"

PACKAGES = {
    "htmx.org": "2.0.11",
    "@hotwired/stimulus": "3.2.2",
    "lucide-static": "1.62.0",
    "axe-core": "4.14.1",
    "echarts": "6.1.0",
}

FILES = {
    ("htmx.org", "dist/htmx.min.js"): VENDOR / "htmx.min.js",
    ("htmx.org", "LICENSE"): VENDOR / "htmx.LICENSE",
    ("@hotwired/stimulus", "dist/stimulus.js"): VENDOR / "stimulus.js",
    ("@hotwired/stimulus", "LICENSE.md"): VENDOR / "stimulus.LICENSE.md",
    ("echarts", "dist/echarts.common.min.js"): VENDOR / "echarts.min.js",
    ("echarts", "LICENSE"): VENDOR / "echarts.LICENSE",
    ("echarts", "NOTICE"): VENDOR / "echarts.NOTICE",
    ("lucide-static", "LICENSE"): VENDOR / "lucide.LICENSE",
    ("axe-core", "axe.min.js"): TEST_VENDOR / "axe.min.js",
    ("axe-core", "LICENSE"): TEST_VENDOR / "axe.LICENSE",
}


def fetch(name: str, version: str, folder: Path) -> Path:
    """Unpack one npm package under `folder` and return the directory with its files."""
    archive = subprocess.run(
        ["npm", "pack", "--silent", f"{name}@{version}"],
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    target = folder / re.sub(r"\W", "_", name)
    with tarfile.open(folder / archive) as tar:
        tar.extractall(target, filter="data")
    return target / "package"


def sprite(icons: Path, names: list[str]) -> str:
    """One SVG with a <symbol> for each named icon; the stroke comes from the page's CSS."""
    symbols = []
    for name in names:
        svg = (icons / f"{name}.svg").read_text()
        inner = re.search(r"<svg[^>]*>(.*)</svg>", svg, re.S)
        assert inner, name
        body = re.sub(r"\s*\n\s*", "", inner[1]).strip()
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{body}</symbol>')
    lines = "\n".join(symbols)
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{lines}\n</svg>\n'


def icon_names() -> list[str]:
    lines = (ROOT / "scripts/icons.txt").read_text().splitlines()
    return sorted({line for line in lines if line and not line.startswith("#")})


def main() -> int:
    with tempfile.TemporaryDirectory() as temporary:
        unpacked = {
            name: fetch(name, version, Path(temporary)) for name, version in PACKAGES.items()
        }
        for (name, source), target in FILES.items():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes((unpacked[name] / source).read_bytes())
        icons = unpacked["lucide-static"] / "icons"
        names = icon_names()
        if missing := [name for name in names if not (icons / f"{name}.svg").exists()]:
            print(f"No such icon: {', '.join(missing)}", file=sys.stderr)
            return 1
        (VENDOR / "icons.svg").write_text(sprite(icons, names))
        print(f"{len(FILES)} files and {len(names)} icons")
    return 0


if __name__ == "__main__":
    sys.exit(main())
