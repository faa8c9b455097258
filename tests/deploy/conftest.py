"""Real servers on this machine; each test skips where a program is missing."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.deploy)


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def until(true: Callable[[], object], seconds: float = 30) -> object:
    """What `true` says as soon as it says something true; a failure after so many seconds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with suppress(OSError):
            if found := true():
                return found
        time.sleep(0.05)
    raise AssertionError(f"not within {seconds} seconds: {true}")


def status(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """Short, because Unix sockets lie in it; readable by the database's user."""
    with tempfile.TemporaryDirectory(prefix="sheke-", dir="/tmp") as name:
        Path(name).chmod(0o755)
        yield Path(name)


def sheke(env: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "sheke", *arguments]
    return subprocess.run(
        command, env=environment(env), cwd=ROOT, capture_output=True, text=True, check=True
    )


def script(env: dict[str, str], module: str, *arguments: str) -> str:
    """What a module of the tests prints when it runs with the site's settings."""
    command = [sys.executable, "-m", module, *arguments]
    settings = {"DJANGO_SETTINGS_MODULE": "sheke.site.settings"}
    return subprocess.run(
        command, env=environment(env) | settings, cwd=ROOT, stdout=subprocess.PIPE, text=True,
        check=True,
    ).stdout  # fmt: skip


def environment(env: dict[str, str]) -> dict[str, str]:
    """Ours and nothing of the tests' own settings."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("SHEKE_", "DJANGO_"))}
    return kept | {"PYTHONPATH": str(ROOT), "SHEKE_LOG_FORMAT": "json"} | env


@contextmanager
def started(
    command: list[str], env: dict[str, str], log: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """The command as a process of its own, stopped at the end with what it started."""
    with log.open("ab") as output:
        process = subprocess.Popen(
            command, env=env, cwd=ROOT, stdout=output, stderr=output, start_new_session=True
        )
        try:
            yield process
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


@contextmanager
def site(env: dict[str, str], folder: Path, *options: str) -> Iterator[str]:
    """`sheke serve` on a free port; yields its address once it is ready."""
    port = free_port()
    command = [sys.executable, "-m", "sheke", "serve", "--port", str(port), *options]
    with started(command, environment(env), folder / "site.log"):
        address = f"http://127.0.0.1:{port}"
        try:
            until(lambda: status(f"{address}/health/ready") == 200, 180)
        except AssertionError:
            raise AssertionError((folder / "site.log").read_text()[-3000:]) from None
        yield address


def need(*programs: str) -> None:
    for program in programs:
        if not shutil.which(program) and not Path(f"/usr/sbin/{program}").exists():
            pytest.skip(f"{program} is not on this machine")


@pytest.fixture(scope="module")
def cluster(folder: Path) -> Iterator[list[str]]:
    """URLs of a PostgreSQL primary and its two replicas."""
    if not list(Path("/usr/lib/postgresql").glob("*/bin/pg_basebackup")):
        pytest.skip("PostgreSQL's server is not on this machine")
    script, place = str(ROOT / "scripts/replicas.sh"), str(folder / "pg")
    made = subprocess.run(
        [script, "start", place], capture_output=True, text=True, check=True, stdin=subprocess.DEVNULL
    )  # fmt: skip
    try:
        yield made.stdout.split()
    finally:
        subprocess.run([script, "stop", place], check=False)
