"""Robots of group chats: WeCom (企业微信群机器人) and DingTalk (钉钉自定义机器人).

Both answer HTTP 200 also when they refuse; `errcode` says it. Neither knows a repetition, so both
are at most once.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from datetime import timedelta
from urllib.parse import quote_plus

from django.utils.translation import gettext_lazy

from .contract import Channel, Envelope, NotNow, Refused
from .posting import Answer, checked_url, post
from .signed import understood

BYTES = 2000  # of text; WeCom takes 2048
MINUTE = timedelta(minutes=1)  # both take twenty messages a minute


class Robot(Channel):
    repeats = False
    later: frozenset[int]  # error codes after which another try is right

    def ready(self) -> bool:
        return True

    def checked_address(self, address: str) -> str:
        return checked_url(address)

    def url(self, envelope: Envelope) -> str:
        return envelope.address

    def send(self, envelope: Envelope) -> str:
        body = {"msgtype": "text", "text": {"content": cut(envelope.text, BYTES)}}
        answer = post(self.url(envelope), json.dumps(body, ensure_ascii=False).encode(), {})
        understood(answer)
        self._check(answer)
        return ""

    def _check(self, answer: Answer) -> None:
        """HTTP 200 with an errcode other than 0 is a refusal; without one it is no robot's answer."""
        code = answer.data.get("errcode")
        if code == 0:
            return
        reason = f"errcode {code}: {answer.data.get('errmsg', answer.text)}"
        if code in self.later:
            raise NotNow(reason, MINUTE)
        raise Refused(reason)


class WeCom(Robot):
    key = "wecom"
    label = gettext_lazy("WeCom robot")
    later = frozenset({-1, 45009, 45033})  # busy, too many a minute, too many at a time


class DingTalk(Robot):
    key = "dingtalk"
    label = gettext_lazy("DingTalk robot")
    later = frozenset({-1, 130101, 410100})  # busy, too many a minute (two codes)

    def url(self, envelope: Envelope) -> str:
        """With `timestamp` and `sign` where the robot has a secret (加签)."""
        if not envelope.secret:
            return envelope.address
        timestamp = str(round(time.time() * 1000))
        sign = quote_plus(dingtalk_sign(envelope.secret, timestamp))
        joint = "&" if "?" in envelope.address else "?"
        return f"{envelope.address}{joint}timestamp={timestamp}&sign={sign}"


def dingtalk_sign(secret: str, timestamp: str) -> str:
    """Base64 of HMAC-SHA256 over “timestamp\\nsecret” with the secret as key."""
    made = hmac.new(secret.encode(), f"{timestamp}\n{secret}".encode(), hashlib.sha256)
    return base64.b64encode(made.digest()).decode()


def cut(text: str, length: int) -> str:
    """At most so many bytes of UTF-8, never half a character."""
    data = text.encode()
    return text if len(data) <= length else data[: length - 3].decode(errors="ignore") + "…"


WECOM = WeCom()
DINGTALK = DingTalk()
