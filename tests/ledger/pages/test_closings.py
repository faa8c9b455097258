"""Closings and the corrections after them."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from sheke.ledger.actions import close_period, revise_record
from sheke.ledger.models import Closing
from tests import factories

from .typed import DAY

pytestmark = pytest.mark.django_db


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
