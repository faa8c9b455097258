"""sheke record: what it prints, what it refuses."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.core.management import call_command

from sheke.core.errors import BadInput
from sheke.core.tables import read_table, write_xlsx
from sheke.ledger.actions import close_period
from sheke.ledger.models import Record
from tests import factories

pytestmark = pytest.mark.django_db

HEADINGS = ["标题", "日期", "单位", "参加人次（人次）"]


@pytest.fixture
def city():
    return factories.organisation(kind="federation", name="云川市社科联", code="city")


@pytest.fixture
def lecture(city):
    return factories.lecture_type()


@pytest.fixture
def run(capsys):
    """Run `sheke record …` and return what it printed as JSON."""

    def run_(*arguments: object):
        capsys.readouterr()
        call_command("record", *map(str, arguments), "--json")
        return json.loads(capsys.readouterr().out)

    return run_


def given(**fields):
    return {
        "type": "lecture", "title": "宋词里的江南", "date": "2025-05-10", "organisation": "city",
    } | fields  # fmt: skip


def saved(tmp_path, data):
    path = tmp_path / "records.json"
    path.write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    return path


def test_list_with_sums(run, city, lecture):
    factories.record(lecture, city, amounts={"attendance": 10}, happened_on=date(2025, 5, 1))
    factories.record(lecture, city, amounts={"attendance": 5}, happened_on=date(2024, 5, 1))
    found = run("list", "--type", "lecture", "--from", "2025-01-01", "--organisation", "city")
    assert found["count"] == 1
    assert found["totals"]["attendance"] == "10"
    assert found["records"][0]["organisation"] == "city"


def test_list_for_people(capsys, city, lecture):
    factories.record(lecture, city, title="讲座甲")
    call_command("record", "list")
    assert "讲座甲" in capsys.readouterr().out


def test_post_show_reverse(run, tmp_path, city, lecture):
    cohost = factories.organisation(city, code="a")
    account = factories.account(city)
    path = saved(
        tmp_path, given(amounts={"attendance": 12}, fields={"level": "市级"}, cohosts=["a"])
    )
    (number,) = run("post", path, "--by", account.username)["posted"]
    shown = run("show", number)
    assert shown["amounts"] == {"attendance": "12"} and shown["fields"] == {"level": "city"}
    assert shown["cohosts"] == [cohost.code]
    assert shown["versions"][0]["by"] == account.username
    run("reverse", number, "--reason", "重复")
    assert run("show", number)["state"] == "reversed"


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"type": "ghost"}, "ghost"), ({"organisation": "ghost"}, "ghost"),
        ({"date": "2025-13-01"}, "2025-13-01"), ({"amounts": {"attendance": "x"}}, "attendance"),
        ({"ghost": 1}, "ghost"), ({"title": ""}, "title"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_and_nothing_posted(run, tmp_path, city, lecture, wrong, says):
    with pytest.raises(BadInput, match=rf"2.*{says}"):
        run("post", saved(tmp_path, [given(), given(**wrong)]))
    assert not Record.objects.exists()


def test_no_json(run, tmp_path, city):
    path = tmp_path / "a.json"
    path.write_text("{")
    for file in (path, tmp_path / "none.json"):
        with pytest.raises(BadInput, match=file.name):
            run("post", file)


def test_import_dry_run_then_for_good(run, tmp_path, city, lecture):
    path = tmp_path / "t.xlsx"
    path.write_bytes(write_xlsx(HEADINGS, [["讲座甲", "2025-05-10", None, 12]]))
    found = run("import", path, "--type", "lecture", "--organisation", "city", "--dry-run")
    assert (found["rows"], found["posted"], found["problem_count"]) == (1, 0, 0)
    assert run("import", path, "--type", "lecture", "--organisation", "city")["posted"] == 1
    again = run("import", path, "--type", "lecture", "--organisation", "city", "--skip-duplicates")
    assert (again["posted"], len(again["duplicates"])) == (0, 1)


def test_import_names_the_first_problem(run, tmp_path, city, lecture, capsys):
    path = tmp_path / "t.xlsx"
    path.write_bytes(write_xlsx(HEADINGS, [["讲座甲", "昨天", "city", 12]]))
    with pytest.raises(BadInput, match="昨天"):
        run("import", path, "--type", "lecture")
    assert json.loads(capsys.readouterr().out)["problems"][0]["row"] == 2


def test_closed_periods_need_a_reason(run, tmp_path, city, lecture):
    close_period(
        organisation=city, first_day=date(2025, 1, 1), last_day=date(2025, 12, 31), by=None
    )
    path = saved(tmp_path, given())
    with pytest.raises(BadInput, match="2025-05-10"):
        run("post", path)
    assert len(run("post", path, "--reason", "后补")["posted"]) == 1


def test_template_and_export(run, tmp_path, city, lecture):
    template, export = tmp_path / "t.xlsx", tmp_path / "e.csv"
    call_command("record", "template", "lecture", "-o", str(template))
    factories.record(lecture, city, amounts={"attendance": 3})
    assert run("export", "-o", export, "--type", "lecture")["records"] == 1
    headings = read_table(template).headings
    assert set(headings) < set(read_table(export).headings)
    with pytest.raises(BadInput, match="pdf"):
        run("export", "-o", tmp_path / "e.pdf")


@pytest.mark.parametrize(
    "options",
    [
        ["--type", "ghost"], ["--organisation", "ghost"], ["--from", "x"], ["--state", "ghost"],
        ["--plan-item", "99"],
    ],
)  # fmt: skip
def test_filters_that_do_not_exist(run, city, options):
    with pytest.raises(BadInput):
        run("list", *options)
