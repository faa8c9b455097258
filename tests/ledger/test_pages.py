"""The ledger's pages: who sees what, in how many queries, and that nothing typed is lost."""

from __future__ import annotations

import io
from datetime import date, timedelta

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from sheke.ledger.actions import close_period, reverse_record, revise_record
from sheke.ledger.evidence.actions import attach_file, attach_link
from sheke.ledger.filters import RecordFilter, span
from sheke.ledger.listing import totals
from sheke.ledger.models import Closing, Evidence, Heading, Record
from tests import factories

pytestmark = pytest.mark.django_db

DAY = date(2025, 5, 10)


def picture() -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", (60, 40), "#8899aa").save(file, "JPEG")
    file.seek(0)
    file.name = "现场.jpg"
    return file


@pytest.fixture
def city():
    return factories.organisation(kind="federation", name="云川市社科联", code="city")


@pytest.fixture
def county(city):
    return factories.organisation(city, name="青岚区社科联", code="qinglan")


@pytest.fixture
def lecture():
    return factories.lecture_type()


@pytest.fixture
def clerk(city, client):
    account = factories.account(city, "staff")
    client.force_login(account)
    return account


def post(client, lecture, **fields):
    data = {
        "title": "宋词里的江南", "happened_on": "2025-05-10", "organisation": "city",
        "part-attendance": "1,200",
    }  # fmt: skip
    return client.post(reverse("ledger:entry", args=["lecture"]), data | fields)


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


