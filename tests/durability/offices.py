"""A real installation in a folder: its database, server and workers as processes to be killed."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
POSTGRES = ROOT / "scripts" / "postgres.sh"


class Office:
    """`kind` is sqlite or postgres. `url` takes a PostgreSQL that runs already."""

    def __init__(self, folder: Path, kind: str, *, url: str = "", port: int = 0) -> None:
        self.folder, self.kind, self.port = folder, kind, port or free_port()
        self.own = kind == "postgres" and not url
        if self.own:  # where its own user may go; pytest's folders are closed to others
            self.database = Path(tempfile.mkdtemp(prefix="sheke-postgres-", dir="/tmp"))
            url = run([str(POSTGRES), "start", str(self.database)]).strip()
        self.env = os.environ | {
            "SHEKE_VAR": str(folder / "var"), "SHEKE_DATABASE_URL": url, "SHEKE_TASKS": "",
            "DJANGO_SETTINGS_MODULE": "sheke.site.settings", "PYTHONPATH": str(ROOT),
            "SHEKE_LOG_LEVEL": "ERROR",
        }  # fmt: skip
        del self.env["SHEKE_TASKS"]
        self.server: subprocess.Popen[bytes] | None = None
        self.log = (folder / "log").open("ab")

    def sheke(self, *arguments: str) -> str:
        return run([sys.executable, "-m", "sheke", *arguments], env=self.env)

    def python(self, module: str, *arguments: str) -> Any:
        """What a module prints as JSON, run in the installation."""
        return json.loads(run([sys.executable, "-m", module, *arguments], env=self.env))

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "sheke", *arguments]
        return subprocess.Popen(command, env=self.env, cwd=ROOT, stdout=self.log, stderr=self.log)

    def serve(self, *arguments: str) -> None:
        """Start the server unless it runs, and wait until it answers."""
        deadline = time.monotonic() + 180
        while time.monotonic() < deadline:
            if self.server is None or self.server.poll() is not None:
                self.server = self.start("serve", "--port", str(self.port), *arguments)
            if self.answers():
                return
            time.sleep(0.1)
        raise RuntimeError(f"the server does not answer; see {self.folder / 'log'}")

    def answers(self) -> bool:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/sign-in/")
            return connection.getresponse().status < 500
        except OSError:
            return False
        finally:
            connection.close()

    def close(self) -> None:
        if self.server is not None and self.server.poll() is None:
            self.server.terminate()
            try:
                self.server.wait(30)
            except subprocess.TimeoutExpired:
                self.server.kill()
        if self.own:
            subprocess.run([str(POSTGRES), "stop", str(self.database)], capture_output=True)
            shutil.rmtree(self.database, ignore_errors=True)
        self.log.close()

    def processes(self, target: str) -> list[int]:
        """`serve` (all of it at once), `web` (the process of the pages), `worker`, `database`."""
        if target == "database":
            pid = (self.database / "postgres/data/postmaster.pid").read_text().split()[0]
            return [int(pid), *children(int(pid))]
        main = self.server.pid if self.server else 0
        below = {pid: b"worker" in words_of(pid) for pid in children(main)}
        if target == "serve":
            return [main]
        return [pid for pid, works in below.items() if works == (target == "worker")]

    def kill(self, target: str) -> int:
        """kill -9; how many processes."""
        found = self.processes(target)
        for pid in found:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        return len(found)

    def resume(self) -> None:
        """Bring back what does not come back by itself, as systemd would."""
        if self.own:
            run([str(POSTGRES), "resume", str(self.database)])
        self.serve()


def children(pid: int) -> list[int]:
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True)
    return [int(word) for word in found.stdout.split()]


def words_of(pid: int) -> list[bytes]:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return []


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def run(command: list[str], env: dict[str, str] | None = None) -> str:
    done = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}: {done.stdout}{done.stderr}")
    return done.stdout
