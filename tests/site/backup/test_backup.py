"""A backup restores on an empty machine; what does not fit is refused and changes nothing."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.installations import empty, released


@pytest.fixture(scope="module")
def installation(tmp_path_factory, django_db_setup):
    with released(tmp_path_factory.mktemp("whole"), "0.1.0") as one:
        assert one.run("setup", "--json").returncode == 0
        one.put_files()
        one.ask("audit", "seal")
        yield one


@pytest.fixture(scope="module")
def backup(installation):
    """A folder with one backup, and what the command printed of it."""
    folder = installation.var / "backups"
    return folder, installation.ask("backup", "-o", str(folder))


def refused(done) -> str:
    assert (done.returncode, done.stdout) == (1, ""), done
    return done.stderr.strip().splitlines()[-1]


def test_it_says_what_it_holds(backup):
    _folder, told = backup
    assert (told["records"], told["files"], len(told["missing"])) == (129, 12, 2)
    assert told["secret_key"] == "included"
    assert told["audit"]["events"] > 1000
    assert len(told["audit"]["seal"]) == len(told["seal"]["seal"]) == 64


def test_it_restores_on_an_empty_machine_and_all_agree(backup, installation, tmp_path):
    folder, told = backup
    with empty(tmp_path / "other") as other:
        assert other.ask("restore", str(folder))["records"] == 129
        assert other.ask("report", "seals") == installation.ask("report", "seals")
        verified = other.ask("audit", "verify", "--head", told["audit"]["seal"])
        assert verified["holds"] and verified["known"]
        assert other.ask("report", "verify", "--code", told["seal"]["code"])["holds"]
        again = other.ask("backup", "-o", str(tmp_path / "again"))
        assert (again["records"], again["files"]) == (129, 12)
    there, here = tmp_path / "other", installation.var
    assert (there / "secret_key").read_text() == (here / "secret_key").read_text()
    names = sorted(p.relative_to(here) for p in (here / "files").rglob("*") if p.is_file())
    assert len(names) == 12
    assert all((there / n).read_bytes() == (here / n).read_bytes() for n in names)


def test_as_one_file_it_verifies_and_restores(installation, tmp_path):
    file = tmp_path / "whole.tar.zst"
    told = installation.ask("backup", "-o", str(file), "--verify", "--without-key")
    assert told["verified"]["problems"] == []
    assert told["secret_key"] == "left out"
    with empty(tmp_path / "other") as other:
        assert other.ask("restore", str(file))["files"] == 12
    assert len(list((tmp_path / "other/files").rglob("*.pdf"))) == 12


def test_a_second_backup_copies_no_file_again_and_old_ones_go(installation, tmp_path):
    folder = tmp_path / "nightly"
    installation.ask("backup", "-o", str(folder))
    contents = {p: p.stat().st_ino for p in (folder / "files").glob("*/*")}
    installation.ask("backup", "-o", str(folder), "--keep", "1")
    assert {p: p.stat().st_ino for p in (folder / "files").glob("*/*")} == contents
    assert len(contents) == 12
    assert len(list(folder.glob("sheke-*"))) == 1


def test_a_database_with_data_is_kept_unless_told(backup, installation):
    folder, told = backup
    line = refused(installation.run("restore", str(folder)))
    assert "--replace" in line
    assert installation.ask("restore", str(folder), "--replace")["records"] == told["records"]
    assert len(list((installation.var / "before-restore").glob("sheke-*"))) == 1


@pytest.mark.parametrize("member", ["database.", "files.ndjson"])
def test_a_damaged_member_is_named_and_nothing_happens(backup, tmp_path, member):
    folder, _told = backup
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    victim = next(copy.glob(f"sheke-*/{member}*"))
    victim.write_bytes(victim.read_bytes()[:-7] + b"damaged")
    with empty(tmp_path / "other") as other:
        assert victim.name in refused(other.run("restore", str(copy)))
        assert "sheke setup" in refused(other.run("plan", "list"))


def test_a_damaged_content_is_found(backup, installation, tmp_path):
    folder, _told = backup
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    victim = next((copy / "files").glob("*/*"))
    victim.write_bytes(b"%PDF-1.4 another")
    done = installation.run("backup", "verify", str(copy), "--json")
    assert done.returncode == 1
    assert len(json.loads(done.stdout)["problems"]) == 1
    with empty(tmp_path / "other") as other:
        assert victim.name in refused(other.run("restore", str(copy)))


def test_a_newer_versions_backup_is_refused(backup, tmp_path):
    folder, _told = backup
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    path = next(copy.glob("sheke-*/manifest.json"))
    manifest = json.loads(path.read_text())
    manifest["sheke"] = "9.0"
    manifest["migrations"]["ledger"].append("0999_later")
    path.write_text(json.dumps(manifest))
    with empty(tmp_path / "other") as other:
        line = refused(other.run("restore", str(copy)))
    assert "9.0" in line and "ledger.0999_later" in line


def test_an_older_versions_backup_restores_and_is_brought_up(tmp_path):
    folder = tmp_path / "old"
    with released(tmp_path / "var", "0.1.0") as old:
        told = old.ask("backup", "-o", str(folder))  # before the upgrade, by the new version
    with empty(tmp_path / "other") as other:
        assert other.ask("restore", str(folder))["records"] == told["records"] == 129
        assert other.run("migrate", "--check").returncode == 0
        assert other.ask("report", "seals")["broken"] == []


@pytest.mark.parametrize("what", ["nothing", "text", "folder"])
def test_what_is_no_backup_is_said_so(what, tmp_path):
    path = tmp_path / "given"
    if what == "text":
        path.write_text("no archive")
    elif what == "folder":
        path.mkdir()
    with empty(tmp_path / "other") as other:
        assert str(path) in refused(other.run("restore", str(path)))
        assert not Path(tmp_path / "other/restore-unfinished.json").exists()
