"""Tables of records: the template, the dry run, all or nothing, and what is told about problems."""

from __future__ import annotations

import io
from datetime import date, datetime

import openpyxl
import pytest
from django.urls import reverse
from django.utils.translation import override

from sheke.core.errors import BadInput
from sheke.core.tables import read_table, write_csv, write_xlsx
from sheke.ledger import tasks
from sheke.ledger.actions import close_period
from sheke.ledger.imports import cells
from sheke.ledger.imports.checking import check
from sheke.ledger.imports.layout import layout_of
from sheke.ledger.imports.lookups import Lookups
from sheke.ledger.imports.posting import post_table
from sheke.ledger.imports.template import template
from sheke.ledger.models import Heading, ImportRun, Record
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return factories.organisation(
        kind="federation", name="云川市社会科学界联合会", short_name="市社科联", code="city"
    )


@pytest.fixture
def county(city):
    return factories.organisation(city, name="青岚区社科联", code="qinglan")


@pytest.fixture
def lecture():
    required = {
        "key": "attendance",
        "name": {"zh": "参加人次"},
        "unit": {"zh": "人次"},
        "required": True,
    }
    measures = [required, *factories.LECTURE["measures"][1:]]
    fields = [
        *factories.LECTURE["fields"],
        {"key": "audience", "name": {"zh": "对象"}, "kind": "choices",
         "choices": [{"key": "a", "name": {"zh": "社区"}}, {"key": "b", "name": {"zh": "学校"}}]},
        {"key": "approved", "name": {"zh": "批准日期"}, "kind": "date"},
    ]  # fmt: skip
    return factories.definition(
        "record_type", factories.LECTURE | {"measures": measures, "fields": fields}
    )


HEADINGS = ["标题", "日期", "单位", "参加人次（人次）", "级别"]


def table(*rows, headings=HEADINGS):
    return read_table(io.BytesIO(write_xlsx(headings, rows)), "表.xlsx")


def run_check(lecture, *rows, account=None, headings=HEADINGS, **options):
    with override("zh-hans"):
        return check(table(*rows, headings=headings), lecture, Lookups.load(account), **options)


def post(lecture, *rows, account=None, headings=HEADINGS, **options):
    with override("zh-hans"):
        return post_table(
            table=table(*rows, headings=headings), edition=lecture, lookups=Lookups.load(account),
            by=account, **options,
        )  # fmt: skip


GOOD = ["宋词里的江南", "2025-05-10", "青岚区社科联", 120, "市级"]


def places(outcome):
    return [(problem.row, problem.column) for problem in outcome.problems]


def test_a_day_that_has_not_come_is_named(lecture, county):
    outcome = run_check(lecture, ["明年的讲座", "2999-01-01", "青岚区社科联", 120, "市级"])
    assert (2, "日期") in places(outcome)


