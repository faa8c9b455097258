"""Signing in through the organisation's own service, against a provider on this machine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import reverse

from sheke.core.models import AuditEvent
from sheke.directory.models import Account, Person
from sheke.site import env
from tests import factories
from tests.accounts.conftest import is_in, reachable, sign_in
from tests.accounts.provider import Provider, provider
from tests.accounts.test_factors import set_up, totp

pytestmark = pytest.mark.django_db
LOGIN = "openid_connect_login"


@pytest.fixture
def service(settings, monkeypatch) -> Iterator[Provider]:
    with provider() as made:
        monkeypatch.setenv("SHEKE_OIDC_URL", made.url)
        monkeypatch.setenv("SHEKE_OIDC_CLIENT", "sheke")
        monkeypatch.setenv("SHEKE_OIDC_SECRET", "geheim")
        monkeypatch.setenv("SHEKE_OIDC_NAME", "市政务统一登录")
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": env.openid("SHEKE_OIDC")}
        made.person = {"sub": "u-17", "email": "lin@example.org", "email_verified": True}
        yield made


def come_in(client: Client | None = None, query: str = "", **data: str) -> Client:
    """Through the whole flow: our form, the provider, back to us."""
    client = client or Client()
    start = client.post(reverse(LOGIN, args=["office"]) + query, data)
    assert start.status_code == 302
    there = requests.get(start["Location"], allow_redirects=False, timeout=5)
    back = there.headers["Location"].removeprefix("http://testserver")
    client.answer = client.get(back)
    return client


def test_the_sign_in_page_offers_it(service) -> None:
    assert "使用市政务统一登录" in Client().get(reverse("site:sign_in")).content.decode()


def test_a_verified_mail_of_one_person_opens_the_account(lin, service) -> None:
    client = come_in(next="/plans/")
    assert is_in(client)
    assert client.answer["Location"] == "/plans/"
    assert SocialAccount.objects.get().user == lin
    assert lin.sign_ins.get().method == "openid"
    assert AuditEvent.objects.filter(verb="account.link_identity", subject_id=lin.pk).exists()
    service.person |= {"email": "elsewhere@example.org"}
    assert is_in(come_in()), "it is the identity that is linked, not the mail"


@pytest.mark.parametrize("claims", [
    {"email_verified": False}, {"email": "nobody@example.org"}, {"email": ""},
    {"email_verified": "false"}, {"email": "lin"}, {"email": "138 0000 1234"},
])  # fmt: skip
def test_anything_else_opens_nothing_and_makes_nobody(lin, service, claims: dict) -> None:
    service.person |= claims
    client = come_in()
    assert not is_in(client)
    assert client.answer["Location"] == reverse("site:sign_in")
    assert not SocialAccount.objects.exists()
    assert Account.objects.count() == Person.objects.count() == 1


def test_a_mail_of_two_people_opens_neither(lin, society, service) -> None:
    reachable(factories.account(society), mail="lin@example.org")
    assert not is_in(come_in())


def test_who_runs_the_machine_links_it_first(lin, service) -> None:
    lin.is_superuser = True
    lin.save()
    assert not is_in(come_in())
    client = come_in(sign_in("lin"), "?process=connect")
    assert client.answer["Location"] == reverse("mfa_index")
    assert is_in(come_in())


def test_an_identity_is_linked_and_unlinked_by_its_owner(guan, service) -> None:
    client = come_in(sign_in("guan"), "?process=connect")
    assert SocialAccount.objects.get().user == guan
    page = client.get(reverse("mfa_index")).content.decode()
    assert "取消关联" in page
    pk = SocialAccount.objects.get().pk
    other = Client()
    other.force_login(factories.account(factories.organisation()))
    other.post(reverse("accounts:unlink", args=[pk]))
    assert SocialAccount.objects.exists()
    client.post(reverse("accounts:unlink", args=[pk]))
    assert not SocialAccount.objects.exists()
    assert not is_in(come_in())


def test_an_identity_of_another_account_is_not_taken_over(lin, guan, service) -> None:
    come_in()
    client = come_in(sign_in("guan"), "?process=connect")
    assert SocialAccount.objects.get().user == lin
    assert is_in(client)


def test_the_second_factor_is_asked_for_too(lin, service) -> None:
    secret = set_up(sign_in("lin"))
    client = come_in()
    assert client.answer["Location"] == reverse("mfa_authenticate")
    assert not is_in(client)
    client.post(reverse("mfa_authenticate"), {"code": totp(secret, 1)})
    assert is_in(client)


def test_an_account_that_is_switched_off_stays_outside(lin, service) -> None:
    come_in()
    lin.is_active = False
    lin.save()
    assert not is_in(come_in())


def test_a_code_that_the_provider_does_not_know(lin, service) -> None:
    client = Client()
    start = client.post(reverse(LOGIN, args=["office"]))
    there = requests.get(start["Location"], allow_redirects=False, timeout=5)
    service.codes.clear()
    answer = client.get(there.headers["Location"].removeprefix("http://testserver"))
    assert answer["Location"] == reverse("site:sign_in")
    assert not is_in(client)


def test_an_answer_that_nobody_asked_for(lin, service) -> None:
    answer = Client().get(
        reverse("openid_connect_callback", args=["office"]), {"code": "x", "state": "y"}
    )
    assert answer["Location"] == reverse("site:sign_in")


def test_without_settings_there_is_no_service(client: Client) -> None:
    assert client.post(reverse(LOGIN, args=["office"])).status_code == 404
    assert client.get(reverse(LOGIN, args=["office"])).status_code == 405


def test_half_a_setting_is_refused(monkeypatch) -> None:
    monkeypatch.setenv("SHEKE_OIDC_URL", "id.example.cn")
    with pytest.raises(ImproperlyConfigured):
        env.openid("SHEKE_OIDC")
