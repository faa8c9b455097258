"""Sessions and the history of signing in."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sheke.accounts.history import browser_name
from sheke.accounts.models import SignIn
from sheke.accounts.tasks import forget_what_is_old
from sheke.core.models import AuditEvent
from tests.accounts.conftest import is_in, sign_in
from tests.site.markup import faults

pytestmark = pytest.mark.django_db
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36"
WECHAT = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) AppleWebKit/605.1 MicroMessenger/8.0.40"


def agent(text: str) -> Client:
    return Client(HTTP_USER_AGENT=text)


def test_a_session_is_ended_by_its_owner(lin, guan) -> None:
    here, there = sign_in("lin", client=agent(CHROME)), sign_in("lin", client=agent(WECHAT))
    page = here.get(reverse("mfa_index")).content.decode()
    assert "Chrome · Windows" in page and "微信 · iPhone" in page and faults(page) == []
    other = UserSession.objects.get(session_key=there.session.session_key)
    sign_in("guan").post(reverse("accounts:end_session", args=[other.pk]))
    assert is_in(there), "nobody else ends it"
    here.post(reverse("accounts:end_session", args=[other.pk]))
    assert is_in(here) and not is_in(there)


def test_all_others_end_at_once(lin) -> None:
    here, *others = (sign_in("lin") for _n in range(3))
    here.post(reverse("accounts:end_other_sessions"))
    assert is_in(here) and not any(is_in(other) for other in others)
    assert AuditEvent.objects.get(verb="account.end_sessions").data == {"count": 2}


def test_the_present_one_is_not_ended_here(lin) -> None:
    here = sign_in("lin")
    mine = UserSession.objects.get(session_key=here.session.session_key)
    here.post(reverse("accounts:end_session", args=[mine.pk]))
    assert is_in(here)


def test_the_last_use_is_kept_now_and_then(lin) -> None:
    here = sign_in("lin")
    for minutes, writes in ((2, False), (30, True)):
        before = UserSession.objects.get().last_seen_at
        here.get("/")
        before = UserSession.objects.get().last_seen_at
        with time_machine.travel(timezone.now() + timedelta(minutes=minutes)):
            here.get("/")
        assert (UserSession.objects.get().last_seen_at > before) is writes


def test_the_history_tells_what_happened(lin) -> None:
    sign_in("lin", "no")
    sign_in("nobody", "no")
    client = sign_in("13800001234", client=agent(CHROME))
    rows = SignIn.objects.order_by("id").values_list("account", "method", "succeeded", "address")
    assert list(rows) == [
        (lin.pk, "password", False, "127.0.0.1"), (lin.pk, "password", True, "127.0.0.1"),
    ]  # fmt: skip
    page = client.get(reverse("mfa_index")).content.decode()
    assert "127.0.0.1" in page and "被拒绝" in page


@pytest.mark.parametrize("number", [1, 3])
def test_my_account_costs_the_same_however_long_the_history(
    lin, number: int, django_assert_num_queries
) -> None:
    for _n in range(number):
        sign_in("lin", "no")
    client = Client()
    client.force_login(lin)
    client.get(reverse("mfa_index"))
    with django_assert_num_queries(8):
        client.get(reverse("mfa_index"))


def test_the_history_is_forgotten(lin, settings) -> None:
    sign_in("lin")
    with time_machine.travel(timezone.now() + timedelta(days=settings.SIGN_IN_HISTORY_DAYS - 1)):
        forget_what_is_old.enqueue()
        assert SignIn.objects.count() == 1
    with time_machine.travel(timezone.now() + timedelta(days=settings.SIGN_IN_HISTORY_DAYS + 1)):
        forget_what_is_old.enqueue()
        assert SignIn.objects.count() == 0


def test_signing_in_is_not_tried_without_end(lin, settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login": "3/m/ip"}
    codes = [sign_in(f"name{n}", "no").answer.status_code for n in range(4)]
    assert codes == [200, 200, 200, 429]


@pytest.mark.parametrize(
    ("text", "name"),
    [(CHROME, "Chrome · Windows"), (WECHAT, "微信 · iPhone"), ("curl/8", ""), ("", "")],
)
def test_browsers_have_names(text: str, name: str) -> None:
    assert browser_name(text) == name


def test_pages_that_are_not_offered_do_not_exist(client: Client) -> None:
    from django.urls import NoReverseMatch

    for name in (
        "account_signup",
        "account_email",
        "account_reset_password",
        "socialaccount_signup",
    ):
        with pytest.raises(NoReverseMatch):
            reverse(name)
