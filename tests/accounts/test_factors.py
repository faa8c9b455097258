"""Second factors: setting up, signing in with them, who must have one."""

from __future__ import annotations

import base64
import hmac
import re
import struct
import time

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from sheke.accounts import secrets
from sheke.accounts.actions import remove_factors
from sheke.accounts.models import SignIn
from sheke.core.models import AuditEvent
from tests import factories
from tests.accounts.conftest import is_in, sign_in
from tests.site.markup import faults

pytestmark = pytest.mark.django_db


def totp(secret: str, ahead: int = 0) -> str:
    """RFC 6238, written down once more: six digits of half minutes."""
    counter = struct.pack(">Q", int(time.time()) // 30 + ahead)
    digest = hmac.digest(base64.b32decode(secret), counter, "sha1")
    place = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[place : place + 4])[0] & 0x7FFFFFFF) % 10**6:06}"


def set_up(client: Client) -> str:
    """Set up the app in a browser that is signed in; the secret."""
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    assert faults(page) == []
    found = re.search(r'class="secret">([A-Z2-7 ]+)<', page)
    assert found is not None
    secret = found[1].replace(" ", "")
    answer = client.post(reverse("mfa_activate_totp"), {"code": totp(secret)})
    assert answer["Location"] == reverse("mfa_view_recovery_codes")
    return secret


def codes(client: Client) -> list[str]:
    page = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    assert faults(page) == []
    return re.findall(r"<li>(\d{8})</li>", page)


def test_the_app_is_asked_for_after_the_password(lin) -> None:
    secret = set_up(sign_in("lin"))
    client = sign_in("lin")
    assert client.answer["Location"] == reverse("mfa_authenticate")
    assert not is_in(client)
    page = client.get(reverse("mfa_authenticate")).content.decode()
    assert faults(page) == []
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert wrong.status_code == 200 and not is_in(client)
    right = client.post(reverse("mfa_authenticate"), {"code": totp(secret, 1)})
    assert right["Location"] == reverse("site:home")
    assert is_in(client)
    kept = list(lin.sign_ins.order_by("id").values_list("method", "succeeded"))
    assert kept == [("password", True), ("totp", False), ("totp", True)]


def test_a_code_of_the_app_signs_in_once(lin) -> None:
    """Also when the cache has forgotten it, as another process of the site has."""
    secret = set_up(sign_in("lin"))
    code = totp(secret, 1)
    for expected in (True, False):
        client = sign_in("lin")
        cache.clear()
        client.post(reverse("mfa_authenticate"), {"code": code})
        assert is_in(client) is expected


def test_a_recovery_code_signs_in_once(lin) -> None:
    first = sign_in("lin")
    set_up(first)
    code = codes(first)[0]
    for expected in (True, False):
        client = sign_in("lin")
        client.post(reverse("mfa_authenticate"), {"code": code})
        assert is_in(client) is expected
    assert lin.sign_ins.filter(method="recovery_codes", succeeded=True).count() == 1


def test_the_page_that_was_wanted_opens_after_the_second_factor(lin) -> None:
    secret = set_up(sign_in("lin"))
    client = Client()
    data = {"username": "lin", "password": "secret-pass", "next": "/plans/"}
    client.post(reverse("site:sign_in"), data)
    answer = client.post(reverse("mfa_authenticate"), {"code": totp(secret, 1)})
    assert answer["Location"] == "/plans/"


def test_secrets_are_not_readable_in_the_database(lin) -> None:
    secret = set_up(sign_in("lin"))
    kept = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in kept and secrets.decrypt(kept) == secret


def test_another_key_of_the_machine_fits_no_code(lin, settings) -> None:
    secret = set_up(sign_in("lin"))
    settings.SECRET_KEY = "another"
    client = sign_in("lin")
    answer = client.post(reverse("mfa_authenticate"), {"code": totp(secret, 1)})
    assert answer.status_code == 200 and not is_in(client)


