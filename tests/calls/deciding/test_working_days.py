"""Working days: what the week says, and what the office entered."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from sheke.calls.actions import working_days as actions
from sheke.calls.deciding.working_days import last_day, special_days, works
from sheke.calls.models import SpecialDay
from sheke.core.errors import BadInput
from tests.factories import account, organisation

pytestmark = pytest.mark.django_db
FRIDAY = date(2026, 9, 25)


def test_the_day_of_publishing_and_weekends_are_not_counted():
    assert last_day(FRIDAY, 5) == date(2026, 10, 2)


def test_holidays_and_working_weekends():
    actions.set_special_days(
        first=date(2026, 10, 1), last=date(2026, 10, 7), works=False, name="国庆节", by=None
    )
    actions.set_special_days(
        first=date(2026, 10, 10), last=date(2026, 10, 10), works=True, name="调休", by=None
    )
    assert last_day(FRIDAY, 5) == date(2026, 10, 9)  # 28, 29, 30 September, 8 and 9 October
    assert last_day(FRIDAY, 6) == date(2026, 10, 10)


@pytest.mark.parametrize("published", [FRIDAY + timedelta(days=n) for n in range(14)])
@pytest.mark.parametrize("count", [1, 5, 23])
def test_just_so_many_working_days_lie_behind(published, count):
    actions.set_special_days(
        first=date(2026, 10, 1), last=date(2026, 10, 7), works=False, name="", by=None
    )
    last = last_day(published, count)
    between = [published + timedelta(days=n + 1) for n in range((last - published).days)]
    special = special_days(published, last)
    assert sum(works(day, special) for day in between) == count
    assert works(last, special)


def test_entering_a_day_again_replaces_it():
    for name in ("一", "二"):
        actions.set_special_days(first=FRIDAY, last=FRIDAY, works=False, name=name, by=None)
    assert [day.name for day in SpecialDay.objects.all()] == ["二"]


def test_a_span_runs_forward_and_is_short():
    for last in (FRIDAY - timedelta(days=1), FRIDAY + timedelta(days=60)):
        with pytest.raises(BadInput):
            actions.set_special_days(first=FRIDAY, last=last, works=False, name="", by=None)


def test_the_highest_office_keeps_it_and_others_read_it(client):
    root = organisation(kind="federation")
    county = organisation(kind="county_federation", parent=root)
    url = reverse("calls:working_days")
    client.force_login(account(county, "staff"))
    data = {"first": "2026-10-01", "works": "no", "name": "国庆节"}
    assert client.get(url).status_code == 200
    assert client.post(url, data).status_code == 403
    client.force_login(account(root, "staff"))
    assert client.post(url, data).status_code == 302
    assert client.post(url, {"first": "1 October"}).status_code == 422
    special = SpecialDay.objects.get()
    assert "国庆节" in client.get(url + "?year=2026").content.decode()
    client.post(reverse("calls:working_day_removal", args=[special.pk]))
    assert not SpecialDay.objects.exists()
