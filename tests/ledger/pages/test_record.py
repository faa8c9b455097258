"""A record's page: who sees it, what it shows, what may be done there."""

from __future__ import annotations

import pytest
from django.urls import reverse

from sheke.ledger.actions import revise_record
from sheke.ledger.evidence.actions import attach_link
from sheke.ledger.models import Record
from tests import factories

pytestmark = pytest.mark.django_db


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
