"""Texts of pages that are made once for the same values, and kept by each process.

Nothing here can be stale or another's: the key holds all that the text is made of. Keep that so.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, ItemsView
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.signals import setting_changed
from django.utils.safestring import SafeString
from django.utils.translation import get_language

MOST = 20_000  # texts, of some hundred bytes each
PLAIN = (int, float, Decimal, date)
_texts: dict[Hashable, SafeString] = {}


def printed(key: Hashable, make: Callable[[], SafeString]) -> SafeString:
    """What `make` gives, or gave before for an equal key in the same language."""
    named = (get_language(), key)
    text = _texts.get(named)
    if text is None:
        text = make()
        if not settings.DEBUG:
            if len(_texts) >= MOST:
                _texts.clear()
            _texts[named] = text
    return text


def plain(value: Any) -> tuple[Hashable, Any]:
    """(key, value) of what may be printed: texts, numbers, days, lists of them, and the fields of
    frozen dataclasses; anything else as its text, since it may be equal still and say another thing.
    """
    if type(value) is str or value is None:
        return value, value
    if isinstance(value, PLAIN):
        return (type(value), str(value)), value  # 1, True and 1.0 are equal and print otherwise
    if isinstance(value, list | tuple | ItemsView):
        pairs = [plain(one) for one in value]
        return tuple(key for key, _one in pairs), [one for _key, one in pairs]
    if getattr(getattr(value, "__dataclass_params__", None), "frozen", False):
        fields = {name: plain(one) for name, one in vars(value).items()}
        named = {name: one for name, (_key, one) in fields.items()}
        return (type(value), *(key for key, _one in fields.values())), named
    text = value if isinstance(value, SafeString) else str(value)
    return (type(text), text), text


def forget(**_signal: Any) -> None:
    """Settings change in tests only."""
    _texts.clear()


setting_changed.connect(forget, dispatch_uid="sheke.printed")
