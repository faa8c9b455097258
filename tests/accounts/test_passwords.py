"""One-time passwords, links to new ones."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sheke.accounts.actions import create_with_password, give_password
from sheke.accounts.models import OneTimePassword
from sheke.core.models import AuditEvent
from sheke.directory.models import Person
from tests.accounts.conftest import is_in, reachable, sign_in
from tests.site.markup import faults

pytestmark = pytest.mark.django_db
NEW = "qingyang-2025"


def choose(client: Client, old: str, new: str = NEW):
    data = {"old_password": old, "new_password1": new, "new_password2": new}
    return client.post(reverse("site:password"), data)


def test_a_given_password_is_changed_before_anything_else(lin, guan) -> None:
    made = give_password(account=lin, by=guan)
    client = sign_in("lin", made)
    for name in ("site:home", "ledger:index", "mfa_index", "mfa_activate_totp"):
        assert client.get(reverse(name))["Location"] == reverse("site:password"), name
    page = client.get(reverse("site:password")).content.decode()
    assert "先换成自己的" in page and faults(page) == []
    assert choose(client, made)["Location"] == reverse("site:home")
    assert is_in(client)
    assert not OneTimePassword.objects.exists()
    assert is_in(sign_in("lin", NEW))


def test_the_given_password_is_not_chosen_again(lin, guan) -> None:
    made = give_password(account=lin, by=guan)
    client = sign_in("lin", made)
    assert choose(client, made, made).status_code == 422
    assert client.get("/").status_code == 302


def test_one_may_sign_out_instead(lin) -> None:
    client = sign_in("lin", give_password(account=lin, by=None))
    assert client.post(reverse("site:sign_out")).status_code == 302
    assert "_auth_user_id" not in client.session


def test_htmx_leaves_with_the_whole_page(lin) -> None:
    client = sign_in("lin", give_password(account=lin, by=None))
    answer = client.get(reverse("ledger:index"), HTTP_HX_REQUEST="true")
    assert answer["HX-Redirect"] == reverse("site:password")


def test_a_new_account_has_a_given_password() -> None:
    account, made = create_with_password(
        username="xin", person=Person.objects.create(name="新人"), by=None
    )
    assert account.check_password(made)
    assert account.one_time_password.by is None


def forgotten(wanted: str) -> str:
    answer = Client().post(reverse("accounts:forgotten"), {"identifier": wanted})
    return answer.content.decode().replace(wanted, "…")


def link(text: str) -> str:
    found = re.search(r"https?://[^/\s]+(/accounts/reset/\S+/)", text)
    assert found is not None
    return found[1]


def test_a_link_opens_a_new_password_once(lin, sent) -> None:
    elsewhere = sign_in("lin")
    forgotten("13800001234")
    [message] = sent
    assert (message["channel"], message["address"]) == ("mail", "lin@example.org")
    path = link(message["text"])
    client = Client()
    page = client.get(path).content.decode()
    assert "“lin”" in page and faults(page) == [], faults(page)
    assert client.post(path, {"password": NEW})["Location"] == reverse("site:sign_in")
    assert is_in(sign_in("lin", NEW))
    assert not is_in(elsewhere)
    assert client.get(path).status_code == client.post(path, {"password": "x"}).status_code == 410
    assert AuditEvent.objects.filter(verb="account.reset", subject_id=lin.pk).exists()


def test_a_weak_password_leaves_the_link_as_it_is(lin, sent) -> None:
    forgotten("lin")
    path = link(sent[0]["text"])
    assert Client().post(path, {"password": "12345678"}).status_code == 422
    assert Client().post(path, {"password": NEW}).status_code == 302


def test_a_link_is_good_for_two_hours(lin, sent) -> None:
    forgotten("lin")
    path = link(sent[0]["text"])
    with time_machine.travel(timezone.localtime() + timedelta(hours=2, seconds=5)):
        assert Client().get(path).status_code == 410


def test_signing_in_or_another_password_ends_the_link(lin, sent, guan) -> None:
    forgotten("lin")
    give_password(account=lin, by=guan)
    assert Client().get(link(sent[0]["text"])).status_code == 410


@pytest.mark.parametrize(
    "change", [lambda p: p[:-2] + "x/", lambda p: p.replace("/reset/", "/reset/1")]
)
def test_a_link_that_was_meddled_with(lin, sent, change) -> None:
    forgotten("lin")
    assert Client().get(change(link(sent[0]["text"]))).status_code == 410


def test_the_answer_does_not_tell_who_has_an_account(lin, sent) -> None:
    assert forgotten("13800001234") == forgotten("13800009999")
    assert len(sent) == 1


def test_a_phone_where_there_is_no_mail(lin, sent) -> None:
    reachable(lin, "13800001234")
    forgotten("lin")
    assert (sent[0]["channel"], sent[0]["address"]) == ("sms", "13800001234")


def test_without_mail_the_page_says_whom_to_ask(lin) -> None:
    page = Client().get(reverse("accounts:forgotten")).content.decode()
    assert "管理员" in page and "<form" not in page.partition("<main")[2]


def test_links_are_not_asked_for_without_end(lin, sent) -> None:
    codes = [
        Client().post(reverse("accounts:forgotten"), {"identifier": "lin"}).status_code
        for _n in range(6)
    ]
    assert codes == [200] * 5 + [429]
