"""The wheel alone, in an environment of its own, away from the sources: the Containerfile's steps."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests

from .conftest import ROOT, environment, free_port, started, status, until


@dataclass
class Installed:
    folder: Path
    env: dict[str, str]

    def run(self, *command: str) -> str:
        program = self.folder / "opt/bin" / command[0]
        return subprocess.run(
            [program, *command[1:]], env=self.env, cwd=self.folder, capture_output=True, text=True,
            check=True,
        ).stdout  # fmt: skip


@pytest.fixture(scope="module")
def installed(folder: Path) -> Iterator[Installed]:
    uv = shutil.which("uv")
    if uv is None:
        pytest.skip("uv is not on this machine")
    dist, opt = folder / "dist", folder / "opt"
    subprocess.run([uv, "build", "-q", "--wheel", "--out-dir", dist], cwd=ROOT, check=True)
    pins = subprocess.run(
        [sys.executable, "scripts/constraints.py"], cwd=ROOT, check=True, capture_output=True
    ).stdout
    (dist / "constraints.txt").write_bytes(pins)
    subprocess.run([uv, "venv", "-q", "--python", sys.executable, opt], check=True)
    (wheel,) = dist.glob("*.whl")
    subprocess.run(
        [uv, "pip", "install", "-q", "--python", opt / "bin/python", "--constraint",
         dist / "constraints.txt", wheel], check=True, cwd=folder,
    )  # fmt: skip
    env = environment(
        {"SHEKE_VAR": str(folder / "var"), "SHEKE_STATIC_ROOT": str(folder / "static")}
    )
    del env["PYTHONPATH"]
    yield Installed(folder, env)


def test_it_is_set_up_and_serves_with_everything_inside(installed: Installed) -> None:
    where = installed.run("python", "-c", "import sheke; print(sheke.__file__)").strip()
    assert Path(where).is_relative_to(installed.folder / "opt")
    assert " ready; " in installed.run("sheke", "setup")
    assert "云川" not in installed.run("sheke", "organisation", "list", "--json")
    port = free_port()
    command = [str(installed.folder / "opt/bin/sheke"), "serve", "--port", str(port)]
    address = f"http://127.0.0.1:{port}"
    with started(command, installed.env, installed.folder / "site.log") as process:
        until(lambda: status(f"{address}/health/ready") == 200, 180)
        page = requests.get(f"{address}/sign-in/", timeout=60).text
        assert "登录" in page
        for url in re.findall(r'(?:href|src)="(/static/[^"#]+)"', page):
            answer = requests.get(address + url, timeout=60)
            assert answer.status_code == 200 and "immutable" in answer.headers["Cache-Control"], url
        process.terminate()  # as a process manager does
        assert process.wait(60) == 0


def test_no_tests_no_data_and_no_development_tools_travel_along(installed: Installed) -> None:
    files = installed.run(
        "python", "-c", "import importlib.metadata as m; print(*m.files('sheke'))"
    )
    assert "sheke/packs/federation/" in files and "django.mo" in files
    assert not re.search(r"(^| )(tests|bench|var)/", files)
    names = installed.run(
        "python",
        "-c",
        "import importlib.metadata as m; print(*[d.name for d in m.distributions()])",
    )
    assert not {"pytest", "mypy", "ruff"} & set(names.lower().split())
