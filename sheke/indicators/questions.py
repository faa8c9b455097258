"""What is asked of the ledger, and what comes back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from sheke.definitions.models import Edition
from sheke.directory.models import Organisation


@dataclass(frozen=True)
class Question:
    """An edition of an indicator for an organisation and all below it, from `first_day` to `last_day`.

    `kinds` narrows to organisations of these kinds; `own` to the organisation itself.
    """

    edition: Edition
    organisation: Organisation
    first_day: date
    last_day: date
    kinds: tuple[str, ...] = ()
    own: bool = False


@dataclass(frozen=True)
class Figure:
    """An answer. `value` is None where there is nothing to divide by; `rows` counts the records
    behind it and `digest` is the sum of their digests, which moves when any of them changes.
    """

    value: Decimal | None
    rows: int
    digest: int

    def rounded(self, places: int) -> Decimal | None:
        """The value rounded half up to `places`."""
        if self.value is None:
            return None
        return self.value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
