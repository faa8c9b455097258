"""Units, container and compose files: what can be checked without running them."""

from __future__ import annotations

import inspect
import re
import shutil
import subprocess
from importlib import import_module
from pathlib import Path

import pytest
import yaml
from django.core.management import get_commands

from .conftest import ROOT

UNITS = sorted((ROOT / "deploy/systemd").glob("*.service"))
COMPOSE = yaml.safe_load((ROOT / "deploy/compose.yaml").read_text(encoding="utf-8"))


def settings_named(text: str) -> set[str]:
    return set(re.findall(r"\bSHEKE_[A-Z_]+", text))


def test_units_are_sound(tmp_path: Path) -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd is not on this machine")
    copies = [tmp_path / unit.name for unit in UNITS]
    for unit, copy in zip(UNITS, copies, strict=True):
        text = unit.read_text(encoding="utf-8")
        copy.write_text(text.replace("/opt/sheke/bin/sheke", "/bin/true"), encoding="utf-8")
    found = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *copies], capture_output=True, text=True, check=False
    )  # fmt: skip
    ours = [line for line in found.stderr.splitlines() if "sheke" in line]
    assert (found.returncode, ours) == (0, [])


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_units_run_as_a_plain_user_in_a_closed_room(unit: Path) -> None:
    lines = set(unit.read_text(encoding="utf-8").splitlines())
    assert {
        "User=sheke", "NoNewPrivileges=yes", "ProtectSystem=strict", "ProtectHome=yes",
        "PrivateTmp=yes", "PrivateDevices=yes", "CapabilityBoundingSet=",
    } <= lines  # fmt: skip


def test_commands_of_units_and_containers_exist() -> None:
    text = "\n".join(unit.read_text(encoding="utf-8") for unit in UNITS)
    used = [line.split()[1:] for line in re.findall(r"^ExecStart=(.*)$", text, re.MULTILINE)]
    used += [s["command"][1:] for s in COMPOSE["services"].values() if "command" in s]
    assert len(used) == 6
    commands = get_commands()
    for noun, *options in used:
        source = inspect.getsource(import_module(f"{commands[noun]}.management.commands.{noun}"))
        for option in (o.removeprefix("--") for o in options if o.startswith("--")):
            assert f" {option}: Annotated[" in source, f"sheke {noun} --{option}"


def test_every_setting_is_documented() -> None:
    documented = settings_named((ROOT / "docs/settings.md").read_text(encoding="utf-8"))
    files = [*UNITS, *(ROOT / "deploy").glob("*.*")]
    for path in files:
        named = settings_named(path.read_text(encoding="utf-8"))
        assert named <= documented, path


def test_compose_holds_a_whole_site() -> None:
    services = COMPOSE["services"]
    assert set(services) == {"database", "setup", "web", "worker", "nginx"}
    for name in ("web", "worker"):
        assert services[name]["depends_on"] == {
            "setup": {"condition": "service_completed_successfully"}
        }
        assert services[name]["read_only"] and services[name]["cap_drop"] == ["ALL"]
    mounted = {v.split(":")[0] for s in services.values() for v in s["volumes"] if v[0] not in "./"}
    assert mounted == set(COMPOSE["volumes"])
    for service in services.values():  # what is taken from the sources is there
        for volume in service["volumes"]:
            source = volume.split(":")[0]
            if source.startswith("./") and source != "./tls":
                assert (ROOT / "deploy" / source).is_file(), source


def test_the_container_runs_as_a_plain_user_and_says_how_it_is() -> None:
    text = (ROOT / "deploy/Containerfile").read_text(encoding="utf-8")
    for step in ("USER sheke", "HEALTHCHECK", "--constraint", "STOPSIGNAL SIGTERM"):
        assert step in text
    assert "/health/ready" in text and "latest" not in text
    for copied in re.findall(r"python (scripts/\S+)", text):
        assert (ROOT / copied).is_file()
