"""Signing in: guessing is slowed down, sessions end when they should, cookies tell nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sheke.core.models import AuditEvent
from sheke.directory.actions import set_password
from tests import factories

pytestmark = pytest.mark.django_db
GOOD = {"username": "lin", "password": "secret-pass"}
BAD = GOOD | {"password": "no"}


@pytest.fixture
def lin():
    return factories.account(factories.organisation(kind="federation"), username="lin")


def sign_in(data: dict[str, str], client: Client | None = None, **extra: str) -> int:
    return (client or Client()).post(reverse("site:sign_in"), data, **extra).status_code


def guess(times: int, **data: str) -> list[int]:
    return [sign_in(BAD | data) for _try in range(times)]


def test_guessing_ends_after_ten_wrong_passwords(lin) -> None:
    assert set(guess(9)) == {200}
    assert sign_in(BAD) == 429
    answer = Client().post(reverse("site:sign_in"), GOOD)
    assert answer.status_code == 429
    assert "15" in answer.content.decode()


def test_after_a_quarter_of_an_hour_one_may_try_again(lin) -> None:
    guess(10)
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert sign_in(GOOD) == 302


def test_the_right_password_forgets_the_wrong_ones(lin) -> None:
    guess(9)
    assert sign_in(GOOD) == 302
    assert set(guess(9)) == {200}


def test_a_new_password_from_the_administrator_helps_at_once(lin) -> None:
    guess(10)
    set_password(account=lin, password="qingyang-2025", by=None)
    assert sign_in(GOOD | {"password": "qingyang-2025"}) == 302


def test_others_and_other_machines_may_sign_in_meanwhile(lin) -> None:
    factories.account(factories.organisation(), username="zhou")
    guess(10)
    assert sign_in(GOOD | {"username": "zhou"}) == 302
    assert sign_in(GOOD, REMOTE_ADDR="10.0.0.9") == 302


def test_an_unknown_name_looks_like_a_wrong_password(lin) -> None:
    texts = []
    for name in ("lin", "nobody"):
        answer = Client().post(reverse("site:sign_in"), BAD | {"username": name})
        texts.append(answer.context["form"].non_field_errors())
        assert answer.status_code == 200
    assert texts[0] == texts[1]


def test_passwords_are_kept_as_scrypt() -> None:
    from sheke.site import settings

    assert settings.PASSWORD_HASHERS[0].endswith("ScryptPasswordHasher")


def test_signing_in_makes_another_session(lin) -> None:
    """A session key that somebody planted before is worth nothing afterwards."""
    client = Client()
    session = client.session
    session["planted"] = 1
    session.save()
    before = session.session_key
    client.cookies[django_settings.SESSION_COOKIE_NAME] = before
    assert sign_in(GOOD, client) == 302
    assert client.session.session_key != before


def test_cookies_are_for_the_server_alone(lin) -> None:
    client = Client()
    sign_in(GOOD, client)
    cookie = client.cookies[django_settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"] and cookie["samesite"] == "Lax"


def test_another_password_ends_the_other_sessions(lin) -> None:
    here, elsewhere = Client(), Client()
    assert sign_in(GOOD, here) == sign_in(GOOD, elsewhere) == 302
    data = {"old_password": "secret-pass"}
    data |= {"new_password1": "qingyang-2025", "new_password2": "qingyang-2025"}
    here.post(reverse("site:password"), data)
    assert here.get(reverse("site:home")).status_code == 200
    assert elsewhere.get(reverse("site:home")).status_code == 302
    event = AuditEvent.objects.get(verb="account.password")
    assert (event.actor_id, event.subject_id) == (lin.pk, lin.pk)


def test_switching_an_account_off_ends_its_sessions(lin) -> None:
    client = Client()
    sign_in(GOOD, client)
    lin.is_active = False
    lin.save()
    assert client.get(reverse("site:home")).status_code == 302
