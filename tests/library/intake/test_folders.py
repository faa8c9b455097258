"""The watched folder, and the command."""

from __future__ import annotations

import io
import json
import os
import time
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from sheke.core.errors import BadInput
from sheke.library.intake import folders
from sheke.library.models import Batch, Work
from sheke.library.tasks import look_after_intake
from tests import factories
from tests.library.reading.samples import SIMPLIFIED, TRADITIONAL, write

from .bringing import TALK, states

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    """The watched folder of an organisation, `YC`."""
    factories.organisation(code="YC")
    settings.LIBRARY_FOLDER = str(tmp_path)
    (tmp_path / "YC" / "一箱").mkdir(parents=True)
    return tmp_path / "YC"


def put(path: Path, name: str, text: str) -> None:
    file = write(path, name, text)
    os.utime(file, (time.time() - 3600,) * 2)


def test_what_lies_quiet_is_taken_once(folder: Path) -> None:
    put(folder / "一箱", "a.txt", TALK)
    put(folder / "一箱", "b.txt", SIMPLIFIED)
    look_after_intake.call()
    look_after_intake.call()
    batch = Batch.objects.get()
    assert (batch.way, batch.title, batch.created_by) == ("folder", "一箱", None)
    assert states(batch) == {"一箱/a.txt": "done", "一箱/b.txt": "done"}
    assert not list((folder / "一箱").iterdir())
    taken = [path.name for path in (folder.parent / folders.TAKEN).rglob("*.txt")]
    assert sorted(taken) == ["a.txt", "b.txt"]


def test_what_is_still_being_copied_waits(folder: Path) -> None:
    put(folder, "a.txt", TALK)
    write(folder, "b.txt", SIMPLIFIED)
    assert folders.look_into_folder() == 0
    assert not Batch.objects.exists()


@pytest.mark.parametrize("moved", [0, 1])
def test_killed_before_the_files_were_moved_they_are_not_taken_twice(
    folder: Path, monkeypatch: pytest.MonkeyPatch, moved: int
) -> None:
    put(folder, "a.txt", TALK)
    put(folder, "b.txt", SIMPLIFIED)
    move, left = Path.replace, [None] * moved

    def dies(path: Path, target: Path) -> None:
        if not left:
            raise KeyboardInterrupt
        left.pop()
        move(path, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", dies)
        with pytest.raises(KeyboardInterrupt):
            folders.look_into_folder()
    assert folders.look_into_folder() == 2 - moved
    assert (Batch.objects.count(), Work.objects.count()) == (1, 2)
    assert not list(folder.rglob("*.txt"))


def test_what_is_put_back_is_taken_again(folder: Path) -> None:
    put(folder, "a.txt", TALK)
    assert folders.look_into_folder() == 1
    (there,) = (folder.parent / folders.TAKEN).rglob("a.txt")
    there.replace(folder / "a.txt")
    assert folders.look_into_folder() == 1
    assert Batch.objects.count() == 2


def test_a_list_in_the_folder_is_followed(folder: Path) -> None:
    put(folder, "a.txt", TALK)
    put(folder, "清单.csv", "文件名,题名\na.txt,茶馆记\n")
    folders.look_into_folder()
    assert Batch.objects.get().way == "list"
    assert Work.objects.get().title == "茶馆记"


def test_a_wrong_list_is_told_once_and_the_other_folders_are_taken(folder: Path) -> None:
    factories.organisation(code="ZZ")
    other = folder.parent / "ZZ"
    other.mkdir()
    put(other, "b.txt", SIMPLIFIED)
    put(folder, "a.txt", TALK)
    put(folder, "清单.csv", "文件名,日期\na.txt,某年\n")
    assert [folders.look_into_folder() for _n in range(3)] == [1, 0, 0]
    refused = Batch.objects.get(organisation__code="YC")
    (item,) = refused.items.all()
    assert (item.name, item.state) == ("清单.csv", "failed")
    assert "2" in item.reason and "日期" in item.reason
    assert (folder / "a.txt").exists()
    put(folder, "清单.csv", "文件名,日期\na.txt,1987\n")
    assert folders.look_into_folder() == 2
    assert Work.objects.get(organisation__code="YC").issued == "1987"


def test_folders_of_nobody_are_left_alone(folder: Path) -> None:
    (folder.parent / "别处").mkdir()
    put(folder.parent / "别处", "a.txt", TALK)
    assert folders.look_into_folder() == 0


def added(*arguments: object) -> dict[str, Any]:
    out = io.StringIO()
    with redirect_stdout(out):
        call_command("library", "add", *map(str, arguments), "--json")
    return json.loads(out.getvalue())  # type: ignore[no-any-return]


def test_the_command_says_what_became_of_each_file(tmp_path: Path) -> None:
    factories.organisation(code="YC")
    write(tmp_path, "a.txt", TALK)
    write(tmp_path, "坏.pdf", "%PDF-1.4")
    (tmp_path / "二").mkdir()
    write(tmp_path / "二", "b.txt", TRADITIONAL)
    said = added(tmp_path, "--organisation", "YC")
    assert [(f["file"], f["status"]) for f in said["files"]] == [
        ("a.txt", "done"), ("二/b.txt", "done"), ("坏.pdf", "failed"),
    ]  # fmt: skip
    assert said["files"][0]["work"] in Work.objects.values_list("pk", flat=True)
    assert said["files"][2]["reason"] and said["files"][2]["work"] is None


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("没有",), "没有"),
        ((".", "--organisation", "XX"), "XX"),
        ((".", "--list", "没有.xlsx"), "没有.xlsx"),
    ],
)
def test_the_command_says_what_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], said: str
) -> None:
    factories.organisation()
    write(tmp_path, "a.txt", TALK)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BadInput, match=said):
        added(*arguments)
    assert not Batch.objects.exists()
