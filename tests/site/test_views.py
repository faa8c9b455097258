"""Sign-in, the organisation one acts for, the password, and the pages of errors."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory
from django.urls import reverse

from sheke.directory.middleware import SESSION_KEY
from sheke.directory.models import Tenure
from sheke.site import views
from tests import factories
from tests.site.markup import faults

pytestmark = pytest.mark.django_db
SIGN_IN = {"username": "lin", "password": "secret-pass"}


@pytest.fixture
def federation():
    return factories.organisation(name="云川市社会科学界联合会", kind="federation")


@pytest.fixture
def lin(federation):
    return factories.account(federation, username="lin")


def test_signing_in_leads_where_one_wanted(client: Client, lin) -> None:
    answer = client.post(reverse("site:sign_in"), SIGN_IN | {"next": "/password/"})
    assert answer["Location"] == "/password/"


def test_signing_in_never_leads_to_another_site(client: Client, lin) -> None:
    answer = client.post(reverse("site:sign_in"), SIGN_IN | {"next": "https://example.org/"})
    assert answer["Location"] == reverse("site:home")


def test_a_wrong_password_says_what_to_do(client: Client, lin) -> None:
    answer = client.post(reverse("site:sign_in"), SIGN_IN | {"password": "no"})
    assert "管理员" in answer.content.decode()
    assert faults(answer.content.decode()) == []


def test_an_account_that_is_switched_off_stays_outside(client: Client, lin) -> None:
    lin.is_active = False
    lin.save()
    client.post(reverse("site:sign_in"), SIGN_IN)
    assert client.get("/").status_code == 302


def test_signing_out_is_a_post(client: Client, lin) -> None:
    client.force_login(lin)
    assert client.get(reverse("site:sign_out")).status_code == 405
    client.post(reverse("site:sign_out"))
    assert client.get("/").status_code == 302


def test_one_acts_for_another_organisation_of_ones_own(client: Client, lin, federation) -> None:
    society = factories.organisation(federation, name="云川市历史学会")
    Tenure.objects.create(person=lin.person, organisation=society, role="secretary")
    client.force_login(lin)
    data = {"organisation": society.pk, "next": "/password/"}
    answer = client.post(reverse("site:acting"), data)
    assert answer["Location"] == "/password/"
    assert client.session[SESSION_KEY] == society.pk


@pytest.mark.parametrize("number", ["", "x", "999999"])
def test_one_acts_for_no_other_organisation(client: Client, lin, number: str) -> None:
    client.force_login(lin)
    assert client.post(reverse("site:acting"), {"organisation": number}).status_code == 404
    assert SESSION_KEY not in client.session


def test_a_password_is_changed_without_signing_out(client: Client, lin) -> None:
    client.force_login(lin)
    data = {"old_password": "secret-pass"}
    data |= {"new_password1": "qingyang-2025", "new_password2": "qingyang-2025"}
    assert client.post(reverse("site:password"), data)["Location"] == reverse("site:home")
    lin.refresh_from_db()
    assert lin.check_password("qingyang-2025")
    assert client.get("/").status_code == 200


def test_a_password_is_not_changed_without_the_old_one(client: Client, lin) -> None:
    client.force_login(lin)
    data = {"old_password": "no", "new_password1": "qingyang-2025"}
    answer = client.post(reverse("site:password"), data | {"new_password2": "qingyang-2025"})
    assert answer.status_code == 422
    assert faults(answer.content.decode()) == []


def test_a_page_that_does_not_exist(client: Client, lin) -> None:
    client.force_login(lin)
    answer = client.get("/no/such/page/")
    assert answer.status_code == 404
    assert faults(answer.content.decode()) == []


def test_a_refusal_gives_its_reason(rf: RequestFactory, lin) -> None:
    request = rf.get("/")
    request.user = lin
    answer = views.forbidden(request, PermissionDenied("第一季度已关账。"))
    assert answer.status_code == 403
    assert "第一季度已关账。" in answer.content.decode()


def test_a_form_from_an_old_page(lin) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post(reverse("site:sign_in"), SIGN_IN)
    assert answer.status_code == 403
    assert "页面已过期" in answer.content.decode()


def test_the_page_of_a_fault_needs_nothing(settings) -> None:
    from django.template.loader import render_to_string

    assert "出错了" in render_to_string("500.html")


def test_the_theme_is_printed_from_the_cookie(client: Client) -> None:
    client.cookies["sheke_theme"] = "dark"
    assert 'data-theme="dark"' in client.get(reverse("site:sign_in")).content.decode()
    client.cookies["sheke_theme"] = "pink><script>"
    assert "data-theme" not in client.get(reverse("site:sign_in")).content.decode()


def test_a_page_for_everyone_sets_no_cookie(client: Client) -> None:
    answer = client.get("/no/such/page/")
    assert answer.status_code == 404
    assert not answer.cookies