class TestEntry:
    def test_posting_with_a_photo_and_a_link(self, client, clerk, city, county, lecture):
        response = post(
            client, lecture, evidence=picture(), link="https://news.example.cn/1",
            cohosts=["qinglan"],
        )  # fmt: skip
        record = Record.objects.get()
        assert response.url == reverse("ledger:record", args=[record.pk])
        assert record.amounts == {"attendance": "1200"}
        assert record.posted_by == clerk
        assert {e.name for e in record.evidence.all()} == {"现场.jpg", "news.example.cn"}
        page = client.get(response.url).content.decode()
        assert "现场.jpg" in page and "青岚区社科联" in page and "1,200" in page

    def test_post_and_next_keeps_type_date_organisation(self, client, clerk, city, lecture):
        response = post(client, lecture, next="1")
        page = client.get(response.url)
        assert str(page.context["form"]["happened_on"].value()) == "2025-05-10"
        assert page.context["form"]["organisation"].value() == "city"
        assert page.context["form"]["title"].value() is None

    def test_errors_stand_beside_their_fields_and_nothing_is_lost(
        self, client, clerk, city, county, lecture
    ):
        response = post(
            client, lecture, title="", evidence=picture(), cohosts=["qinglan"],
            **{"part-attendance": "viele", "note": "记住我"},
        )  # fmt: skip
        assert response.status_code == 422
        form = response.context["form"]
        assert set(form.errors) == {"title"}  # amounts are checked with the whole draft
        text = response.content.decode()
        assert "记住我" in text and "viele" in text and "青岚区社科联" in text
        (token, _stored, name) = response.context["held"][0]
        assert name == "现场.jpg" and token in text
        client.force_login(factories.account(city))
        post(client, lecture, held=[token], title="别人的")
        assert not Evidence.objects.exists()  # a token is good for who got it
        client.force_login(clerk)
        response = post(client, lecture, held=[token])
        assert response.status_code == 302
        assert Evidence.objects.get().name == "现场.jpg"

    def test_a_day_that_has_not_come(self, client, clerk, city, lecture):
        tomorrow = timezone.localdate() + timedelta(days=1)
        response = post(client, lecture, happened_on=tomorrow.isoformat())
        assert set(response.context["form"].errors) == {"happened_on"}

    def test_wrong_amounts_and_choices(self, client, clerk, city, lecture):
        response = post(
            client, lecture, **{"part-attendance": "1.5", "part-level": "ghost", "ended_on": "2025-01-01"}
        )  # fmt: skip
        assert set(response.context["form"].errors) == {"part-attendance", "part-level", "ended_on"}

    def test_a_refused_file_is_named(self, client, clerk, city, lecture):
        file = io.BytesIO(b"MZ program")
        file.name = "病毒.exe"
        response = post(client, lecture, evidence=file)
        assert response.status_code == 422
        assert "病毒.exe" in response.content.decode()
        assert not Record.objects.exists()

    def test_a_forged_token_attaches_nothing(self, client, clerk, city, lecture):
        post(client, lecture, held=["forged"])
        assert not Evidence.objects.exists()

    def test_duplicates_are_pointed_out_before_posting(self, client, clerk, city, lecture):
        post(client, lecture)
        response = post(client, lecture, title="“宋词里的江南”")
        assert response.status_code == 422
        assert len(response.context["alike"]) == 1
        assert Record.objects.count() == 1
        assert post(client, lecture, title="“宋词里的江南”", confirmed="1").status_code == 302
        assert Record.objects.count() == 2

    def test_duplicates_while_typing(self, client, clerk, city, lecture):
        post(client, lecture)
        query = {"title": "宋词里的江南", "happened_on": "2025-05-11", "organisation": "city"}
        url = reverse("ledger:duplicates", args=["lecture"])
        assert "宋词里的江南" in client.get(url, query).content.decode()
        assert not client.get(url, query | {"happened_on": "x"}).content.strip()
        client.force_login(factories.account(factories.organisation()))
        assert not client.get(url, query).content.strip()

    def test_a_late_entry_asks_for_its_reason(self, client, clerk, city, lecture):
        close_period(
            organisation=city, first_day=date(2025, 5, 1), last_day=date(2025, 5, 31), by=None
        )
        response = post(client, lecture)
        assert set(response.context["form"].errors) == {"reason"}
        assert 'name="reason"' in response.content.decode()
        assert post(client, lecture, reason="材料后补").status_code == 302
        assert Record.objects.get().versions.get().reason == "材料后补"

    def test_nobody_posts_for_others(self, client, city, county, lecture):
        client.force_login(factories.account(county))
        response = post(client, lecture)
        assert set(response.context["form"].errors) == {"organisation"}

    def test_copying(self, client, clerk, city, county, lecture):
        record = factories.record(
            lecture, city, title="讲座", cohosts=(county,), amounts={"cost": 3},
            attributes={"online": True},
        )  # fmt: skip
        form = client.get(f"/ledger/new/lecture/?copy={record.pk}").context["form"]
        assert form["title"].value() == "讲座"
        assert form["part-cost"].value() == "3"
        assert form["part-online"].value() == "true"
        assert form["cohosts"].value() == ["qinglan"]

    def test_types_latest_first_and_found_by_synonym(self, client, clerk, city, lecture):
        factories.definition(
            "record_type", factories.LECTURE | {"key": "forum", "synonyms": ["研讨会"],
                                                "name": {"zh": "论坛"}},
        )  # fmt: skip
        factories.record(lecture, city, by=clerk)
        context = client.get(reverse("ledger:new")).context
        assert [e.record_type.key for e in context["recent"]] == ["lecture"]
        context = client.get(reverse("ledger:new"), {"q": "研讨会"}).context
        assert [e.record_type.key for one in context["lists"] for e in one.editions] == ["forum"]

    def test_a_plan_item_in_the_address_reaches_the_form(self, client, clerk, city, lecture):
        heading = Heading.objects.create(organisation=city, year=2025, number="3", title="办讲座")
        page = client.get(reverse("ledger:new"), {"heading": heading.pk}).content.decode()
        url = f"/ledger/new/lecture/?heading={heading.pk}"
        assert f'href="{url}"' in page
        assert client.get(url).context["form"]["heading"].value() == str(heading.pk)

    def test_an_unknown_type(self, client, clerk):
        assert client.get("/ledger/new/ghost/").status_code == 404


