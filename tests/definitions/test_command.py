"""sheke definition load, check, list, show, compare, export."""

from __future__ import annotations

import json

import pytest
import yaml
from django.core.management import call_command

from sheke.core.errors import BadInput
from sheke.definitions.actions import publish_edition
from sheke.definitions.models import Definition, Edition
from sheke.definitions.queries import current_edition

from .test_packs import TALKS, pack

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(capsys):
    def run(*arguments: str) -> str:
        call_command("definition", *arguments)
        return capsys.readouterr().out

    return run


@pytest.fixture
def folder(tmp_path):
    pack(tmp_path)
    return str(tmp_path)


@pytest.fixture
def loaded(run, folder):
    run("load", folder)
    return folder


def test_load_tells_what_it_did(run, folder):
    assert json.loads(run("load", folder, "--dry-run", "--json"))["new"]
    assert not Definition.objects.exists()
    assert len(json.loads(run("load", folder, "--json"))["new"]) == 3
    assert len(json.loads(run("load", folder, "--json"))["unchanged"]) == 3


def test_load_names_conflicts_and_settles_them(run, loaded, tmp_path):
    data = current_edition("indicator", "talks").data
    publish_edition(kind="indicator", key="talks", data={**data, "places": 1}, by=None)
    pack(tmp_path, indicators=TALKS.replace("期内", "本期"))
    assert "indicator/talks" in run("load", loaded)
    assert json.loads(run("load", loaded, "--take", "talks", "--json"))["changed"] == [
        "indicator/talks"
    ]


def test_check_prints_every_fault_with_its_place(run, tmp_path, capsys):
    pack(tmp_path, indicators=TALKS.replace("[talk]", "[tolk]"))
    with pytest.raises(BadInput, match="1 faults"):
        call_command("definition", "check", str(tmp_path), "--json")
    (fault,) = json.loads(capsys.readouterr().out)["faults"]
    assert (fault["file"], fault["position"], fault["field"]) == (
        "indicators/work.yaml",
        1,
        "types.0",
    )
    assert not Definition.objects.exists()


def test_list_and_show(run, loaded):
    assert {row["key"] for row in json.loads(run("list", "--json"))} == {"talk", "talks"}
    shown = json.loads(run("show", "talks", "--json"))
    assert (shown["name"], len(shown["editions"])) == ("谈话次数", 1)
    assert "谈话次数" in run("list")


def test_compare(run, loaded):
    data = current_edition("indicator", "talks").data
    publish_edition(kind="indicator", key="talks", data={**data, "unit": {"zh": "场"}}, by=None)
    (change,) = json.loads(run("compare", "talks", "1", "2", "--json"))
    assert (change["path"], change["before"], change["after"]) == ("unit.zh", "次", "场")
    with pytest.raises(BadInput, match="no edition 7"):
        run("compare", "talks", "1", "7")


def test_what_is_exported_can_be_loaded_as_it_is(run, loaded, tmp_path):
    target = tmp_path / "indicators" / "work.yaml"
    run("export", "talks", "-o", str(target))
    assert yaml.safe_load(target.read_text(encoding="utf-8"))[0]["key"] == "talks"
    assert json.loads(run("load", loaded, "--json"))["changed"] == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("show", "tallks"), "did you mean talks"),
        (("list", "--kind", "indicators"), "did you mean indicator"),
        (("load", "/nowhere"), "no pack.yaml there"),
    ],
)
def test_bad_input_is_one_line_that_helps(run, loaded, arguments, message):
    with pytest.raises(BadInput, match=message):
        run(*arguments)


def test_names_of_definitions_cost_no_query_each(run, loaded, django_assert_num_queries):
    with django_assert_num_queries(1):
        names = [str(d) for d in Definition.objects.select_related("current")]
    assert sorted(names) == ["工作", "谈话", "谈话次数"]
    assert str(Edition(definition=Definition(key="x"), number=3)) == "x #3"
