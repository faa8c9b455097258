"""The command line of the directory."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.core.management import call_command

from sheke.core.errors import BadInput
from sheke.core.tables import write_csv
from sheke.directory.models import Account, Organisation, Tenure
from tests.factories import account, organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def root():
    return organisation(
        kind="federation", code="YC", name="云川市社科联", valid_from=date(2000, 1, 1)
    )


@pytest.fixture
def said(capsys):
    """`said("organisation", "list")` runs the command with --json and gives what it printed."""

    def run(*arguments: str):
        capsys.readouterr()
        call_command(*arguments, "--json")
        return json.loads(capsys.readouterr().out)

    return run


def test_organisations_are_created_listed_renamed_moved_shown(root, said):
    assert said("organisation", "create", "S1", "学会", "--kind", "society", "--under", "YC")
    said("organisation", "create", "X1", "区", "--kind", "county_federation", "--under", "YC")
    call_command("organisation", "move", "S1", "--under", "X1", "--reason", "属地")
    call_command("organisation", "rename", "S1", "新学会", "--reason", "更名")
    shown = said("organisation", "show", "S1")
    assert (shown["name"], shown["parent"]) == ("新学会", "X1")
    assert [state["reason"] for state in shown["history"]] == ["", "属地", "更名"]
    assert [o["code"] for o in said("organisation", "list", "--below", "X1")] == ["X1", "S1"]
    assert [o["code"] for o in said("organisation", "list", "--kind", "society")] == ["S1"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("organisation", "show", "YD"),
        ("organisation", "list", "--kind", "club"),
        ("organisation", "move", "YC", "--under", "YC", "--reason", "x"),
        ("account", "password", "nobody"),
        ("account", "create", "somebody"),
        ("organisation", "export", "/tmp/table.pdf"),
    ],
)
def test_bad_input_is_one_clear_line(root, arguments):
    with pytest.raises(BadInput) as error:
        call_command(*arguments)
    assert "\n" not in str(error.value)


def test_an_import_is_all_or_nothing(root, said, tmp_path, capsys):
    file = tmp_path / "单位.csv"
    headings = ["代码", "名称", "类别", "上级代码"]
    file.write_bytes(write_csv(headings, [["S1", "学会", "社会组织", "YC"]]))
    assert said("organisation", "import", str(file), "--dry-run")["counts"] == {"new": 1}
    assert not Organisation.objects.filter(code="S1").exists()
    assert said("organisation", "import", str(file))["dry_run"] is False
    assert Organisation.objects.filter(code="S1").exists()
    file.write_bytes(
        write_csv(headings, [["S2", "学会", "社会组织", "YC"], ["S3", "学会", "社会组织", "无"]])
    )
    capsys.readouterr()
    with pytest.raises(BadInput):
        call_command("organisation", "import", str(file), "--json")
    printed = json.loads(capsys.readouterr().out)
    assert [(p["row"], p["column"]) for p in printed["problems"]] == [(3, "上级代码")]
    assert not Organisation.objects.filter(code="S2").exists()


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_what_was_exported_can_be_imported(root, said, tmp_path, kind):
    account(root)
    files = {name: str(tmp_path / f"{name}.{kind}") for name in ("o", "p", "t")}
    assert said("organisation", "export", files["o"])["rows"] == 1
    assert said("person", "export", files["p"])["rows"] == 1
    assert said("person", "export", files["t"], "--tenures")["rows"] == 1
    assert said("organisation", "import", files["o"])["counts"] == {"unchanged": 1}
    assert said("person", "import", files["p"])["counts"] == {"unchanged": 1}
    assert said("person", "import", files["t"], "--tenures")["counts"] == {"unchanged": 1}


def test_the_first_account_of_a_new_machine(root, said):
    made = said("account", "create", "admin", "--person", "某人", "--organisation", "YC",
                "--role", "administrator")  # fmt: skip
    account_ = Account.objects.get(username="admin")
    assert account_.check_password(made["password"])
    assert account_.has_perm("directory.administer", root)
    renewed = said("account", "password", "admin")
    assert renewed["password"] != made["password"]
    assert [a["user"] for a in said("account", "list")] == ["admin"]


def test_a_failed_account_leaves_nothing(root):
    account(root, username="taken")
    with pytest.raises(BadInput):
        call_command("account", "create", "taken", "--person", "某人", "--organisation", "YC")
    assert not Tenure.objects.filter(person__name="某人").exists()


def test_people_are_listed_with_masked_numbers(root, said):
    person = account(root).person
    person.phone = "13800001234"
    person.save()
    (row,) = said("person", "list", "--organisation", "YC")
    assert row["phone"] == "138****1234"
    assert row["tenures"] == [{"organisation": "YC", "role": "secretary", "post": ""}]