class TestRecord:
    @pytest.mark.parametrize("count", [1, 3])
    def test_constant_queries(
        self, count, client, clerk, city, county, lecture, django_assert_num_queries
    ):
        record = factories.record(lecture, city, cohosts=(county,))
        for n in range(count):
            attach_link(record=record, link=f"https://a.cn/{n}", by=clerk)
            record = revise_record(record=record, reason="改", by=clerk, note=f"第{n}次")
        with django_assert_num_queries(12):
            client.get(reverse("ledger:record", args=[record.pk]))

    def test_versions_show_what_changed(self, client, clerk, city, lecture):
        record = factories.record(lecture, city, amounts={"attendance": 1200})
        revise_record(record=record, reason="核对签到表", by=clerk, amounts={"attendance": 900})
        text = client.get(reverse("ledger:record", args=[record.pk])).content.decode()
        assert "<del>1200 人次</del>" in text and "<ins>900 人次</ins>" in text
        assert "核对签到表" in text

    def test_in_a_drawer_without_the_frame(self, client, clerk, city, lecture):
        record = factories.record(lecture, city, title="讲座甲")
        url = reverse("ledger:record", args=[record.pk])
        text = client.get(url, headers={"HX-Request": "true"}).content.decode()
        assert "讲座甲" in text and "<html" not in text

    def form(self, record, **fields):
        return {
            "title": record.title, "happened_on": record.happened_on.isoformat(),
            "organisation": record.organisation.code, "reason": "核对",
        } | fields  # fmt: skip

    def test_revising(self, client, clerk, city, lecture):
        record = factories.record(lecture, city, amounts={"attendance": 5})
        url = reverse("ledger:revision", args=[record.pk])
        assert client.get(url).context["form"]["part-attendance"].value() == "5"
        response = client.post(url, self.form(record, **{"part-attendance": "6"}))
        assert response.url == reverse("ledger:record", args=[record.pk])
        record.refresh_from_db()
        assert (record.revision, record.amounts) == (2, {"attendance": "6"})

    def test_revising_needs_a_reason_and_a_change(self, client, clerk, city, lecture):
        record = factories.record(lecture, city)
        url = reverse("ledger:revision", args=[record.pk])
        response = client.post(url, self.form(record, title="新题", reason=""))
        assert response.status_code == 422 and "reason" in response.context["form"].errors
        response = client.post(url, self.form(record))
        assert response.status_code == 422 and response.context["form"].non_field_errors()

    def test_the_difference_before_saving(self, client, clerk, city, lecture):
        record = factories.record(lecture, city, title="旧题")
        url = reverse("ledger:difference", args=[record.pk])
        text = client.post(url, self.form(record, title="新题", reason="")).content.decode()
        assert "<del>旧题</del>" in text and "<ins>新题</ins>" in text
        record.refresh_from_db()
        assert record.title == "旧题"

    def test_reversing(self, client, clerk, city, lecture):
        record = factories.record(lecture, city)
        url = reverse("ledger:reversal", args=[record.pk])
        client.post(url, {"reason": ""})
        assert Record.objects.standing().count() == 1
        client.post(url, {"reason": "重复填报"})
        assert not Record.objects.standing().exists()
        text = client.get(reverse("ledger:record", args=[record.pk])).content.decode()
        assert "重复填报" in text

    def test_a_cohost_looks_but_does_not_touch(self, client, city, county, lecture):
        record = factories.record(lecture, city, cohosts=(county,))
        client.force_login(factories.account(county))
        assert client.get(reverse("ledger:record", args=[record.pk])).status_code == 200
        for name in ("revision", "difference", "reversal", "evidence"):
            response = client.post(reverse(f"ledger:{name}", args=[record.pk]), {"reason": "x"})
            assert response.status_code == 403, name


