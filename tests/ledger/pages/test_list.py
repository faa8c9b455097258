"""The list: filters, order, sums, its export, in how many queries."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest
from django.urls import reverse

from sheke.ledger.actions import close_period, reverse_record, revise_record
from sheke.ledger.evidence.actions import attach_link
from sheke.ledger.filters import RecordFilter, span
from sheke.ledger.listing import totals
from sheke.ledger.models import Heading, Record
from tests import factories

from .typed import DAY

pytestmark = pytest.mark.django_db


class TestList:
    def get(self, client, **query):
        return client.get(reverse("ledger:index"), query)

    def titles(self, client, **query):
        return [record.title for record in self.get(client, **query).context["page"]]

    @pytest.mark.parametrize("count", [1, 3])
    def test_constant_queries(self, count, client, clerk, city, county, lecture,
                              django_assert_num_queries):  # fmt: skip
        for _ in range(count):
            record = factories.record(lecture, city, cohosts=(county,), amounts={"attendance": 5})
            attach_link(record=record, link="https://a.cn", by=clerk)
        with django_assert_num_queries(16):
            assert self.get(client, type="lecture").status_code == 200

    def test_sums_count_every_record_once(self, client, clerk, city, county, lecture):
        factories.record(lecture, city, cohosts=(county,), amounts={"attendance": 100, "cost": 1.5})
        factories.record(lecture, county, amounts={"attendance": 20})
        gone = factories.record(lecture, county, amounts={"attendance": 7})
        reverse_record(record=gone, reason="重复", by=None)
        context = self.get(client, type="lecture").context
        assert context["page"].paginator.count == 2
        assert [str(total.value) for total in context["totals"]] == ["120", "1.5"]

    @pytest.mark.parametrize("last", [None, date(2025, 5, 1)])
    def test_sums_by_the_index_alone_are_the_same(self, last, city, county, lecture):
        for n in range(4):
            factories.record(
                lecture, city, cohosts=(county,) * (n % 2), amounts={"attendance": n},
                happened_on=date(2025, 4, 30 - n) if n else date(2025, 6, 1),
            )  # fmt: skip
        chosen = RecordFilter(edition=lecture, last_day=last)
        records = chosen.apply(Record.objects.all())
        slow = totals(records, lecture)
        assert totals(records, lecture, days=chosen.days_only()) == slow
        assert slow[0].value == 6

    def test_filters_narrow_and_show_as_chips(self, client, clerk, city, county, lecture):
        forum = factories.definition("record_type", factories.LECTURE | {"key": "forum"})
        heading = Heading.objects.create(organisation=city, year=2025, number="3", title="办讲座")
        one = {"title": "宋词", "heading": heading, "happened_on": DAY}
        factories.record(lecture, county, **one)
        factories.record(forum, city, title="论坛", happened_on=date(2024, 1, 1))
        assert self.titles(client) == ["宋词", "论坛"]
        for query in (
            {"text": "宋"},
            {"type": "lecture"},
            {"organisation": "qinglan"},
            {"heading": heading.pk},
            {"period": "custom", "first": "2025-05-10", "last": "2025-05-10"},
            {"first": "2025-01-01"},
        ):
            response = self.get(client, **query)
            assert [r.title for r in response.context["page"]] == ["宋词"], query
            assert len(response.context["chips"]) == 1
            assert 'class="chip"' in response.content.decode()

    def test_states(self, client, clerk, city, lecture):
        shown = factories.record(lecture, city, title="有佐证", by=clerk)
        attach_link(record=shown, link="https://a.cn", by=None)
        gone = factories.record(lecture, city, title="冲销的", happened_on=date(2025, 4, 1))
        reverse_record(record=gone, reason="误报", by=None)
        close_period(
            organisation=city, first_day=date(2025, 3, 1), last_day=date(2025, 3, 31), by=None
        )
        bare = factories.record(lecture, city, title="关账前", happened_on=date(2025, 2, 1))
        revise_record(record=bare, reason="日期错", by=None, happened_on=date(2025, 3, 2))
        assert self.titles(client) == ["有佐证", "关账前"]
        assert self.titles(client, state="bare") == ["关账前"]
        assert self.titles(client, state="corrected") == ["关账前"]
        assert self.titles(client, state="reversed") == ["冲销的"]
        assert self.titles(client, state="mine") == ["有佐证"]
        assert len(self.titles(client, state="all")) == 3

    def test_sorting_by_column_and_by_amount(self, client, clerk, city, lecture):
        for title, people in (("乙", 5), ("甲", 100), ("丙", 20)):
            factories.record(lecture, city, title=title, amounts={"attendance": people})
        assert self.titles(client, type="lecture", sort="-attendance") == ["甲", "丙", "乙"]
        assert self.titles(client, type="lecture", sort="attendance") == ["乙", "丙", "甲"]
        assert self.titles(client, sort="-posted") == ["丙", "甲", "乙"]
        assert self.titles(client, sort="nonsense") == ["丙", "甲", "乙"]

    @pytest.mark.parametrize(
        "query",
        [
            {"type": "ghost"}, {"organisation": "ghost"}, {"heading": "x"}, {"first": "yesterday"},
            {"page": "999"}, {"page": "x"}, {"text": "#99999999999999999999"}, {"state": "x"},
        ],
    )  # fmt: skip
    def test_a_wrong_address_still_shows_a_list(self, client, clerk, city, lecture, query):
        factories.record(lecture, city)
        assert self.get(client, **query).status_code == 200

    def test_a_stranger_sees_an_empty_list_and_no_record(self, client, city, lecture):
        record = factories.record(lecture, city)
        client.force_login(factories.account(factories.organisation()))
        assert self.titles(client) == []
        for name in ("record", "revision"):
            assert client.get(reverse(f"ledger:{name}", args=[record.pk])).status_code == 404

    def test_nobody_sees_it_without_signing_in(self, client):
        assert self.get(client).status_code == 302


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("this_month", "2025-02-01", "2025-02-28"),
        ("last_month", "2025-01-01", "2025-01-31"),
        ("this_quarter", "2025-01-01", "2025-03-31"),
        ("last_quarter", "2024-10-01", "2024-12-31"),
        ("this_year", "2025-01-01", "2025-12-31"),
        ("last_year", "2024-01-01", "2024-12-31"),
    ],
)
def test_periods(period, first, last):
    found = span(period, date(2025, 2, 14))
    assert tuple(map(str, found)) == (first, last)


class TestExport:
    def test_xlsx_has_the_filtered_rows_with_the_columns_of_the_type(
        self, client, clerk, city, county, lecture
    ):
        factories.record(
            lecture, city, title="=1+1", cohosts=(county,), amounts={"cost": "1.50"},
            attributes={"level": "city", "online": True},
        )  # fmt: skip
        factories.record(lecture, city, title="别的", happened_on=date(2024, 1, 1))
        response = client.get(
            reverse("ledger:export", args=["xlsx"]), {"type": "lecture", "first": "2025-01-01"}
        )
        sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
        head, row = ([cell.value for cell in line] for line in sheet.iter_rows(max_row=2))
        values = dict(zip(head, row, strict=True))
        assert sheet.max_row == 2
        assert values["经费（万元）"] == 1.5
        assert (values["级别"], values["线上"]) == ("市级", "是")
        assert "青岚区社科联" in row and "=1+1" in row

    def test_csv_streams_all(self, client, clerk, city, lecture):
        for n in range(3):
            factories.record(lecture, city, title=f"第{n}讲", amounts={"attendance": n})
        response = client.get(reverse("ledger:export", args=["csv"]))
        text = b"".join(response).decode("utf-8-sig")
        assert response.streaming
        assert [line.count("讲") for line in text.splitlines()[1:]] == [2, 2, 2]

    @pytest.mark.parametrize("count", [1, 3])
    def test_constant_queries(
        self, count, client, clerk, city, county, lecture, django_assert_num_queries
    ):
        for _ in range(count):
            factories.record(lecture, city, cohosts=(county,))
        with django_assert_num_queries(10):
            b"".join(client.get(reverse("ledger:export", args=["csv"])))
