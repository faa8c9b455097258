"""The shipped nginx configuration in a real nginx, before real processes of the site."""

from __future__ import annotations

import json
import os
import re
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests
import urllib3

from .conftest import ROOT, environment, free_port, need, script, sheke, started, until

urllib3.disable_warnings()
HOST = "sheke.example.cn"


@dataclass
class Door:
    https: str
    http: str
    session: str
    folder: Path
    sockets: list[Path]

    def get(self, path: str, **options: object) -> requests.Response:
        headers = {"Host": HOST} | options.pop("headers", {})  # type: ignore[operator]
        return requests.get(
            self.https + path, headers=headers, verify=False, timeout=10, allow_redirects=False,
            **options,
        )  # fmt: skip


@pytest.fixture(scope="module")
def door(folder: Path) -> Iterator[Door]:
    """nginx with TLS before two processes of the site on Unix sockets."""
    need("nginx", "openssl")
    env = {
        "SHEKE_VAR": str(folder / "var"), "SHEKE_STATIC_ROOT": str(folder / "static"),
        "SHEKE_HOSTS": HOST, "SHEKE_HTTPS": "true", "SHEKE_HSTS_SECONDS": "31536000",
        "SHEKE_ORIGINS": f"https://{HOST}", "SHEKE_PROXIES": "1",
    }  # fmt: skip
    sheke(env, "setup")
    session = json.loads(script(env, "tests.deploy.people", "alpha"))["alpha"]
    sockets = [folder / "web1.sock", folder / "web2.sock"]
    ports = free_port(), free_port()
    conf = configure(folder, sockets, ports)
    subprocess.run(["nginx", "-t", "-c", conf], check=True, capture_output=True)
    served = [
        ["python", "-m", "sheke", "serve", "--socket", str(path), "--jobs", "0"] for path in sockets
    ]
    with (
        started(python(served[0]), environment(env), folder / "web1.log"),
        started(python(served[1]), environment(env), folder / "web2.log"),
    ):
        until(lambda: all(path.exists() for path in sockets), 180)
        for path in sockets:
            path.chmod(0o666)  # nginx runs as its own user
        with started(
            ["nginx", "-g", "daemon off;", "-c", str(conf)], dict(os.environ), folder / "n.log"
        ):
            door = Door(f"https://127.0.0.1:{ports[1]}", f"http://127.0.0.1:{ports[0]}", session,
                        folder, sockets)  # fmt: skip
            until(lambda: door.get("/verify/").status_code == 200, 180)
            yield door


def python(command: list[str]) -> list[str]:
    import sys

    return [sys.executable, *command[1:]]


def configure(folder: Path, sockets: list[Path], ports: tuple[int, int]) -> Path:
    """The shipped files with this folder's paths and ports, and the frame that Debian ships."""
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
         f"/CN={HOST}", "-keyout", folder / "sheke.key", "-out", folder / "sheke.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    (folder / "cache").mkdir()
    servers = "\n".join(f"    server unix:{path} max_fails=3 fail_timeout=5s;" for path in sockets)
    text = (ROOT / "deploy/nginx/sheke.conf").read_text()
    text = re.sub(r"^    server unix:.*$", servers, text, flags=re.MULTILINE)
    for old, new in {
        "/etc/nginx/tls/": f"{folder}/",
        "/etc/nginx/sheke-proxy.conf": str(ROOT / "deploy/nginx/sheke-proxy.conf"),
        "/var/cache/nginx/sheke": f"{folder}/cache",
        "/var/lib/sheke-static/": f"{folder}/static/",
        "/var/log/nginx/sheke.log": f"{folder}/access.log",
        "listen 80;": f"listen 127.0.0.1:{ports[0]};",
        "listen 443 ssl": f"listen 127.0.0.1:{ports[1]} ssl",
    }.items():
        assert old in text, old
        text = text.replace(old, new)
    (folder / "sheke.conf").write_text(text)
    conf = folder / "nginx.conf"
    conf.write_text(
        f"pid {folder}/nginx.pid; error_log {folder}/error.log; worker_processes 1;\n"
        "events { worker_connections 256; }\n"
        f"http {{ include /etc/nginx/mime.types; client_body_temp_path {folder}/body;\n"
        f"proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u;\n"
        f"scgi_temp_path {folder}/s; include {folder}/sheke.conf; }}\n"
    )
    return conf