class TestTemplate:
    def test_it_marks_what_is_required_and_offers_choices(self, lecture):
        with override("zh-hans"):
            book = openpyxl.load_workbook(io.BytesIO(template(lecture)))
        sheet, explained = book.worksheets[0], book.worksheets[-1]
        head = [cell.value for cell in sheet[1]]
        assert head[:5] == ["标题 *", "日期 *", "结束日期", "单位", "参加人次（人次） *"]
        rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
        column = openpyxl.utils.get_column_letter(head.index("级别") + 1)
        assert f"{column}2:{column}200000" in rules
        texts = {row[0].value: row[2].value for row in explained.iter_rows(min_row=2)}
        assert "市级、县级" in texts["级别"]

    def test_it_can_be_filled_in_and_imported(self, lecture, county):
        with override("zh-hans"):
            book = openpyxl.load_workbook(io.BytesIO(template(lecture)))
        row = {
            "标题 *": "讲座", "日期 *": datetime(2025, 5, 10), "参加人次（人次） *": 12, "线上": "是",
            "对象": "社区、学校", "批准日期": "2025年4月1日", "时长": 1.5,
        }  # fmt: skip
        sheet = book.worksheets[0]
        sheet.append([row.get(cell.value) for cell in sheet[1]])
        file = io.BytesIO()
        book.save(file)
        with override("zh-hans"):
            post_table(
                table=read_table(file, "a.xlsx"), edition=lecture, lookups=Lookups.load(None),
                by=None, organisation=county,
            )  # fmt: skip
        record = Record.objects.get()
        assert record.organisation == county
        assert record.attributes == {
            "online": True, "hours": "1.5", "audience": ["a", "b"], "approved": "2025-04-01",
        }  # fmt: skip

    def test_a_measure_called_like_an_own_column_is_told_apart(self):
        twin = {"key": "note", "name": {"zh": "备注"}, "unit": {"zh": "条"}}
        field = {"key": "date", "name": {"zh": "日期"}, "kind": "date"}
        edition = factories.definition(
            "record_type", factories.LECTURE | {"measures": [twin], "fields": [field]}
        )
        with override("zh-hans"):
            layout = layout_of(edition)
            columns, problems = layout.matched([c.heading for c in layout.columns])
        assert not problems
        assert len({c.heading for c in layout.columns}) == len(layout.columns) == len(columns)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2025-3-1", date(2025, 3, 1)), ("2025/03/01", date(2025, 3, 1)),
        ("2025.3.1", date(2025, 3, 1)), ("2025年3月1日", date(2025, 3, 1)),
        ("２０２５年３月１日", date(2025, 3, 1)), ("20250301", date(2025, 3, 1)),
        (20250301, date(2025, 3, 1)), (45717, date(2025, 3, 1)),
        (datetime(2025, 3, 1, 9), date(2025, 3, 1)), ("2025-03-01 00:00:00", date(2025, 3, 1)),
    ],
)  # fmt: skip
def test_days_as_people_write_them(cell, day):
    assert cells.day(cell) == day


@pytest.mark.parametrize("cell", ["2025-13-01", "3月1日", "昨天", "2025-02-30", 12, 3.5, True])
def test_what_is_no_day(cell):
    with pytest.raises(ValueError):
        cells.day(cell)


