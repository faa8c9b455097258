"""Resumption tokens hold all that the next answer needs, so the server keeps nothing of a harvest.

The list is ordered by when a record last changed, then by its number, and a token names the last record
that was given. What changes meanwhile moves behind it and is given (again): so nothing is missed,
however long a harvest takes, and a token is as good after a restart or on another machine.
"""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import datetime

from .protocol import OaiError


@dataclass(frozen=True)
class Token:
    """first, last, set, prefix: as they were asked for. at, number: the last record given."""

    prefix: str
    first: str
    last: str
    set: str
    at: datetime
    number: int
    given: int  # so many records came before
    total: int  # so many there were at the first answer

    def text(self) -> str:
        parts = [self.prefix, self.first, self.last, self.set, self.at.isoformat(), self.number,
                 self.given, self.total]  # fmt: skip
        packed = json.dumps(parts, ensure_ascii=True, separators=(",", ":")).encode()
        return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def read_token(text: str) -> Token:
    """Raises OaiError for what no answer of ours held."""
    try:
        packed = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        prefix, first, last, set_, at, number, given, total = json.loads(packed)
        words = (prefix, first, last, set_)
        if not all(isinstance(word, str) for word in words):
            raise ValueError
        if not all(type(n) is int and 0 <= n < 2**62 for n in (number, given, total)):
            raise ValueError
        moment = datetime.fromisoformat(at)
        if moment.tzinfo is None:
            raise ValueError
        return Token(prefix, first, last, set_, moment, number, given, total)
    except (ValueError, TypeError, binascii.Error, RecursionError):
        raise OaiError("badResumptionToken", "This token was not given here.") from None
