"""The pages over a million records under load: the real server, cookies of real sessions, wrk on loopback.

`uv run python -m bench.web --json` prints one JSON object; the lines on standard error say how far it is.
For each page, with users who click without a pause and (“people”) with users who read for some seconds: requests per second, milliseconds (p50, p95, p99), errors, bytes, queries, CPU of the server
per request. The rival is a plain Django view that gives the same bytes, the limit nginx with them as a file.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any
from urllib.parse import quote

from .crowded import say
from .environment import ROOT
from .servers import missing, nginx, plain, sheke, wait_for, wrk

RIVALS = ("verification", "workbench_staff", "ledger", "indicator")
GOAL_MS, GOAL_PUBLIC = 150, 2000
PAUSE = 3000  # milliseconds between the clicks of somebody who reads
CALM = 20  # seconds at least with people who read: 130 pages, of which six are slower than p95


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="print JSON in one line")
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=float, default=5, help="for each page")
    parser.add_argument("--users", type=int, default=20, help="who all click without a pause")
    parser.add_argument("--processes", type=int, default=2, help="of the server, for the pages")
    parser.add_argument("--pages", nargs="*", default=[], help="only these")
    parser.add_argument("--folder", type=Path, default=ROOT / "var/bench/web")
    parser.add_argument("--keep", action="store_true", help="use the database of the last run")
    given = parser.parse_args()
    if missing("wrk"):
        sys.exit("wrk is not on this machine: apt-get install wrk")
    print(json.dumps(measure(given), ensure_ascii=False, indent=None if given.json else 2))


def measure(given: argparse.Namespace) -> dict[str, Any]:
    """Everything. Raises RuntimeError where a page does not answer 200."""
    folder: Path = given.folder.resolve() / str(given.records)
    if not given.keep:
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    env = environment(folder)
    python(env, "bench.crowded", "fill", str(given.records))
    world = json.loads(python(env, "bench.crowded", "people"))
    world["pages"] = [page for page in world["pages"] if not given.pages or page[0] in given.pages]
    cookies = write_cookies(folder, world["cookies"])
    alone = json.loads(python(env, "bench.crowded", "queries", *given.pages))
    result: dict[str, Any] = {
        "records": given.records, "users": given.users, "processes": given.processes, "pages": {},
    }  # fmt: skip
    with sheke(env, folder, given.processes) as (address, pid):
        for name, role, path in world["pages"]:
            url = address + quote(path, safe="/?=&")
            size = warm(url, cookies.get(role), folder / "static/bench" / f"{name}.html")
            load = wrk(
                url, seconds=given.seconds, users=given.users, cookies=cookies.get(role), pid=pid
            )
            result["pages"][name] = {"path": path, "bytes": size} | load | alone[name]
            if role:
                calm = wrk(
                    url, seconds=max(CALM, given.seconds), users=given.users, cookies=cookies[role],
                    pause=PAUSE,
                )  # fmt: skip
                result["pages"][name]["people"] = {
                    k: calm[k] for k in ("per_s", "p50_ms", "p95_ms")
                }
            say(f"{name}: {result['pages'][name]}")
        if not missing("nginx") and not missing("openssl"):
            result["nginx"] = behind_nginx(given, folder, address, world["pages"])
        else:
            say("nginx or openssl is not on this machine: its part is left out")
    result["plain"] = by_plain_views(given, folder / "static/bench")
    result["goals"] = goals(result)
    return result


def environment(folder: Path) -> dict[str, str]:
    """Production settings over a database of its own; nothing of the caller's."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("SHEKE_", "DJANGO_"))}
    return kept | {
        "SHEKE_VAR": str(folder), "SHEKE_STATIC_ROOT": str(folder / "static"),
        "DJANGO_SETTINGS_MODULE": "sheke.site.settings", "PYTHONPATH": str(ROOT),
        "SHEKE_LOG_LEVEL": "ERROR",
    }  # fmt: skip


def python(env: dict[str, str], module: str, *arguments: str) -> str:
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(
        command, env=env, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True
    ).stdout


def write_cookies(folder: Path, cookies: dict[str, list[str]]) -> dict[str, Path]:
    files = {}
    for role, lines in cookies.items():
        files[role] = folder / f"cookies-{role}"
        files[role].write_text("\n".join(lines) + "\n")
    return files


def warm(url: str, cookies: Path | None, kept: Path, times: int = 12) -> int:
    """Ask often enough that every process has its templates; keep the bytes; their number."""
    cookie = cookies.read_text().split("\n", 1)[0] if cookies else ""
    for _n in range(times):
        request = urllib.request.Request(url, headers={"Cookie": cookie})
        with urllib.request.urlopen(request, timeout=120) as answer:
            if answer.status != 200 or answer.url != url:
                raise RuntimeError(f"{url} leads to {answer.url} ({answer.status})")
            content = answer.read()
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(content)
    return len(content)


def behind_nginx(
    given: argparse.Namespace, folder: Path, site: str, pages: list[list[str]]
) -> dict[str, Any]:
    """The public page through nginx's short cache, and the rivals' bytes as files of nginx."""
    found: dict[str, Any] = {}
    options = {"seconds": given.seconds, "users": given.users, "cookies": None}
    with nginx(folder, site) as door:
        for name, _role, path in pages:
            if name == "verification":
                wrk(
                    door + path, **options | {"seconds": 1}
                )  # hands have been shaken, the page is kept
                found["verification_cached"] = wrk(door + path, **options)
            if name in RIVALS:
                found[f"{name}_file"] = wrk(f"{door}/static/bench/{name}.html", **options)
    for name, one in found.items():
        say(f"nginx {name}: {one}")
    return found


def by_plain_views(given: argparse.Namespace, pages: Path) -> dict[str, Any]:
    found = {}
    with plain(pages, given.processes) as (address, pid):
        for name in RIVALS:
            if (pages / f"{name}.html").exists():
                wait_for(f"{address}/{name}.html")
                found[name] = wrk(
                    f"{address}/{name}.html", seconds=given.seconds, users=given.users,
                    cookies=None, pid=pid,
                )  # fmt: skip
                say(f"plain {name}: {found[name]}")
    return found


def goals(result: dict[str, Any]) -> dict[str, Any]:
    """What was to be reached, and what is not."""
    slow = {
        name: page["p95_ms"] for name, page in result["pages"].items() if page["p95_ms"] > GOAL_MS
    }
    people = {
        name: page["people"]["p95_ms"]
        for name, page in result["pages"].items()
        if "people" in page and page["people"]["p95_ms"] > GOAL_MS
    }
    failed = [name for name, page in result["pages"].items() if page["errors"]]
    found: dict[str, Any] = {
        f"p95_over_{GOAL_MS}_ms": slow, f"p95_over_{GOAL_MS}_ms_with_pauses": people,
        "with_errors": failed,
    }  # fmt: skip
    doors = result.get("nginx", {})
    if "verification_cached" in doors:
        rate = doors["verification_cached"]["per_s"]
        found["public_per_s"] = rate
        found["public_reached"] = rate >= GOAL_PUBLIC
        found["static_to_public"] = round(doors["verification_file"]["per_s"] / rate, 2)
    return found


if __name__ == "__main__":
    started = time.monotonic()
    main()
    say(f"{time.monotonic() - started:.0f} s")
