"""Putting it together: text in, slots and warnings out."""

from . import approximations
from .candidates import QUANTITY, Candidate, candidates
from .judgement import is_blank, is_figure
from .masks import Masks
from .numerals import (
    Number,
    arabic,
    chinese,
    fraction,
    magnitude_value,
    magnitude_word,
    tidy,
)
from .sentences import Boundaries, is_planned, verb_and_object
from .slot import Slot
from .tables import Rows, Tables


def find_slots(text: str, rows: Rows | None = None) -> list[Slot]:
    """Every reported figure and every blank of `text`, in order.

    Offsets count characters of `text` as given. Dates, ordinals, quoted names, anonymised
    names and document numbers are left out; see `judgement.py` for every rule.
    `rows` are the rows of a Word file's tables; without them tables are looked for in the lines.
    """
    masks = Masks(text)
    boundaries = Boundaries(text)
    return [
        _slot(text, found, boundaries)
        for found in candidates(text, Tables(text, rows))
        if is_figure(text, found, masks)
    ]


def _slot(text: str, found: Candidate, boundaries: Boundaries) -> Slot:
    first, last = boundaries.clause(found.start, found.end)
    clause = text[first:last]
    opening, closing = boundaries.sentence(found.start, found.end)
    verb, thing = verb_and_object(clause, found.start - first, found.end - first)
    if found.cell:
        verb, thing, clause = "", found.cell.row, f"{found.cell.row} {found.cell.column}"
    words = _approximation(text, found)
    blank = is_blank(found)
    value, low, high = (None, None, None) if blank else _values(found)
    return Slot(
        start=found.start,
        end=found.end,
        text=text[found.start : found.end],
        blank=blank,
        value=value,
        magnitude=_magnitude(found),
        unit=_unit(found),
        approximate=bool(words) or (value is None and low is not None and high is None),
        approximation=words,
        low=low,
        high=high,
        planned=is_planned(text[opening : found.start], clause),
        verb=verb,
        object=thing,
        context=clause.strip(),
        sentence=text[opening:closing].strip(),
    )


def _unit(found: Candidate) -> str | None:
    if found.percent:
        return found.percent
    if found.measure is None or not found.measure.word:
        return None
    return found.measure.word.replace("个多", "个").replace("个半", "个")


def _approximation(text: str, found: Candidate) -> tuple[str, ...]:
    """The words of estimate around and inside the figure, in reading order."""
    bare = not found.numeral.strip("百千万亿余多")
    words: list[str] = []
    lead = approximations.before(text, found.start)
    if lead is not None and approximations.is_estimate(lead, bare):
        words.append(lead)
    for part in QUANTITY.finditer(found.match.group()):
        words.extend(word for word in (part["inner"], part["outer"]) if word)
    if found.numeral.startswith(("数", "几")):
        words.append(found.numeral[0])
    if found.measure and found.measure.word.startswith("个多"):
        words.append("多")
    trail = approximations.after(text, found.end)
    if trail is not None:
        words.append(trail)
    return tuple(words)


def _magnitude(found: Candidate) -> str | None:
    numeral = found.match.group("high") or found.match.group("low")
    if numeral is None:
        rest = found.match.group("gap_rest") or ""
        return magnitude_word(rest.rstrip("余多几来+＋"))
    parts = QUANTITY.match(numeral)
    if parts is None or parts["percent"]:
        return None
    if parts["magnitude"]:
        return magnitude_word(parts["magnitude"])
    run = parts["chinese"] or ""
    return next((char for char in reversed(run) if char in "万亿"), None)


def _values(found: Candidate) -> tuple[Number | None, Number | None, Number | None]:
    """Value, low and high; a range has no value, an estimate like 两三 has only its low end."""
    match = found.match
    if match.group("half"):
        return 0.5, None, None
    if match.group("fraction"):
        return (
            _fraction(match.group("top"), match.group("bottom"), match.group("slash")),
            None,
            None,
        )
    low = _value(match.group("low"))
    if match.group("high"):
        high = _value(match.group("high"))
        return None, _lift(low, match.group("low"), match.group("high")), high
    return low, None, None


def _fraction(top: str | None, bottom: str | None, slash: str | None) -> Number | None:
    if slash:
        above, below = slash.replace("／", "/").split("/")
        return tidy(int(above) / int(below)) if int(below) else None
    return fraction(top or "", bottom or "")


def _value(quantity: str) -> Number | None:
    parts = QUANTITY.match(quantity)
    if parts is None or parts["blank"]:
        return None
    number = arabic(parts["arabic"]) if parts["arabic"] else chinese(parts["chinese"])
    if number is None or not parts["magnitude"]:
        return number
    return tidy(number * magnitude_value(parts["magnitude"]))


def _lift(low: Number | None, first: str, second: str) -> Number | None:
    """3—5万元: the lower end shares the magnitude said once at the upper end."""
    one, two = QUANTITY.match(first), QUANTITY.match(second)
    if low is None or not one or not two or one["magnitude"] or not two["magnitude"]:
        return low
    return tidy(low * magnitude_value(two["magnitude"]))
