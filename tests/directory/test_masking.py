"""A masked number tells people apart and cannot be dialled."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheke.directory.masking import mask_identity, mask_mail, mask_phone, mask_text


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("13800001234", "138****1234"),
        ("138 0000 1234", "138****1234"),
        ("0571-88880000", "0571****0000"),
        ("8888001", "*******"),
        ("", ""),
    ],
)
def test_phones(phone, masked):
    assert mask_phone(phone) == masked


@given(st.text("0123456789", min_size=1, max_size=20))
def test_at_least_a_quarter_is_hidden(phone):
    shown = [sign for sign in mask_phone(phone) if sign.isdigit()]
    assert len(shown) <= 0.75 * len(phone)
    assert mask_phone(phone) != phone


def test_mail():
    assert mask_mail("zhangsan@example.org") == "z***@example.org"
    assert mask_mail("") == ""


def test_a_country_code_is_not_what_is_shown():
    assert mask_phone("+86 138 0000 1234") == "138****1234"
    assert mask_phone("0086-571-88880000") == "0571****0000"
    assert mask_phone("+44 20 7946 0000") == "+442****0000"


def test_identity_numbers():
    assert mask_identity("330102199003071230") == "330****30"
    assert mask_identity("12345") == "*****"


def test_a_text_keeps_what_is_not_personal():
    assert mask_text("2024年3月，张某（13800138000）主讲") == "2024年3月，张某（138****8000）主讲"
