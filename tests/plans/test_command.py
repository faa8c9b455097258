"""`sheke plan`: import, list, show, duties, template."""

from __future__ import annotations

import json

import pytest
from django.core.management import call_command

from sheke.core.errors import BadInput
from sheke.core.tables import write_xlsx
from sheke.plans.breakdown import COLUMNS
from sheke.plans.models import Duty, Plan

from .conftest import TEXT, item


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "要点.txt"
    path.write_text(TEXT, encoding="gb18030")
    return str(path)


def run(capsys, *arguments):
    call_command("plan", *arguments)
    return capsys.readouterr().out


def test_a_dry_run_prints_the_tree_without_a_database(file, capsys):
    data = json.loads(run(capsys, "import", file, "--dry-run", "--json"))
    assert data["title"] == "云川市社科联2025年工作要点"
    assert [i["kind"] for i in data["items"]].count("chapter") == 2
    assert set(data["items"][0]) >= {
        "id", "parent", "number", "level", "kind", "title", "text", "targets", "due",
    }  # fmt: skip


def test_import_takes_the_only_root_organisation(file, capsys, city, office):
    run(capsys, "import", file)
    plan = Plan.objects.get()
    assert (plan.organisation, plan.year, plan.source_name) == (city, 2025, "要点.txt")
    assert plan.source.size == len(TEXT.encode("gb18030"))


def test_import_for_an_organisation_and_year(file, capsys, city, office):
    data = json.loads(
        run(capsys, "import", file, "--organisation", "first", "--year", "2026", "--json")
    )
    plan = Plan.objects.get(pk=data["plan"])
    assert (plan.organisation, plan.year) == (office, 2026)


@pytest.mark.parametrize("more", [["--organisation", "nowhere"], []])
def test_bad_input_writes_nothing(file, more, db):
    with pytest.raises(BadInput):
        call_command("plan", "import", file, *more)
    assert not Plan.objects.exists()


def test_list_and_show(plan, capsys):
    assert json.loads(run(capsys, "list", "--json"))[0]["title"] == plan.title
    shown = json.loads(run(capsys, "show", str(plan.pk), "--json"))
    assert shown["items"][1]["lead"] == ["first"]
    assert "抓研究" in run(capsys, "show", str(plan.pk))
    with pytest.raises(BadInput):
        call_command("plan", "show", "999")


def test_duties_are_checked_and_then_saved(plan, office, tmp_path, capsys):
    path = tmp_path / "duties.xlsx"
    path.write_bytes(write_xlsx(COLUMNS, [["2.", "办好年会", "第一科", "", "9月底前"]]))
    run(capsys, "duties", str(path))
    assert Duty.objects.count() == 1
    assert json.loads(run(capsys, "duties", str(path), "--save", "--json"))["saved"] == 1
    assert item(plan, "办好年会").duties.get().organisation == office


def test_wrong_duties_are_told_and_nothing_is_saved(plan, tmp_path, capsys):
    path = tmp_path / "duties.xlsx"
    path.write_bytes(write_xlsx(COLUMNS, [["2.", "办好年会", "无此单位", "", ""]]))
    with pytest.raises(BadInput):
        call_command("plan", "duties", str(path), "--save", "--json")
    problem = json.loads(capsys.readouterr().out)["problems"][0]
    assert (problem["row"], problem["column"]) == (2, "牵头单位")
    assert Duty.objects.count() == 1