class TestChecking:
    def test_every_problem_by_row_and_column(self, lecture, county):
        outcome = run_check(
            lecture,
            GOOD,
            ["", "2025-13-02", "青岚区社科联", "很多", "省级"],
            ["讲座", None, "无此学会", None, None],
            ["讲座", "2025-05-10", "青岚区社科联", None, None],
        )
        assert outcome.rows == 4
        assert places(outcome) == [
            (3, "日期"), (3, "标题"), (3, "参加人次（人次）"), (3, "级别"), (4, "单位"), (4, "日期"),
            (4, "参加人次（人次）"), (5, "参加人次（人次）"),
        ]  # fmt: skip
        assert outcome.problem_count == 8

    def test_all_content_problems_of_a_row_at_once(self, lecture, county):
        outcome = run_check(lecture, ["", "2025-05-10", "青岚区社科联", "很多", "省级"])
        assert sorted(column for _row, column in places(outcome)) == [
            "参加人次（人次）", "标题", "级别",
        ]  # fmt: skip

    def test_headings(self, lecture, county):
        outcome = run_check(lecture, ["讲座", 5], headings=["标题", "级别们"])
        assert places(outcome)[:3] == [(1, "级别们"), (1, "日期"), (1, "参加人次（人次）")]
        assert places(outcome)[3:] == [(2, "单位")]  # a column that is missing is told once
        assert "级别" in outcome.problems[0].message

    def test_headings_by_key_english_and_without_measure_word(self, lecture, county):
        headings = ["Title", "Date", "Organisation", "attendance", "Level"]
        assert not run_check(lecture, GOOD, headings=headings).problem_count
        headings[3] = "参加人次"
        assert not run_check(lecture, GOOD, headings=headings).problem_count

    def test_columns_of_an_exported_list_are_passed_over(self, lecture, county):
        outcome = run_check(lecture, [*GOOD, 7, "有效"], headings=[*HEADINGS, "编号", "状态"])
        assert not outcome.problem_count

    def test_an_empty_table(self, lecture):
        assert run_check(lecture).problem_count

    def test_organisations_by_name_short_name_code(self, lecture, city, county):
        rows = [
            ["甲", "2025-05-10", name, 1, None]
            for name in ("市社科联", "city", "CITY", " 青岚区社科联 ")
        ]
        assert not run_check(lecture, *rows).problem_count

    def test_a_name_of_several_needs_the_code(self, lecture, city):
        for code in ("one", "two"):
            factories.organisation(city, name="历史学会", code=code)
        outcome = run_check(lecture, ["甲", "2025-05-10", "历史学会", 1, None])
        assert "one" in outcome.problems[0].message
        assert not run_check(lecture, ["甲", "2025-05-10", "two", 1, None]).problem_count

    def test_only_for_whom_one_acts(self, lecture, city, county):
        account = factories.account(county)
        outcome = run_check(lecture, GOOD, ["甲", "2025-05-10", "city", 1, None], account=account)
        assert places(outcome) == [(3, "单位")]

    def test_closed_periods_need_a_reason(self, lecture, city, county):
        close_period(
            organisation=city, first_day=date(2025, 5, 1), last_day=date(2025, 5, 31), by=None
        )
        assert places(run_check(lecture, GOOD)) == [(2, "日期")]
        assert not run_check(lecture, GOOD, reason="后补").problem_count

    def test_plan_items_by_number_and_title_nearest_first(self, lecture, city, county):
        for unit, year in ((city, 2025), (county, 2025), (city, 2024)):
            Heading.objects.create(organisation=unit, year=year, number="（三）", title="办好讲坛")
        headings = [*HEADINGS, "要点事项"]
        post(lecture, [*GOOD, "三"], headings=headings)
        assert Record.objects.get().heading == Heading.objects.get(organisation=county)
        outcome = run_check(lecture, [*GOOD, "办别的"], headings=headings)
        assert places(outcome) == [(2, "要点事项")]

    def test_duplicates_of_records_and_of_earlier_rows(self, lecture, county):
        record = factories.record(
            lecture, county, title="宋词里的江南", happened_on=date(2025, 5, 10),
            amounts={"attendance": 3},
        )  # fmt: skip
        fresh = ["古籍修复体验", "2025-05-11", "青岚区社科联", 10, None]
        outcome = run_check(lecture, GOOD, fresh, fresh)
        assert [(d.row, d.record, d.other_row) for d in outcome.duplicates] == [
            (2, record.pk, None),
            (4, None, 3),
        ]
        assert not outcome.problem_count

    def test_few_queries_for_many_rows(self, lecture, county, django_assert_num_queries):
        rows = [[f"第{n}讲", "2025-05-10", "qinglan", n, None] for n in range(300)]
        with django_assert_num_queries(4):
            assert run_check(lecture, *rows).rows == 300


class TestPosting:
    def test_all_or_nothing(self, lecture, county, monkeypatch):
        monkeypatch.setattr("sheke.ledger.imports.checking.CHUNK", 1)
        with pytest.raises(BadInput, match="3"):
            post(lecture, GOOD, ["", "2025-05-10", "qinglan", 1, None])
        assert not Record.objects.exists()

    def test_cohosts_and_rows_left_out(self, lecture, city, county):
        headings = [*HEADINGS, "联办单位"]
        posted = post(
            lecture,
            [*GOOD, "市社科联、青岚区社科联"],
            [*GOOD, None],
            headings=headings,
            without={3},
        )
        assert posted == 1
        assert [p.organisation for p in Record.objects.get().participations.all()] == [city]

    def test_an_export_can_be_imported_again(self, lecture, city, county, client):
        post(lecture, GOOD)
        client.force_login(factories.account(city))
        data = client.get(reverse("ledger:export", args=["xlsx"]), {"type": "lecture"}).content
        with override("zh-hans"):
            post_table(
                table=read_table(io.BytesIO(data), "a.xlsx"), edition=lecture,
                lookups=Lookups.load(None), by=None,
            )  # fmt: skip
        one, other = Record.objects.all()
        assert (one.title, one.amounts, one.attributes, one.organisation) == (
            other.title, other.amounts, other.attributes, other.organisation,
        )  # fmt: skip


