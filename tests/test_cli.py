"""The command line as a whole: one clear line and exit code 1 for what cannot be done."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

PLAN = """云川市社科联2026年工作要点
一、抓好普及
1. 办好讲座。全年举办讲座不少于60场。
2. 用好阵地。6月底前完成基地评估。
"""


@pytest.fixture
def sheke(tmp_path):
    """Run the command with a data folder of its own and no database in it."""

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        env = os.environ | {
            "DJANGO_SETTINGS_MODULE": "sheke.site.settings",
            "SHEKE_VAR": str(tmp_path / "var"),
            "SHEKE_DATABASE_URL": "",
        }
        command = [sys.executable, "-m", "sheke", *arguments]
        return subprocess.run(command, env=env, capture_output=True, text=True, check=False)

    return run


def refused(result: subprocess.CompletedProcess[str]) -> str:
    """The one line that a refused command prints."""
    lines = result.stderr.strip().splitlines()
    assert (result.returncode, result.stdout, len(lines)) == (1, "", 1), result
    return lines[0]


def test_an_unknown_noun_is_refused_with_a_hint(sheke):
    assert "plan" in refused(sheke("plann", "import"))


def test_a_database_that_is_not_set_up_says_what_to_do(sheke):
    assert "sheke setup" in refused(sheke("plan", "list"))


def test_a_missing_file_is_named(sheke):
    assert "/none.txt" in refused(sheke("plan", "import", "/none.txt", "--dry-run"))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["plan", "list", "--yeer", "2026"], "--yeer"),
        (["plan", "import"], "FILE"),
        (["plan", "lst"], "lst"),
        (["report", "fill", "summary", "--organisation", "YC"], "--period"),
        (["record", "list", "--limit", "many", "--json"], "--limit"),
    ],
)
def test_wrong_usage_is_one_line_that_says_where_help_is(sheke, arguments, said):
    line = refused(sheke(*arguments))
    assert said in line
    assert f"sheke {arguments[0]}" in line
    assert "--help" in line


def test_help_lists_every_noun(sheke):
    listed = sheke("--help").stdout
    for noun in ("plan", "record", "indicator", "report", "organisation", "definition", "demo"):
        assert noun in listed


def test_a_dry_run_needs_no_database_and_prints_json_only(sheke, tmp_path):
    path = tmp_path / "要点.txt"
    path.write_bytes(PLAN.encode("gb18030"))
    result = sheke("plan", "import", str(path), "--dry-run", "--json")
    read = json.loads(result.stdout)
    assert result.returncode == 0
    assert [item["number"] for item in read["items"]] == ["一、", "1.", "2."]
    assert set(read["items"][0]) >= {
        "id", "parent", "number", "level", "kind", "title", "text", "targets", "due",
    }  # fmt: skip


def test_slots_are_printed_as_json(sheke, tmp_path):
    path = tmp_path / "总结.txt"
    path.write_text("全年举办讲座xx场，受众5.2万余人次。")
    slots = json.loads(sheke("report", "slots", str(path), "--json").stdout)["slots"]
    assert [slot["text"] for slot in slots] == ["xx场", "5.2万余人次"]
