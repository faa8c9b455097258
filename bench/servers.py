"""The real server, the rival and nginx on loopback, and wrk that asks them."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from .environment import ROOT

TICKS = os.sysconf("SC_CLK_TCK")


def missing(program: str) -> bool:
    return shutil.which(program) is None and not Path(f"/usr/sbin/{program}").exists()


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@contextmanager
def started(command: list[str], env: dict[str, str], log: Path) -> Iterator[int]:
    """The command in a session of its own; yields its process number, stops it at the end."""
    with log.open("ab") as output:
        process = subprocess.Popen(
            command, env=env, cwd=ROOT, stdout=output, stderr=output, start_new_session=True
        )
        try:
            yield process.pid
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


@contextmanager
def sheke(env: dict[str, str], folder: Path, processes: int) -> Iterator[tuple[str, int]]:
    """`sheke serve` as in production; yields its address and process number."""
    port = free_port()
    command = [
        sys.executable, "-m", "sheke", "serve", "--port", str(port), "--workers", str(processes),
        "--jobs", "0",
    ]  # fmt: skip
    with started(command, env, folder / "sheke.log") as pid:
        address = f"http://127.0.0.1:{port}"
        wait_for(f"{address}/health/ready")
        yield address, pid


@contextmanager
def plain(pages: Path, processes: int) -> Iterator[tuple[str, int]]:
    """The rival under the same server with as many processes and threads."""
    port = free_port()
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--workers",
        str(processes), "--blocking-threads", str(2 * (os.cpu_count() or 1) + 1), "--log-level",
        "error", "bench.plain:application",
    ]  # fmt: skip
    env = os.environ | {"SHEKE_BENCH_BYTES": str(pages), "PYTHONPATH": str(ROOT)}
    with started(command, env, pages / "plain.log") as pid:
        address = f"http://127.0.0.1:{port}"
        wait_for(f"{address}/{next(p.name for p in pages.iterdir() if p.suffix == '.html')}")
        yield address, pid


@contextmanager
def nginx(folder: Path, site: str) -> Iterator[str]:
    """nginx with the shipped configuration and TLS before the site; yields its address."""
    port = free_port()
    conf = configure(folder, site, port)
    command = ["nginx", "-g", "daemon off;", "-c", str(conf)]
    with started(command, dict(os.environ), folder / "nginx.log"):
        deadline = time.monotonic() + 20
        while not listens(port):
            if time.monotonic() > deadline:
                raise RuntimeError(f"nginx does not start; see {folder / 'nginx.log'}")
            time.sleep(0.05)
        yield f"https://127.0.0.1:{port}"


def listens(port: int) -> bool:
    with socket.socket() as trial:
        return trial.connect_ex(("127.0.0.1", port)) == 0


def configure(folder: Path, site: str, port: int) -> Path:
    """The shipped files with this folder's paths and ports; the path of the whole configuration."""
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
         "/CN=localhost", "-keyout", folder / "sheke.key", "-out", folder / "sheke.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    text = (ROOT / "deploy/nginx/sheke.conf").read_text()
    text = re.sub(
        r"^    server unix:[^;]*", f"    server {site.removeprefix('http://')}", text, flags=re.M
    )
    for old, new in {
        "/etc/nginx/tls/": f"{folder}/",
        "/etc/nginx/sheke-proxy.conf": str(ROOT / "deploy/nginx/sheke-proxy.conf"),
        "/var/cache/nginx/sheke": f"{folder}/cache",
        "/var/lib/sheke-static/": f"{folder}/static/",
        "/var/log/nginx/sheke.log": f"{folder}/access.log",
        "listen 80;": f"listen 127.0.0.1:{free_port()};",
        "listen 443 ssl": f"listen 127.0.0.1:{port} ssl",
    }.items():
        text = text.replace(old, new)
    (folder / "sheke.conf").write_text(text)
    conf = folder / "nginx.conf"
    user = "user root;" if os.geteuid() == 0 else ""
    conf.write_text(
        f"{user} pid {folder}/nginx.pid; error_log {folder}/nginx.log; worker_processes auto;\n"
        "events { worker_connections 512; }\n"
        f"http {{ include /etc/nginx/mime.types; client_body_temp_path {folder}/body;\n"
        f"proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u;\n"
        f"scgi_temp_path {folder}/s; include {folder}/sheke.conf; }}\n"
    )
    return conf


def wait_for(url: str, seconds: float = 240) -> None:
    deadline = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(url, timeout=30):
                return
        except OSError as error:
            if time.monotonic() > deadline:
                raise RuntimeError(f"{url} does not answer: {error}") from None
            time.sleep(0.2)


def wrk(
    url: str, *, seconds: float, users: int, cookies: Path | None, pid: int = 0, pause: int = 0
) -> dict[str, Any]:
    """What wrk found; with `pid` also the CPU that this process and those below it spent.

    pause: milliseconds on average between the clicks of one user; 0: none, as fast as it goes.
    """
    before, began = cpu_seconds(pid), time.monotonic()
    command = [
        "wrk", "-t", str(min(users, 2)), "-c", str(users), "-d", f"{max(round(seconds), 1)}s", "--timeout",
        "30s", "-s", str(Path(__file__).with_name("wrk.lua")), url,
        *(["--", cookies] if cookies else []), *([pause] if cookies and pause else []),
    ]  # fmt: skip
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=True)
    found = json.loads(done.stdout.splitlines()[-1])
    requests, passed = found["requests"], found["microseconds"] / 1e6
    result = {
        "requests": requests, "per_s": round(requests / passed, 1),
        "p50_ms": round(found["p50"] / 1000, 1), "p95_ms": round(found["p95"] / 1000, 1),
        "p99_ms": round(found["p99"] / 1000, 1), "errors": found["failed"] + found["statuses"],
    }  # fmt: skip
    if pid and requests:
        spent = cpu_seconds(pid) - before
        result["cpu_ms"] = round(spent / requests * 1000, 2)
        result["cores"] = round(spent / (time.monotonic() - began), 2)
    return result


def cpu_seconds(pid: int) -> float:
    """Of the process and of all below it that live."""
    if not pid:
        return 0.0
    parents, spent = {}, {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            number = int(stat.parent.name)
            parents[number], spent[number] = int(fields[1]), int(fields[11]) + int(fields[12])
    family, fresh = {pid}, {pid}
    while fresh:
        fresh = {child for child, parent in parents.items() if parent in fresh} - family
        family |= fresh
    return sum(spent.get(number, 0) for number in family) / TICKS
