"""sheke indicator value, rows and list."""

from __future__ import annotations

import csv
import io
import json

import pytest
from django.core.management import call_command

from sheke.core.errors import BadInput
from sheke.core.tables import read_table

YEAR = ("--from", "2025-01-01", "--to", "2025-12-31")


@pytest.fixture
def run(office, capsys):
    def run(*arguments: str) -> str:
        call_command("indicator", *arguments)
        return capsys.readouterr().out

    return run


def test_value_as_json(run, office):
    data = json.loads(run("value", "lectures_held", "--organisation", "ROOT", *YEAR, "--json"))
    digest = data.pop("digest")
    assert data == {
        "key": "lectures_held", "name": "Lectures held", "value": 3, "unit": "场", "rows": 3,
        "edition": 1, "organisation": "ROOT", "from": "2025-01-01", "to": "2025-12-31",
    }  # fmt: skip
    assert digest > 0


@pytest.mark.parametrize(
    ("key", "organisation", "value"),
    [
        ("lectures_held", "SOUTH", 2),
        ("attendance", "ROOT", 100),
        ("average", "ROOT", 50),
        ("per_lecture", "ROOT", 33.3),
    ],
)
def test_values_by_aggregate_and_place(run, key, organisation, value):
    assert (
        json.loads(run("value", key, "--organisation", organisation, *YEAR, "--json"))["value"]
        == value
    )


def test_own_leaves_out_what_lies_below(run):
    assert json.loads(run("value", "lectures_held", *YEAR, "--own", "--json"))["value"] == 1


def test_nothing_to_divide_by_is_null(run):
    out = run("value", "average", "--from", "2020-01-01", "--to", "2020-12-31", "--json")
    assert json.loads(out)["value"] is None


def test_without_a_last_day_the_firsts_year_is_meant(run):
    data = json.loads(run("value", "lectures_held", "--from", "2024-03-01", "--json"))
    assert (data["to"], data["value"]) == ("2024-12-31", 1)


def test_value_in_words(run):
    assert "Lectures held: 3 场" in run("value", "lectures_held", *YEAR)


def test_rows_as_json_are_those_of_the_value(run):
    data = json.loads(run("rows", "attendance", *YEAR, "--json"))
    assert [record["title"] for record in data["records"]] == ["南区讲座", "北区讲座"]
    assert sum(record["amounts"]["attendance"] for record in data["records"]) == data["value"]


def test_rows_are_paged(run):
    out = run("rows", "lectures_held", *YEAR, "--limit", "1", "--offset", "1", "--json")
    data = json.loads(out)
    assert (data["total"], [r["title"] for r in data["records"]]) == (3, ["南区讲座"])


def test_rows_of_a_ratio_name_each_record_once(run):
    data = json.loads(run("rows", "per_lecture", *YEAR, "--json"))
    assert (data["total"], len(data["records"])) == (3, 3)


def test_rows_as_csv(run):
    rows = list(csv.DictReader(io.StringIO(run("rows", "lectures_held", *YEAR, "--csv"))))
    assert {row["Title"] for row in rows} == {"北区讲座", "南区讲座", "市里讲座"} or len(rows) == 3


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_rows_as_a_file(run, tmp_path, suffix):
    path = tmp_path / f"rows.{suffix}"
    run("rows", "lectures_held", *YEAR, "-o", str(path))
    assert len(list(read_table(path).rows)) == 3


def test_list(run):
    data = json.loads(run("list", "--json"))
    assert {row["key"] for row in data} == {"lectures_held", "attendance", "average", "per_lecture"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("value", "lectures_hold"), "Did you mean lectures_held"),
        (("value", "lectures_held", "--organisation", "NORHT"), "did you mean NORTH"),
        (("value", "lectures_held", "--from", "2025-2-30"), "--from: “2025-2-30” is not a day"),
        (("value", "lectures_held", "--from", "2025-02-01", "--to", "2025-01-01"), "lies before"),
        (("rows", "lectures_held", "-o", "rows.pdf"), "write to an .xlsx or .csv file"),
    ],
)
def test_bad_input_is_one_line_that_helps(run, arguments, message):
    with pytest.raises(BadInput, match=message.replace(".", r"\.")):
        run(*arguments)
