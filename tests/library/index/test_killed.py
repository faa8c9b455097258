"""kill -9 in the middle of a commit, a merge, a rebuild: nothing is lost, nothing is there twice."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.installations import Installation, empty

pytestmark = [pytest.mark.durability, pytest.mark.django_db]

WORLD = """
import django; django.setup()
from sheke.directory.actions import create_organisation
create_organisation(parent=None, by=None, code="YC", name="云川市社科联", kind="federation")
"""
# Works come, change and go, in transactions of their own; whoever did it follows, in many small commits.
WRITER = """
import random, sys; import django; django.setup()
from django.db import transaction
from sheke.directory.models import Organisation
from sheke.library import actions
from sheke.library.describing import Description
from sheke.library.index import following
from sheke.library.models import Work
of, draw = Organisation.objects.get(), random.Random(sys.argv[1])
filler = lambda: "".join(chr(draw.randint(0x4e00, 0x8fff)) for _n in range(400))
following.catch_up(wait=10)
print("begun", flush=True)
while True:
    for _n in range(12):
        n = Work.objects.count()
        actions.create_work(organisation=of, by=None, description=Description(
            title=f"成果{n}甲", abstract=filler()))
    held = list(Work.objects.order_by("?")[:8])
    for work in held[:6]:
        title = work.title[:-1] + draw.choice("乙丙丁戊")
        actions.describe_work(work=work, by=None, description=Description(title=title, abstract=filler()))
    actions.discard_work(work=held[6], by=None)
    following.catch_up(tidy=draw.random() < 0.5, wait=5)
"""
CHECK = """
import json; import django; django.setup()
from sheke.library.index import following
from sheke.library.index.asking import found_by_operator
from sheke.library.models import Work
following.catch_up(wait=20)
found = found_by_operator("", kinds=["work"], limit=10_000, sort="newest", public=False)
held = {f"work-{work.pk}": work.title for work in Work.objects.all()}
wrong = {key for key, title in held.items()
         if key not in {h["id"] for h in found_by_operator(f'title:"{title}"', kinds=[], limit=50,
                        sort="newest", public=False)["hits"]}} if len(held) < 120 else set()
index = following.serving().index
print(json.dumps({
    "works": len(held), "total": found["total"], "hits": len(found["hits"]), "wrong": sorted(wrong),
    "same": {h["id"]: h["title"] for h in found["hits"]} == held, "entries": index.entries(),
    "seal": index.mark().seal,
}))
"""


@pytest.fixture(scope="module")
def tables(tmp_path_factory) -> Iterator[Installation]:
    """One database for all of them: making its tables takes longer than any of the tests."""
    with empty(tmp_path_factory.mktemp("killed") / "var") as made:
        for arguments in (("-m", "django", "migrate"), ("-c", WORLD)):
            done = made.python(*arguments)
            assert done.returncode == 0, done.stderr
        yield made


@pytest.fixture(params=["tantivy", "sqlite"])
def installed(request, tables, tmp_path) -> _With:
    return _With(tables, request.param, tmp_path / "index")


class _With:
    """The installation with one of the engines, and an index of its own."""

    def __init__(self, made: Installation, engine: str, folder: Path) -> None:
        self.made, self.folder = made, folder
        self.complaints = folder.with_name("complaints.txt")
        self.engine = {"SHEKE_LIBRARY_INDEX": engine, "SHEKE_LIBRARY_INDEX_FOLDER": str(folder)}

    def check(self) -> dict[str, Any]:
        done = self.made.python("-c", CHECK, **self.engine)
        assert done.returncode == 0, done.stderr
        found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return found

    def begin(self, *arguments: str) -> subprocess.Popen[str]:
        with self.complaints.open("w") as complaints:
            return subprocess.Popen(
                [sys.executable, *arguments], env=self.made.environment | self.engine, text=True,
                stdout=subprocess.PIPE, stderr=complaints,
            )  # fmt: skip

    def write(self, seed: str) -> subprocess.Popen[str]:
        """A writer that has begun."""
        writer = self.begin("-c", WRITER, seed)
        assert writer.stdout is not None
        assert writer.stdout.readline() == "begun\n", self.complaints.read_text()
        return writer


def kill(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGKILL)
    process.wait()
    if process.stdout:
        process.stdout.close()


def sound(found: dict[str, Any]) -> None:
    assert found["same"], found
    assert found["works"] == found["total"] == found["hits"] == found["entries"], found
    assert found["wrong"] == []


def test_whoever_writes_the_index_may_be_killed(installed, request) -> None:
    draw = random.Random(5)
    first = before = installed.check()["seal"]
    for n in range(3 * request.config.getoption("--rounds")):
        writer = installed.write(str(n))
        time.sleep(draw.uniform(0.3, 2.5))
        kill(writer)
        found = installed.check()
        sound(found)
        assert found["seal"] >= before  # it may be killed before it wrote anything
        before = found["seal"]
    assert before > first


def test_a_rebuild_may_be_killed_and_the_old_index_serves(installed, request) -> None:
    draw = random.Random(6)
    writer = installed.write("1")
    time.sleep(6)
    kill(writer)
    sound(installed.check())
    for _n in range(2 * request.config.getoption("--rounds")):
        rebuild = installed.begin("-m", "sheke", "index", "rebuild", "library")
        time.sleep(draw.uniform(0.9, 2.2))
        kill(rebuild)
        sound(installed.check())
    done = installed.made.run("index", "rebuild", "library", **installed.engine)
    assert done.returncode == 0, done.stderr
    sound(installed.check())
    (name,) = [one.name for one in installed.folder.iterdir() if one.is_dir()]
    assert (installed.folder / "CURRENT").read_text() == name
