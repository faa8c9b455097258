"""What we build on: exact versions, licences that an office may use, nothing from elsewhere."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

PROJECT = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))
PINS = {
    name.lower(): Version(version)
    for name, _equal, version in (
        pin.partition("==") for pin in PROJECT["tool"]["uv"]["constraint-dependencies"]
    )
}
FREE = re.compile(
    r"MIT|BSD|Apache|ISC|Python Software|PSF|Mozilla|MPL|LGPL|Lesser General|Zlib|HPND|Unlicense|CC0"
    r"|Public Domain|Open Font License", re.IGNORECASE,
)  # fmt: skip
# These spread to whatever a network service is made of, or forbid some uses.
NOT_FOR_US = re.compile(
    r"AGPL|Affero|SSPL|Server Side Public|Business Source|Commons Clause", re.IGNORECASE
)


def closure(names: list[str]) -> Iterator[Distribution]:
    """The distributions that a person gets who installs the product, on this system."""
    seen: set[str] = set()
    waiting = [Requirement(name) for name in names]
    while waiting:
        wanted = waiting.pop()
        extras = {"", *wanted.extras}
        mark = f"{wanted.name.lower()}[{','.join(sorted(extras))}]"
        if mark in seen:
            continue
        seen.add(mark)
        try:
            found = distribution(wanted.name)
        except PackageNotFoundError:
            continue  # of another system
        yield found
        for line in found.requires or ():
            inner = Requirement(line)
            if inner.marker is None or any(inner.marker.evaluate({"extra": e}) for e in extras):
                waiting.append(inner)


INSTALLED = {d.name.lower(): d for d in closure(PROJECT["project"]["dependencies"])}


def licence(found: Distribution) -> str:
    """What the package says of itself, by whichever of the three ways it says it."""
    told = found.metadata
    classes = [c for c in told.get_all("Classifier") or [] if c.startswith("License ::")]
    return " ".join(
        [told.get("License-Expression") or "", *classes, (told.get("License") or "")[:200]]
    )


def test_the_whole_of_it_is_looked_at() -> None:
    assert {"django", "granian", "lxml", "boto3", "botocore", "cryptography"} <= INSTALLED.keys()


@pytest.mark.parametrize("name", sorted(INSTALLED))
def test_every_package_has_an_exact_version_and_a_free_licence(name: str) -> None:
    found = INSTALLED[name]
    pin = PINS.get(name) or PINS.get(name.replace("_", "-")) or PINS.get(name.replace(".", "-"))
    assert pin == Version(found.version), f"{name} is not pinned: run scripts/pins.py"
    said = licence(found)
    assert FREE.search(said) and not NOT_FOR_US.search(said), f"{name}: {said or 'no licence'}"


def test_no_package_comes_from_an_address() -> None:
    lines = [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"]]
    assert not any("://" in line or " @ " in line for line in lines)
    assert "sources" not in PROJECT["tool"]["uv"] and "index" not in PROJECT["tool"]["uv"]
