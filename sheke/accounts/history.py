"""Keeping the history of signing in, and what a browser calls itself."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from sheke.directory.models import Account

from .addresses import client_address
from .models import SignIn

Method = SignIn.Method
BROWSERS = (
    ("MicroMessenger", "微信"), ("DingTalk", "钉钉"), ("Edg", "Edge"), ("OPR", "Opera"),
    ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("HuaweiBrowser", "Huawei"),
    ("QQBrowser", "QQ"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("HarmonyOS", "HarmonyOS"), ("Android", "Android"),
    ("Windows", "Windows"), ("Mac OS X", "macOS"), ("Linux", "Linux"),
)  # fmt: skip


def keep(request: HttpRequest | None, account: Account, *, method: str, succeeded: bool) -> SignIn:
    """Write down one attempt to sign in."""
    return SignIn.objects.create(
        account=account, method=method, succeeded=succeeded,
        address=(client_address(request) or None) if request else None,
        browser=request.META.get("HTTP_USER_AGENT", "")[:300] if request else "",
    )  # fmt: skip


def method_of(request: HttpRequest, account: Account) -> str:
    """How the account signed in just now, from what allauth wrote down in the session."""
    records: list[dict[str, Any]] = get_authentication_records(request, account)
    last = records[-1] if records else {}
    if last.get("passwordless"):
        return Method.PASSKEY
    if last.get("method") == "mfa":
        return str(last["type"])
    known = {"password": Method.PASSWORD, "socialaccount": Method.OPENID}
    return known.get(str(last.get("method")), Method.OTHER)


def forget() -> int:
    """Delete what is older than the office keeps it; the number of rows."""
    before = timezone.now() - timedelta(days=settings.SIGN_IN_HISTORY_DAYS)
    return SignIn.objects.filter(at__lt=before).delete()[0]


def browser_name(agent: str) -> str:
    """`Chrome · Windows` for what a browser calls itself; “” for what we do not know."""
    browser = next((name for sign, name in BROWSERS if re.search(rf"\b{sign}", agent)), "")
    system = next((name for sign, name in SYSTEMS if sign in agent), "")
    return " · ".join(part for part in (browser, system) if part)
