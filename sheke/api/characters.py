"""Characters that JSON can write and no database keeps: zero, and half a surrogate pair."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext as _

from sheke.core.errors import BadInput

NOWHERE = re.compile("[\0\ud800-\udfff]")


def can_be_kept(value: Any) -> bool:
    """Whether all texts in the JSON value, keys too, can be written to the database."""
    if isinstance(value, str):
        return NOWHERE.search(value) is None
    if isinstance(value, dict):
        return all(can_be_kept(key) and can_be_kept(part) for key, part in value.items())
    if isinstance(value, list):
        return all(map(can_be_kept, value))
    return True


def check_characters(value: Any) -> None:
    """Raise BadInput where a text holds what cannot be kept."""
    if not can_be_kept(value):
        raise BadInput(_("What was sent holds a character that cannot be kept."))
