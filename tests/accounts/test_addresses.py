"""The client's address behind proxies, also when the client lies."""

from __future__ import annotations

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from sheke.accounts.addresses import client_address
from tests.accounts.conftest import sign_in

CLIENT, PROXY, INNER = "203.0.113.7", "10.0.0.1", "10.0.0.2"


def address(proxies: int, settings, forwarded: str | None = None, seen: str = PROXY) -> str:
    settings.PROXIES = proxies
    extra = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    return client_address(RequestFactory().get("/", REMOTE_ADDR=seen, **extra))


def test_without_proxies_the_header_is_nothing(settings) -> None:
    assert address(0, settings, "1.2.3.4", CLIENT) == CLIENT


def test_one_proxy_says_who_asked(settings) -> None:
    assert address(1, settings, CLIENT) == CLIENT


def test_two_proxies(settings) -> None:
    assert address(2, settings, f"{CLIENT}, {INNER}") == CLIENT


def test_who_comes_past_the_proxies_has_their_own_address(settings) -> None:
    assert address(2, settings, "1.2.3.4", CLIENT) == CLIENT
    assert address(1, settings, None, CLIENT) == CLIENT


@pytest.mark.parametrize("text", ["", "unknown", "x' OR 1", "999.1.1.1"])
def test_nonsense_from_the_proxy_leaves_the_seen_address(settings, text: str) -> None:
    assert address(1, settings, text) == PROXY


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("203.0.113.7:51234", CLIENT),
        ("[2001:db8::1]:443", "2001:db8::1"),
        ("2001:db8::1", "2001:db8::1"),
    ],
)
def test_ports_and_brackets_go(settings, text: str, plain: str) -> None:
    assert address(1, settings, text) == plain


@given(lies=st.lists(st.sampled_from(["1.1.1.1", "", "localhost", CLIENT, "::1"]), max_size=5))
def test_what_the_client_wrote_before_changes_nothing(lies: list[str]) -> None:
    request = RequestFactory().get(
        "/", REMOTE_ADDR=PROXY, HTTP_X_FORWARDED_FOR=", ".join([*lies, "198.51.100.9"])
    )
    from django.test import override_settings

    with override_settings(PROXIES=1):
        assert client_address(request) == "198.51.100.9"


@pytest.mark.django_db
def test_a_made_up_header_does_not_escape_the_pause(settings, lin) -> None:
    settings.PROXIES = 1
    for n in range(10):
        client = sign_in("lin", "no", HTTP_X_FORWARDED_FOR=f"1.1.1.{n}, {CLIENT}")
    assert client.answer.status_code == 429
    again = sign_in("lin", HTTP_X_FORWARDED_FOR=f"9.9.9.9, {CLIENT}")
    assert again.answer.status_code == 429
    assert sign_in("lin", HTTP_X_FORWARDED_FOR="198.51.100.9").answer.status_code == 302
