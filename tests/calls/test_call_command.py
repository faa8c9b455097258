"""`sheke call` on files: a plan, its check, and what cannot be read; no database."""

from __future__ import annotations

import json

import pytest
from django.core.management import call_command
from django.utils import translation

from sheke.core.errors import BadInput
from tests.calls.assignment.worlds import data

PROBLEM = data(3, 2, reviews=2, seed=1, affinity={"dense": [[1, 2], [2, 1], [0, 1]]})


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def files(tmp_path):
    problem, plan = tmp_path / "problem.json", tmp_path / "plan.json"
    problem.write_text(json.dumps(PROBLEM))
    return problem, plan


def test_a_plan_is_written_and_holds(files, capsys):
    problem, plan = map(str, files)
    call_command("call", "assign-file", problem, "-o", plan, "--json")
    summary = json.loads(capsys.readouterr().out)
    assert (summary["pairs"], summary["missing"]) == (4, 0)
    written = json.loads(files[1].read_text())
    assert written.keys() >= {"pairs", "objective", "bound", "seconds", "infeasible"}
    assert sorted(submission for _reviewer, submission in written["pairs"]) == [
        "S0",
        "S0",
        "S1",
        "S1",
    ]
    call_command("call", "check-file", problem, plan, "--json")
    verdict = json.loads(capsys.readouterr().out)
    assert (verdict["holds"], verdict["violations"]) == (True, [])
    assert verdict["certified"] == pytest.approx(written["bound"])


def test_without_a_file_the_plan_is_printed(files, capsys):
    call_command("call", "assign-file", str(files[0]))
    assert len(json.loads(capsys.readouterr().out)["pairs"]) == 4


def test_a_broken_plan_ends_with_1(files, capsys):
    problem, plan = files
    call_command("call", "assign-file", str(problem), "-o", str(plan))
    spoilt = json.loads(plan.read_text())
    spoilt["pairs"].pop()
    plan.write_text(json.dumps(spoilt))
    capsys.readouterr()
    with pytest.raises(SystemExit) as ended:
        call_command("call", "check-file", str(problem), str(plan), "--json")
    assert ended.value.code == 1
    assert json.loads(capsys.readouterr().out)["violations"]


def test_what_stands_in_the_way_is_said(files, capsys):
    problem, plan = files
    problem.write_text(json.dumps(PROBLEM | {"load": [0, 1]}))
    call_command("call", "assign-file", str(problem), "-o", str(plan))
    assert "3 reviews; 4 are needed" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{", "line 1, column 2"),
        (b"\xff\xfe{", "UTF-8"),
        (b"[1]", "submissions"),
        (b'{"reviews": 2}', "submissions: "),
    ],
)
def test_what_cannot_be_read_is_named(files, content, said):
    files[0].write_bytes(content)
    with pytest.raises(BadInput, match=said):
        call_command("call", "assign-file", str(files[0]))


def test_files_that_are_not_there_are_named(files, tmp_path):
    with pytest.raises(BadInput, match=r"none\.json"):
        call_command("call", "assign-file", str(tmp_path / "none.json"))
    with pytest.raises(BadInput, match="folder"):
        call_command("call", "assign-file", str(files[0]), "-o", str(tmp_path / "folder/plan.json"))