def test_plain_http_leads_to_https(door: Door) -> None:
    answer = requests.get(
        f"{door.http}/ledger/?q=1", headers={"Host": HOST}, allow_redirects=False, timeout=5
    )
    assert (answer.status_code, answer.headers["Location"]) == (308, f"https://{HOST}/ledger/?q=1")


def test_pages_carry_what_browsers_must_know(door: Door) -> None:
    answer = door.get("/sign-in/")
    assert answer.status_code == 200
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    assert len(answer.headers["X-Request-ID"]) == 32  # nginx made it, Sheke kept it
    cookies = answer.headers["Set-Cookie"]
    assert "Secure" in cookies and "SameSite=Lax" in cookies


def test_signed_in_pages_come_through_and_are_not_kept(door: Door) -> None:
    answer = door.get("/ledger/", cookies={"sessionid": door.session})
    assert answer.status_code == 200 and "X-Cache" not in answer.headers
    assert door.get("/ledger/").status_code == 302


def test_public_pages_are_kept_for_a_moment_by_language(door: Door) -> None:
    time.sleep(3.1)  # nginx counts whole seconds
    seen = [door.get("/verify/") for _n in range(3)]
    assert seen[0].headers["X-Cache"] in ("EXPIRED", "MISS", "STALE", "UPDATING")
    assert "HIT" in [answer.headers["X-Cache"] for answer in seen[1:]]
    assert not any(answer.cookies for answer in seen)
    english = door.get("/verify/", headers={"Accept-Language": "en"})
    assert "Verify a report" in english.text and "Verify a report" not in seen[1].text


def test_static_files_come_from_nginx_compressed_and_for_good(door: Door) -> None:
    page = door.get("/sign-in/").text
    urls = re.findall(r'(?:href|src)="(/static/[^"#]+)"', page)
    assert len(urls) > 3
    for url in urls:
        answer = door.get(url)
        assert answer.status_code == 200, url
        assert re.search(r"\.[0-9a-f]{12}\.", url), url
        assert "immutable" in answer.headers["Cache-Control"], url
        assert "X-Request-ID" not in answer.headers, "it was asked of Sheke"
    style = next(url for url in urls if url.endswith(".css"))
    assert door.get(style).headers["Content-Encoding"] == "gzip"
    assert door.get("/static/../var/secret_key").status_code in (400, 404)
    assert door.get("/static/..%2fvar/secret_key").status_code in (400, 404)


def test_probes_and_numbers_are_not_for_the_outside(door: Door) -> None:
    for path in ("/metrics", "/health/ready", "/health/live"):
        assert door.get(path).status_code == 404


def test_a_body_beyond_all_limits_is_refused_at_the_door(door: Door) -> None:
    answer = requests.post(
        f"{door.https}/ledger/records/new/", verify=False, timeout=10,
        headers={"Host": HOST, "Content-Length": str(300 * 1024 * 1024)}, data=b"",
    )  # fmt: skip
    assert answer.status_code == 413


def test_a_flood_of_sign_ins_is_slowed(door: Door) -> None:
    assert 429 in {door.get("/sign-in/").status_code for _n in range(40)}


def test_one_process_may_go(door: Door) -> None:
    """Its requests are asked of the other; a restart of one after the other is not noticed."""
    door.sockets[0].rename(door.folder / "away.sock")
    try:
        answers = {
            door.get("/ledger/", cookies={"sessionid": door.session}).status_code
            for _n in range(12)
        }
    finally:
        (door.folder / "away.sock").rename(door.sockets[0])
    assert answers == {200}


def test_no_line_of_the_log_has_an_address_or_a_query(door: Door) -> None:
    door.get("/verify/SECRETCODE/?q=13800138000")
    until(lambda: (door.folder / "access.log").read_text())
    text = (door.folder / "access.log").read_text()
    assert "SECRETCODE" not in text and "13800138000" not in text and "127.0.0.1" not in text