class TestEvidence:
    @pytest.fixture
    def evidence(self, city, lecture):
        record = factories.record(lecture, city)
        return attach_file(record=record, file=picture(), name="现场.jpg", by=None)

    def test_it_comes_as_an_attachment(self, client, clerk, evidence):
        response = client.get(reverse("ledger:download", args=[evidence.pk]))
        assert b"".join(response) == picture().getvalue()
        assert response["Content-Disposition"].startswith("attachment;")
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Type"] == "image/jpeg"

    def test_thumbnails(self, client, clerk, evidence):
        response = client.get(reverse("ledger:thumbnail", args=[evidence.pk]))
        assert Image.open(io.BytesIO(response.content)).format == "WEBP"

    def test_strangers_get_nothing(self, client, evidence):
        client.force_login(factories.account(factories.organisation()))
        for name in ("download", "thumbnail"):
            assert client.get(reverse(f"ledger:{name}", args=[evidence.pk])).status_code == 404
        assert client.post(reverse("ledger:withdrawal", args=[evidence.pk])).status_code == 404

    def test_adding_and_withdrawing(self, client, clerk, city, lecture):
        record = factories.record(lecture, city)
        url = reverse("ledger:evidence", args=[record.pk])
        client.post(url, {"evidence": picture(), "link": "javascript:alert(1)"})
        one = record.evidence.get()
        client.post(reverse("ledger:withdrawal", args=[one.pk]))
        one.refresh_from_db()
        assert one.withdrawn_at


class TestClosings:
    def test_closing_and_what_was_changed_after(self, client, clerk, city, county, lecture):
        record = factories.record(lecture, county, happened_on=DAY, title="讲座甲")
        response = client.post(
            reverse("ledger:closings"),
            {"organisation": "city", "first_day": "2025-01-01", "last_day": "2025-06-30"},
        )
        closing = Closing.objects.get()
        assert response.status_code == 302 and closing.by == clerk
        revise_record(record=record, reason="核对", by=None, title="讲座乙")
        assert "2025-01-01" in client.get(reverse("ledger:closings")).content.decode()
        text = client.get(reverse("ledger:closing", args=[closing.pk])).content.decode()
        assert "<del>讲座甲</del>" in text and "核对" in text

    @pytest.mark.parametrize("count", [1, 3])
    def test_constant_queries(
        self, count, client, clerk, city, county, lecture, django_assert_num_queries
    ):
        records = [factories.record(lecture, county, happened_on=DAY) for _ in range(count)]
        closing = close_period(
            organisation=city, first_day=date(2025, 1, 1), last_day=date(2025, 6, 30), by=None
        )
        for record in records:
            revise_record(record=record, reason="核对", by=clerk, title=f"新{record.pk}")
        with django_assert_num_queries(9):
            client.get(reverse("ledger:closing", args=[closing.pk]))

    def test_errors_come_back(self, client, clerk, city):
        data = {"organisation": "city", "first_day": "2025-06-30", "last_day": "2025-01-01"}
        response = client.post(reverse("ledger:closings"), data)
        assert response.status_code == 422 and response.context["form"].non_field_errors()

    def test_a_secretary_does_not_close(self, client, city, county):
        client.force_login(factories.account(county, "secretary"))
        data = {"organisation": "qinglan", "first_day": "2025-01-01", "last_day": "2025-06-30"}
        assert client.post(reverse("ledger:closings"), data).status_code == 403
        assert not Closing.objects.exists()


def test_options_for_comboboxes(client, city, county):
    stranger = factories.organisation(code="stranger")
    client.force_login(factories.account(city))
    url = reverse("ledger:organisations")
    assert [o["value"] for o in client.get(url).json()["options"]] == ["city", "qinglan"]
    assert [o["value"] for o in client.get(url, {"q": "青岚"}).json()["options"]] == ["qinglan"]
    found = client.get(url, {"scope": "all", "q": stranger.code}).json()["options"]
    assert found == [{"value": "stranger", "text": stranger.name, "hint": "stranger"}]


def test_enter_in_the_search_takes_the_first_type_found(client, county, lecture):
    client.force_login(factories.account(county))
    answer = client.get("/ledger/new/", {"q": "讲座", "first": "1", "happened_on": "2025-05-01"})
    assert answer.url == "/ledger/new/lecture/?happened_on=2025-05-01"
    found = client.get("/ledger/new/", {"q": "讲座", "first": "1"}, headers={"hx-request": "true"})
    assert found.headers["HX-Redirect"] == "/ledger/new/lecture/"
    assert client.get("/ledger/new/", {"q": "没有这种事", "first": "1"}).status_code == 200
