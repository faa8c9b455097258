"""The adapters against a server that speaks the documented contracts."""

from __future__ import annotations

import smtplib
import uuid
from datetime import timedelta

import pytest
from django.core import mail

from sheke.core.errors import BadInput
from sheke.notices.channels import CHANNELS, Envelope, NotNow, Refused, Unclear
from sheke.notices.channels.robots import BYTES, cut, dingtalk_sign

from .gateway import DINGTALK_SECRET, SECRET


def envelope(address="", secret=SECRET, text="讲座改期"):
    return Envelope(uuid.uuid4(), address, "改期", text, secret)


@pytest.fixture(autouse=True)
def _set_up(reachable):
    """Every test has a gateway."""


def test_sms_is_a_signed_post_with_a_key(gateway):
    letter = envelope("+8613800138000")
    assert CHANNELS["sms"].send(letter) == "ref-1"
    (asked,) = gateway.asked
    assert asked["path"] == "/sms"
    assert asked["data"] == {
        "id": str(letter.key), "type": "sms", "to": "+8613800138000", "text": "讲座改期",
    }  # fmt: skip
    assert asked["headers"]["Idempotency-Key"] == str(letter.key)


def test_a_repetition_is_taken_once(gateway):
    letter = envelope(f"{gateway.url}/hook")
    for _time in range(2):
        CHANNELS["webhook"].send(letter)
    assert len(gateway.asked) == 2
    assert len(gateway.taken) == 1


def test_a_wrong_secret_is_refused_for_good(gateway):
    with pytest.raises(Refused, match="401"):
        CHANNELS["webhook"].send(envelope(f"{gateway.url}/hook", secret="wrong"))


@pytest.mark.parametrize("status", [408, 429, 500, 503])
def test_what_may_pass_is_for_later(gateway, status):
    gateway.next = [(status, {"Retry-After": "120"}, {})]
    with pytest.raises(NotNow) as caught:
        CHANNELS["webhook"].send(envelope(f"{gateway.url}/hook"))
    assert caught.value.after == timedelta(minutes=2)


@pytest.mark.parametrize("status", [400, 403, 404, 410])
def test_other_refusals_are_for_good(gateway, status):
    gateway.next = [(status, {}, {"error": "no"})]
    with pytest.raises(Refused, match="no"):
        CHANNELS["webhook"].send(envelope(f"{gateway.url}/hook"))


def test_a_redirect_is_not_followed(gateway):
    gateway.next = [(302, {"Location": f"{gateway.url}/inside"}, {})]
    with pytest.raises(Refused, match="302"):
        CHANNELS["webhook"].send(envelope(f"{gateway.url}/hook"))
    assert [asked["path"] for asked in gateway.asked] == ["/hook"]


def test_no_answer_is_unclear_and_no_connection_is_not(gateway):
    gateway.next = [None]
    with pytest.raises(Unclear):
        CHANNELS["webhook"].send(envelope(f"{gateway.url}/hook"))
    with pytest.raises(NotNow):
        CHANNELS["webhook"].send(envelope("http://127.0.0.1:9/hook"))


@pytest.mark.parametrize(
    "address",
    ["ftp://127.0.0.1/x", "file:///etc/passwd", "http://10.0.0.1/x", "http://127.0.0.1@evil.cn/",
     "https://user:word@127.0.0.1/", "//127.0.0.1/x", "http://", "http://[::1", "http://a:b/"],
)  # fmt: skip
def test_only_allowed_hosts_are_spoken_to(gateway, address):
    with pytest.raises(BadInput):
        CHANNELS["webhook"].checked_address(address)
    with pytest.raises(Refused):
        CHANNELS["webhook"].send(envelope(address))
    assert gateway.asked == []


def test_the_robots_hosts_are_allowed_without_a_setting(settings):
    settings.NOTICES_HOSTS = []
    for address in (
        "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k",
        "https://oapi.dingtalk.com/robot/send?access_token=t",
    ):
        assert CHANNELS["wecom"].checked_address(address) == address


