"""Zips: names as they were meant, sizes as they are, nothing outside of its bounds."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest

from sheke.core.errors import BadInput
from sheke.library.intake.unpacking import member_name, members_of
from sheke.site.demo.box.making import _with_gbk_names, bomb
from tests.library.reading.samples import write, zipped


def unpacked(path: Path) -> dict[str, bytes]:
    found = {}
    for member in members_of(path, path.name):
        member.content.seek(0)
        found[member.name] = member.content.read()
    return found


def test_names_in_gbk_and_in_utf_8(tmp_path: Path) -> None:
    files = {"一九八七年/发言.txt": b"a", "b.txt": b"b"}
    assert unpacked(write(tmp_path, "a.zip", zipped(files))) == files
    assert unpacked(write(tmp_path, "b.zip", _with_gbk_names(zipped(files), files))) == files


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "..\\..\\etc\\passwd"])
def test_no_name_leads_outside(name: str) -> None:
    info = zipfile.ZipInfo(name)
    info.flag_bits = 0x800
    assert member_name(info) == "etc/passwd"


def test_a_bomb_is_refused_before_anything_is_kept(tmp_path: Path, settings: Any) -> None:
    settings.UPLOAD_LIMIT = 1 << 20
    with pytest.raises(BadInput, match="20 MB"):
        unpacked(write(tmp_path, "b.zip", bomb(64 << 20)))


def test_a_bomb_that_lies_about_its_size_gives_no_more_than_it_claims(
    tmp_path: Path, settings: Any
) -> None:
    size, claimed = (64 << 20).to_bytes(4, "little"), (1000).to_bytes(4, "little")
    path = write(tmp_path, "b.zip", bomb(64 << 20).replace(size, claimed))
    member = next(iter(members_of(path, path.name)))
    assert member.reason
    member = None  # type: ignore[assignment]


def test_many_members_are_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "a.zip", zipped({f"{n}.txt": b"" for n in range(2001)}))
    with pytest.raises(BadInput, match="2001"):
        unpacked(path)


@pytest.mark.parametrize("data", [b"PK\x03\x04" + bytes(60), zipped({"a.txt": b"a" * 999})[:-30]])
def test_a_damaged_zip_says_so(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(BadInput):
        unpacked(write(tmp_path, "a.zip", data))


def test_an_empty_zip_says_so(tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        unpacked(write(tmp_path, "a.zip", zipped({})))
