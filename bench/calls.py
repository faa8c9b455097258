"""Lists and the archive of a call of thousands of submissions, against the plain way in the same run.

    uv run python -m bench.calls --json

The call (`bench/calls_world.py`) has forms of five thousand characters, a file and three reviews of each,
eight lines of the log each. `lists`: CPU milliseconds and queries of the office's pages, the middle of
five. The rivals: a list that reads every row and filters, sorts and cuts in memory; an archive that is put
together in memory. Memory is what a process of its own needs beyond its start.
"""

from __future__ import annotations

import argparse
import io
import json
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

from .crowded import say
from .environment import ROOT, prepare
from .measure import rss_mb

LISTS = {
    "first": "submissions/", "last": "submissions/?page=100", "by_title": "submissions/?sort=title&page=40",
    "by_organisation": "submissions/?sort=-organisation", "by_sent": "submissions/?sort=-sent&page=99",
    "search": "submissions/?q=%E5%8E%BF%E5%9F%9F", "state": "submissions/?stage=decide&state=awarded",
    "discipline": "submissions/?discipline=gb790&sort=-amount", "reviewers": "reviewers/",
    "progress": "reviews/", "scores": "scores/", "log": "log/", "statistics": "statistics/",
}  # fmt: skip
PARTS = ("archive", "rival_archive", "sheet")


def main() -> None:
    """Print the measurements; `--json` in one line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--submissions", type=int, default=5000)
    parser.add_argument(
        "--small", type=int, default=500, help="The size that memory is compared with."
    )
    parser.add_argument("--folder", type=Path, default=ROOT / "var/bench/calls")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--part", choices=PARTS, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.part:
        prepare(asked.folder, f"calls-{asked.submissions}")
        print(json.dumps(_part(asked.part, asked.folder)))
        return
    found = measure(asked.submissions, asked.small, asked.folder)
    print(json.dumps(found, ensure_ascii=False, indent=None if asked.json else 2))


def measure(submissions: int, small: int, folder: Path) -> dict[str, Any]:
    """Lists in this process, each large piece of work in one of its own."""
    _build(small, folder)
    prepare(folder, f"calls-{submissions}")
    from .calls_world import build

    call = build(submissions)
    results: dict[str, Any] = {"submissions": submissions, "lists": _lists(call)}
    results["rival_list"] = _rival_list(call)
    for part in PARTS:
        results[part] = _alone(part, submissions, folder)
        results[f"{part}_of_{small}"] = _alone(part, small, folder)
    return results


def _build(size: int, folder: Path) -> None:
    code = (
        "from pathlib import Path; from bench.environment import prepare; import sys\n"
        f"prepare(Path(sys.argv[1]), 'calls-{size}')\nfrom bench.calls_world import build\nbuild({size})"
    )
    subprocess.run([sys.executable, "-c", code, str(folder)], check=True, cwd=ROOT)


def _alone(part: str, size: int, folder: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.calls", "--part", part, "--submissions", str(size),
               "--folder", str(folder)]  # fmt: skip
    done = subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    found = dict(json.loads(done.stdout))
    say(f"{part} of {size}: {found}")
    return found


def _lists(call: Any) -> dict[str, Any]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from sheke.directory.models import Account

    client = Client(HTTP_HOST="localhost")
    client.force_login(Account.objects.get(username="office"))
    results = {}
    for name, path in LISTS.items():
        address = f"/calls/{call.pk}/{path}"
        first, *times = [_cpu(lambda: client.get(address)) for _n in range(6)]  # noqa: B023
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address)
        if answer.status_code != 200:
            raise AssertionError(f"{address}: {answer.status_code}")
        results[name] = {"ms": sorted(times)[2], "first_ms": first, "queries": len(queries)}
        say(f"{name}: {results[name]}")
    return results


def _rival_list(call: Any) -> dict[str, float]:
    """Everything read, then filtered, sorted and cut in Python; nothing printed."""
    from sheke.calls.models import Submission

    def work() -> None:
        found = Submission.objects.filter(call=call, sent__isnull=False).select_related(
            "organisation", "topic", "sent"
        )
        rows = sorted((one for one in found if "县域" in one.title), key=lambda one: one.title)
        _ = rows[:50]

    return {"ms": sorted(_cpu(work) for _n in range(3))[1]}


def _cpu(work: Any) -> float:
    start = time.process_time()
    work()
    return round((time.process_time() - start) * 1000, 1)


def _part(part: str, folder: Path) -> dict[str, Any]:
    from django.db import connection

    from sheke.calls import exporting
    from sheke.calls.archiving import write_archive
    from sheke.calls.listing import Wanted
    from sheke.calls.models import Call

    call = Call.objects.select_related("edition__definition", "organisation").get(key="bench-call")
    with connection.cursor() as cursor:  # the mapped file is the system's memory, not the work's
        cursor.execute("PRAGMA mmap_size=0")
    path = folder / f"{part}.out"
    before, cpu, wall = rss_mb(), time.process_time(), time.perf_counter()
    if part == "archive":
        write_archive(call, path)
    elif part == "sheet":
        with path.open("wb") as file:
            exporting.save_submissions(file, call, Wanted())
    else:
        path.write_bytes(_in_memory(call))
    results = {
        "cpu_s": round(time.process_time() - cpu, 1), "wall_s": round(time.perf_counter() - wall, 1),
        "memory_mb": round(rss_mb() - before, 1), "mb": round(path.stat().st_size / 1e6, 1),
    }  # fmt: skip
    path.unlink()
    return results


def _in_memory(call: Any) -> bytes:
    """Everything read at once, forms by python-docx, one zip in memory."""
    from sheke.calls.models import Submission
    from sheke.core.documents.official import OfficialDocument

    found = list(
        Submission.objects.filter(call=call, sent__isnull=False).select_related("sent", "organisation")
        .prefetch_related("members", "uploads__stored", "steps", "assignments__review")
        .iterator(chunk_size=500)  # SQLite refuses longer lists of numbers
    )  # fmt: skip
    files: dict[str, bytes] = {}
    for one in found:
        document = OfficialDocument()
        document.title(one.title)
        for key, value in one.sent.values.items():
            document.fact(key, str(value))
        files[f"{one.number}/form.docx"] = document.content()
        data = {"values": one.sent.values, "log": [step.act for step in one.steps.all()],
                "reviews": [float(a.review.total) for a in one.assignments.all()]}  # fmt: skip
        files[f"{one.number}/data.json"] = json.dumps(data, ensure_ascii=False).encode()
        for upload in one.uploads.all():
            files[f"{one.number}/{upload.pk}.pdf"] = upload.stored.file.read()
            upload.stored.file.close()
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data_ in files.items():
            package.writestr(name, data_)
    return target.getvalue()


if __name__ == "__main__":
    main()