def test_setting_up_asks_again_who_it_is(lin) -> None:
    client = Client()
    client.force_login(lin)
    answer = client.get(reverse("mfa_activate_totp"))
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    page = client.get(answer["Location"]).content.decode()
    assert faults(page) == []
    again = client.post(answer["Location"], {"password": "secret-pass"})
    assert again["Location"] == reverse("mfa_activate_totp")
    set_up(client)


@pytest.mark.parametrize(
    ("mode", "led"), [("", set()), ("administrators", {"guan"}), ("everyone", {"guan", "lin"})]
)
def test_who_must_have_one_is_led_there(lin, guan, settings, mode: str, led: set[str]) -> None:
    settings.SECOND_FACTOR = mode
    for name in ("guan", "lin"):
        client = sign_in(name)
        for page in ("site:home", "ledger:index", "mfa_index", "site:acting"):
            answer = client.get(reverse(page))
            to_factor = answer.headers.get("Location") == reverse("accounts:second_factor")
            assert to_factor == (name in led), (name, page)
        if name in led:
            assert client.get(reverse("accounts:second_factor")).status_code == 200


def test_once_set_up_everything_opens_and_the_last_one_stays(guan, settings) -> None:
    settings.SECOND_FACTOR = "administrators"
    client = sign_in("guan")
    set_up(client)
    assert len(codes(client)) == 10
    assert client.get("/").status_code == 200
    page = client.get(reverse("mfa_deactivate_totp"))
    assert faults(page.content.decode()) == []
    client.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(type="totp").count() == 1


def test_who_becomes_an_administrator_is_asked_too(lin, society, settings) -> None:
    client = sign_in("lin")
    settings.SECOND_FACTOR = "administrators"
    assert client.get("/").status_code == 200
    lin.person.tenures.create(organisation=society, role="administrator")
    assert is_in(client), "the answer holds for the day"
    assert not is_in(sign_in("lin"))
    settings.SECOND_FACTOR = "everyone"
    assert not is_in(client), "another rule asks at once"


def test_the_rule_costs_pages_no_query(lin, settings, django_assert_num_queries) -> None:
    client = sign_in("lin")
    client.get(reverse("accounts:second_factor"))
    url = reverse("accounts:second_factor")
    with django_assert_num_queries(3):  # session, account, whether there is a factor
        client.get(url)
    settings.SECOND_FACTOR = "administrators"
    client.get(reverse("mfa_index"))
    with django_assert_num_queries(4):  # and the page's own: whether one must
        client.get(url)


def test_an_administrator_helps_who_lost_the_phone(lin, guan, society) -> None:
    set_up(sign_in("lin"))
    client = sign_in("guan")
    page = client.get(reverse("accounts:sign_ins", args=[lin.pk])).content.decode()
    assert faults(page) == [] and "127.0.0.1" not in page
    client.post(reverse("accounts:remove_factors", args=[lin.pk]))
    assert not Authenticator.objects.exists()
    assert is_in(sign_in("lin"))
    event = AuditEvent.objects.get(verb="account.remove_factors")
    assert (event.actor_id, event.subject_id) == (guan.pk, lin.pk)
    other = factories.account(society, username="zhou")
    other_client = sign_in("zhou")
    assert other_client.get(reverse("accounts:sign_ins", args=[lin.pk])).status_code == 403
    assert SignIn.objects.filter(account=other).count() == 1


def test_the_command_removes_them(lin, capsys) -> None:
    set_up(sign_in("lin"))
    call_command("account", "factors", "lin", "--remove", "--json")
    assert '"removed":true' in capsys.readouterr().out
    assert remove_factors(account=lin, by=None) == 0


def test_setting_up_is_an_event(lin, django_capture_on_commit_callbacks) -> None:
    client = sign_in("lin")
    with django_capture_on_commit_callbacks(execute=True):
        set_up(client)
    kinds = AuditEvent.objects.filter(verb="account.add_factor").values_list("data", flat=True)
    assert {data["kind"] for data in kinds} == {"totp", "recovery_codes"}