class TestPages:
    @pytest.fixture
    def clerk(self, city, county, client):
        account = factories.account(city, "staff")
        client.force_login(account)
        return account

    def upload(self, client, *rows, name="表.xlsx", **fields):
        data = write_xlsx(HEADINGS, rows) if name.endswith("xlsx") else write_csv(HEADINGS, rows)
        file = io.BytesIO(data)
        file.name = name
        response = client.post(
            reverse("ledger:imports"), {"type": "lecture", "file": file} | fields
        )
        return response, ImportRun.objects.first()

    @pytest.mark.parametrize("name", ["表.xlsx", "表.csv"])
    def test_checked_then_posted(self, client, clerk, lecture, name):
        response, run = self.upload(client, GOOD, name=name)
        assert response.url == reverse("ledger:import", args=[run.pk])
        assert (run.state, run.rows, run.problem_count) == ("checked", 1, 0)
        client.post(reverse("ledger:posting", args=[run.pk]))
        run.refresh_from_db()
        assert (run.state, run.posted) == ("posted", 1)
        assert Record.objects.get().posted_by == clerk
        client.post(reverse("ledger:posting", args=[run.pk]))  # a second click posts nothing more
        assert Record.objects.count() == 1

    def test_problems_on_the_page_and_in_the_marked_table(self, client, clerk, lecture):
        _response, run = self.upload(client, GOOD, ["讲座", "昨天", "qinglan", 3, None])
        page = client.get(reverse("ledger:import", args=[run.pk])).content.decode()
        assert "昨天" in page
        client.post(reverse("ledger:posting", args=[run.pk]))
        assert not Record.objects.exists()
        data = client.get(reverse("ledger:problems", args=[run.pk])).content
        sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
        assert [cell.value for cell in sheet[2]] == [3, "讲座", "昨天", "qinglan", 3, None]
        assert "昨天" in sheet["C2"].comment.text

    def test_skipping_what_looks_alike(self, client, clerk, lecture):
        _response, run = self.upload(client, GOOD, GOOD)
        assert len(run.duplicates) == 1
        client.post(reverse("ledger:posting", args=[run.pk]), {"skip": "1"})
        assert Record.objects.count() == 1

    def test_no_table(self, client, clerk, lecture):
        file = io.BytesIO(b"no table")
        file.name = "a.xlsx"
        response = client.post(reverse("ledger:imports"), {"type": "lecture", "file": file})
        assert response.status_code == 422 and "file" in response.context["form"].errors
        assert not ImportRun.objects.exists()

    def test_what_breaks_on_the_way_is_said(self, client, clerk, lecture, monkeypatch):
        def broken(**_options):
            raise RuntimeError("boom")

        _response, run = self.upload(client, GOOD)
        monkeypatch.setattr("sheke.ledger.imports.posting.post_records", broken)
        client.post(reverse("ledger:posting", args=[run.pk]))
        run.refresh_from_db()
        assert run.state == "failed" and "RuntimeError" in run.error
        assert not Record.objects.exists()

    def test_progress_is_asked_for_while_it_works(self, client, clerk, lecture):
        _response, run = self.upload(client, GOOD)
        ImportRun.objects.update(state="checking", done=500)
        url = reverse("ledger:import", args=[run.pk])
        text = client.get(url, headers={"HX-Request": "true"}).content.decode()
        assert "hx-trigger" in text and "500" in text and "<html" not in text

    def test_a_stopped_worker_is_noticed_and_started_again_without_posting_twice(
        self, client, clerk, lecture, monkeypatch
    ):
        _response, run = self.upload(client, GOOD)
        url = reverse("ledger:posting", args=[run.pk])
        with monkeypatch.context() as patch:
            patch.setattr("sheke.ledger.tasks.post_import", lambda **_run: None)  # it dies
            client.post(url)
        assert not Record.objects.exists()
        assert client.get(reverse("ledger:import", args=[run.pk])).context["stuck"]
        client.post(url)
        tasks.post_table.enqueue(run.pk, "zh-hans")
        assert Record.objects.count() == 1

    def test_only_ones_own(self, client, clerk, lecture):
        _response, run = self.upload(client, GOOD)
        client.force_login(factories.account(factories.organisation()))
        for name in ("import", "problems"):
            assert client.get(reverse(f"ledger:{name}", args=[run.pk])).status_code == 404

    def test_the_template_of_a_type(self, client, clerk, lecture):
        response = client.get(reverse("ledger:template", args=["lecture"]))
        assert openpyxl.load_workbook(io.BytesIO(response.content)).worksheets[0]["A1"].value