def test_wecom_takes_a_text(gateway):
    CHANNELS["wecom"].send(envelope(f"{gateway.url}/cgi-bin/webhook/send?key=good"))
    assert gateway.taken["0"] == {"msgtype": "text", "text": {"content": "讲座改期"}}


def test_wecom_takes_no_more_than_its_length(gateway):
    address = f"{gateway.url}/cgi-bin/webhook/send?key=good"
    CHANNELS["wecom"].send(envelope(address, text="讲" * 3000))
    assert gateway.taken["0"]["text"]["content"].endswith("讲…")


def test_dingtalk_signs_with_the_time(gateway):
    address = f"{gateway.url}/robot/send?access_token=t"
    CHANNELS["dingtalk"].send(envelope(address, secret=DINGTALK_SECRET))
    assert len(gateway.taken) == 1
    with pytest.raises(Refused, match="310000"):
        CHANNELS["dingtalk"].send(envelope(address, secret="SEC-wrong"))
    with pytest.raises(Refused, match="310000"):
        CHANNELS["dingtalk"].send(envelope(address, secret=""))


def test_a_signature_as_dingtalk_documents_it():
    """Base64 of HMAC-SHA256(key=secret, “timestamp\\nsecret”), computed with openssl."""
    made = dingtalk_sign("this is secret", "1577262236757")
    assert made == "hmPWwU+7lVdm3ZZz0r9tSfx0L4Q26jWOZr9+Gs6EZQM="


@pytest.mark.parametrize(
    ("channel", "path", "code", "expected"),
    [
        ("wecom", "/cgi-bin/webhook/send?key=good", 45009, NotNow),
        ("wecom", "/cgi-bin/webhook/send?key=good", -1, NotNow),
        ("wecom", "/cgi-bin/webhook/send?key=good", 93000, Refused),
        ("dingtalk", "/robot/send", 130101, NotNow),
        ("dingtalk", "/robot/send", 410100, NotNow),
        ("dingtalk", "/robot/send", 400102, Refused),
    ],
)
def test_a_robot_refuses_with_http_200(gateway, channel, path, code, expected):
    gateway.next = [(200, {}, {"errcode": code, "errmsg": "said so"})]
    with pytest.raises(expected, match=f"{code}: said so"):
        CHANNELS[channel].send(envelope(f"{gateway.url}{path}"))


def test_what_is_no_robot_s_answer_is_no_success(gateway):
    gateway.next = [(200, {}, {"hello": "world"})]
    with pytest.raises(Refused):
        CHANNELS["wecom"].send(envelope(f"{gateway.url}/cgi-bin/webhook/send?key=good"))


@pytest.mark.parametrize("text", ["短", "讲" * 700, "a" + "讲" * 700, "ab" + "讲" * 700])
def test_cutting_never_halves_a_character(text):
    short = cut(text, BYTES)
    assert len(short.encode()) <= BYTES
    assert text.startswith(short.removesuffix("…"))


def test_numbers_get_one_form():
    for written in ("13800138000", "138 0013 8000", "+86 138-0013-8000", "0086 13800138000"):
        assert CHANNELS["sms"].checked_address(written) == "+8613800138000"


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (smtplib.SMTPRecipientsRefused({"a@b.cn": (550, b"no such user")}), Refused),
        (smtplib.SMTPRecipientsRefused({"a@b.cn": (450, b"later")}), NotNow),
        (smtplib.SMTPDataError(554, b"spam"), Refused),
        (smtplib.SMTPServerDisconnected("gone"), Unclear),
        (smtplib.SMTPAuthenticationError(535, b"bad password"), NotNow),
        (ConnectionRefusedError("refused"), NotNow),
    ],
)
def test_what_the_mail_server_says(monkeypatch, error, expected):
    def fail(self, messages):
        raise error

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", fail)
    with pytest.raises(expected):
        CHANNELS["mail"].send(envelope("a@b.cn"))


def test_a_subject_is_one_line():
    CHANNELS["mail"].send(Envelope(uuid.uuid4(), "a@b.cn", "one\nBcc: x@y.cn", "text"))
    assert mail.outbox[0].subject == "one Bcc: x@y.cn"
