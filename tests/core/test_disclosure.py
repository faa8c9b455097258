"""Personal data in texts: what must be found, what must not, and laws that hold for every text."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.cn import ric

from sheke.core.disclosure import find_personal_data


def kinds(text: str) -> list[str]:
    return [one.kind for one in find_personal_data(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("联系人张某，13800138000。", ["mobile"]),
        ("手机：138-0013-8000；备用 +86 139 0013 9000", ["mobile", "mobile"]),
        ("电话１３８００１３８０００", ["mobile"]),
        ("办公室（0571）88880000，传真0571-8888 0001", ["landline", "landline"]),
        ("电话：010-65123456转8001", ["landline"]),
        ("联系电话：8712 3456", ["landline"]),
        ("投稿请发zhang.san@example.org.cn，谢谢", ["mail"]),
        ("身份证号330102199003071230，", ["identity"]),
        ("身份证33010219900307123０", ["identity"]),
        ("一代证330102900307123", ["identity"]),
        ("收款卡号 6222 0212 3456 7890 128", ["card"]),
        ("李某13800138000人事处", ["mobile"]),
        ("王某：13800138000\n赵某：13900139000", ["mobile", "mobile"]),
    ],
)
def test_it_is_found(text, expected):
    assert kinds(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "云社科〔2024〕12号", "云社科发〔2023〕第13800138000号", "投入经费13800138000元",
        "线上观看13812345678人次", "点击量15000000000", "1,380,013,800元", "1380013.8000",
        "统一社会信用代码51330000501870000X", "ISBN 978-7-5161-1234-5", "CN 33-1234/C",
        "2024年1月1日至2025年12月31日", "20240101-20241231", "2024-2025学年", "邮编310000",
        "5.2万余人次", "项目编号24NDJC012YB", "22BZZ0123456", "QQ群123456789", "12345热线",
        "400-123-4567", "电话会议2024次", "第13900139000期", "见https://a.cn/138001380001234",
        "身份证号330102199003071231的校验位不对", "6222021234567890129", "@所有人", "a@b",
        "合计 330102 人，其中 1990 年 0307 人", "比分 3:2，占 13.800138%", "科研经费 0571.88 万元",
    ],
)  # fmt: skip
def test_it_is_none(text):
    assert kinds(text) == []


def test_an_excerpt_shows_the_place_and_no_number():
    (first, second) = find_personal_data("讲座由张某（13800138000、13900139000）主持")
    assert first.excerpt == "讲座由张某（138****8000、139****9000"
    assert "13900139000" not in second.excerpt
    assert first.key != second.key


@st.composite
def identities(draw) -> str:
    born = draw(st.dates(date(1920, 1, 1), date(2020, 12, 31)))
    head = draw(st.sampled_from(["330102", "110101", "440305", "510104"]))
    body = f"{head}{born:%Y%m%d}{draw(st.integers(0, 999)):03}"
    return body + ric.calc_check_digit(body + "0")


# Texts without digits and letters, so that nothing beside a number makes it another one.
prose = st.text(st.sampled_from("讲座由主持，地点。在（）：\n"), max_size=20)
digits = st.sampled_from("0123456789")
mobiles = st.tuples(
    st.just("1"), st.sampled_from("3456789"), st.text(digits, min_size=8, max_size=8),
    st.sampled_from("123456789"),
).map("".join)  # fmt: skip


@given(prose, identities(), prose)
def test_every_identity_number_is_found_whatever_stands_around(before, number, after):
    (one,) = find_personal_data(before + number + after)
    assert (one.kind, one.start, one.end) == ("identity", len(before), len(before) + 18)
    assert number not in one.excerpt
    assert number not in one.masked


@given(identities(), st.integers(1, 9))
def test_a_wrong_check_digit_is_no_identity_number(number, shift):
    wrong = number[:-1] + "0123456789X"[("0123456789X".index(number[-1]) + shift) % 11]
    assert "identity" not in kinds(wrong)


@given(prose, mobiles, prose)
def test_every_mobile_number_is_found(before, number, after):
    assert kinds(before + number + after) == ["mobile"]


@given(st.text(digits, min_size=13, max_size=16).map(lambda rest: f"62{rest}"))
def test_a_card_is_found_by_its_check_digit(body):
    number = body + luhn.calc_check_digit(body)
    if len(set(number)) > 3 and len(number) != 18:
        assert kinds(f"卡号{number}") == ["card"]
        wrong = body + str((int(number[-1]) + 1) % 10)
        assert kinds(f"卡号{wrong}") == []


@given(st.text(st.sampled_from("0123456789 -+@.aXx（）()０９电话万号，"), max_size=60))
@example("13800138000" * 3)
def test_places_lie_in_the_text_apart_and_in_order(text):
    found = find_personal_data(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
