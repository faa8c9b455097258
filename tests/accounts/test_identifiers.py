"""Whom a user name, phone number or mail means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheke.accounts.identifiers import account_for, normal_phone
from tests import factories
from tests.accounts.conftest import is_in, reachable, sign_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "text", ["lin", "13800001234", "138-0000-1234", "+86 138 0000 1234", "LIN@example.org", " lin "]
)
def test_each_of_them_signs_in(lin, text: str) -> None:
    assert account_for(text) == lin
    assert is_in(sign_in(text))


@pytest.mark.parametrize("text", ["", "13800001235", "nobody", "lin@", "@", "+", "1" * 150])
def test_others_mean_nobody(lin, text: str) -> None:
    assert account_for(text) is None


def test_a_number_of_two_people_means_neither(lin, society) -> None:
    reachable(factories.account(society, username="zhou"), "13800001234", "LIN@example.org")
    assert account_for("13800001234") is None
    assert account_for("lin@example.org") is None
    assert account_for("lin") == lin


def test_a_user_name_comes_first(lin, society) -> None:
    other = factories.account(society, username="13800001234")
    assert account_for("13800001234") == other


def test_an_account_that_is_switched_off_hides_nobody(lin, society) -> None:
    off = reachable(factories.account(society, username="zhou"), "13800001234")
    off.is_active = False
    off.save()
    assert account_for("13800001234") == lin


def test_nobody_and_a_wrong_password_look_alike(lin) -> None:
    pages = [sign_in(name, "no").answer for name in ("lin", "13800001234", "13800009999", "x@y.cn")]
    said = {str(page.context["form"].non_field_errors()) for page in pages}
    assert len(said) == 1 and {page.status_code for page in pages} == {200}


def test_nobody_costs_a_password_too(lin, monkeypatch) -> None:
    """The hasher runs for names that mean nobody, so that the time tells nothing."""
    from django.contrib.auth.hashers import MD5PasswordHasher

    runs: list[str] = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher, "encode", lambda *a, **k: runs.append("") or encode(*a, **k)
    )
    counts = []
    for name in ("lin", "nobody", "13800009999", "x@y.cn"):
        runs.clear()
        sign_in(name, "no")
        counts.append(len(runs))
    assert counts == [1, 1, 1, 1]


@given(st.text("0123456789", min_size=8, max_size=8), st.sampled_from(["", "+86", "+86 ", "0086"]))
def test_a_mobile_number_is_one_however_it_is_written(digits: str, prefix: str) -> None:
    number = "138" + digits
    spaced = f"{number[:3]} {number[3:7]}-{number[7:]}"
    assert normal_phone(prefix + spaced) == f"+86{number}"
