"""What the finder finds."""

from dataclasses import asdict, dataclass
from typing import Any

from .numerals import Number


@dataclass(frozen=True, slots=True)
class Slot:
    """One reported figure or one blank of a text.

    `start` and `end` are character offsets; `text` is the wording between them, from the
    numeral to its measure word. `value` is None for a blank and for a range, whose ends are
    `low` and `high`. `ordinal` is always false: 第三届 is no reported figure and makes no slot;
    the key is kept so that readers of the JSON need not guess. `planned` is true for a figure
    that was intended, false for one that was reached or where the text does not say.
    """

    start: int
    end: int
    text: str
    blank: bool
    value: Number | None
    magnitude: str | None
    unit: str | None
    approximate: bool
    approximation: tuple[str, ...] = ()
    low: Number | None = None
    high: Number | None = None
    ordinal: bool = False
    planned: bool = False
    verb: str = ""
    object: str = ""
    context: str = ""
    sentence: str = ""

    def as_json(self) -> dict[str, Any]:
        """The slot as plain data, keys in the order of the fields."""
        return asdict(self) | {"approximation": list(self.approximation)}


@dataclass(frozen=True, slots=True)
class Warning:
    """Wording that needs a person: `kind`, where, the words, and what is wrong with them."""

    kind: str
    start: int
    end: int
    text: str
    message: str

    def as_json(self) -> dict[str, Any]:
        return asdict(self)
