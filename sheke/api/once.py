"""Idempotency-Key: a request that was cut off is sent again without fear."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from sheke.core.errors import BadInput

from .models import Answer, Token

Made = tuple[int, dict[str, Any]]  # status and body


def once(request: HttpRequest, token: Token, act: Callable[[], Made]) -> Made:
    """Do `act` and keep its answer in the same transaction; the same key is answered from there.

    Without the header the act is simply done. Raises BadInput when the key was used for something else.
    """
    key = request.headers.get("Idempotency-Key", "").strip()
    if not key:
        return act()
    if len(key) > 100:
        raise BadInput(_("Idempotency-Key: longer than 100 characters."))
    asked = _asked(request)
    if held := Answer.objects.filter(token=token, key=key).first():
        return _again(held, asked)
    try:
        with transaction.atomic():
            status, body = act()
            Answer.objects.create(token=token, key=key, request=asked, status=status, body=body)
    except IntegrityError:
        # Two at once with one key: the other was quicker, what this one did is undone.
        if held := Answer.objects.filter(token=token, key=key).first():
            return _again(held, asked)
        raise
    return status, body


def _again(held: Answer, asked: str) -> Made:
    if held.request != asked:
        raise BadInput(_("Idempotency-Key: used before for another request."))
    return held.status, held.body


def _asked(request: HttpRequest) -> str:
    whole = f"{request.method} {request.path}\n".encode() + request.body
    return hashlib.sha256(whole).hexdigest()
