"""What a reporter typed, as clean values of the form's questions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from sheke.definitions.return_forms import Question, ReturnForm

LARGEST = Decimal(10) ** 13  # as in the ledger
WRITTEN = re.compile(r"(-?\d+(?:\.\d+)?)\s*(万|亿)?\s*([^\d\s.]*)")
FACTORS = {None: 1, "万": 10_000, "亿": 100_000_000}
LONGEST = 2000
Raw = Mapping[str, Any]


@dataclass
class Cleaned:
    """`values` of what could be read, `errors` by question of what could not."""

    values: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    def figures(self) -> dict[str, Decimal]:
        return {
            k: Decimal(v) for k, v in self.values.items() if isinstance(v, str) and _is_number(v)
        }


def cleaned(
    form: ReturnForm, raw: Raw, *, uploads: Mapping[str, list[int]] | None = None
) -> Cleaned:
    """Read every answer; a required one that is missing is an error.

    uploads: numbers of the files held for a question.
    """
    found = Cleaned()
    for question in form.questions:
        given = (
            (uploads or {}).get(question.key) if question.kind == "file" else raw.get(question.key)
        )
        try:
            value = clean(question, given)
        except ValueError as error:
            found.errors[question.key] = str(error)
            continue
        if value not in (None, "", []):
            found.values[question.key] = value
        elif question.required:
            found.errors[question.key] = _required(question)
    return found


def clean(question: Question, given: Any) -> Any:
    """One answer. Raises ValueError with what the reporter should read."""
    if given is None or given == "" or given == []:
        return None
    match question.kind:
        case "figure":
            return figure(question, str(given))
        case "choice":
            return _choice(question, given)
        case "choices":
            parts = given if isinstance(given, list) else re.split(r"[;；、]", str(given))
            return [_choice(question, part) for part in parts if str(part).strip()]
        case "records":
            return "complete" if str(given) in ("complete", "true", "是") else None
        case "file":
            return list(given)
    text = str(given).strip()
    if len(text) > LONGEST:
        raise ValueError(_("The text is longer than %(n)s characters.") % {"n": LONGEST})
    return text


def figure(question: Question, text: str) -> str | None:
    """A number as offices write it, as a plain decimal: 1,200, 1.2万, 35人."""
    words = unicodedata.normalize("NFKC", text).replace(",", "").strip()
    if not words:
        return None
    match = WRITTEN.fullmatch(words)
    if match is None:
        raise ValueError(_("“%(value)s” is not a number.") % {"value": text[:40]})
    digits, myriad, unit = match.groups()
    own = question.unit.zh if question.unit else ""
    if myriad and own.startswith(myriad):
        unit, myriad = f"{myriad}{unit}", None
    if unit and not own.startswith(unit):
        raise ValueError(_("Write the number in %(unit)s.") % {"unit": own or _("digits")})
    number = Decimal(digits) * FACTORS[myriad]
    if number < 0:
        raise ValueError(_("A figure is not below nought."))
    if number >= LARGEST:
        raise ValueError(_("The number is too large."))
    if number != round(number, question.places):
        raise ValueError(
            _("At most %(n)s decimal places.") % {"n": question.places}
            if question.places
            else _("A whole number is needed.")
        )
    return f"{number.normalize():f}"


def shown(question: Question, value: Any) -> str:
    """A clean value as people read it."""
    if value in (None, "", []):
        return ""
    if question.kind in ("choice", "choices"):
        names = {choice.key: str(choice.name) for choice in question.choices}
        values = value if isinstance(value, list) else [value]
        return "、".join(names.get(v, str(v)) for v in values)
    if question.kind == "records":
        return _("Complete")
    if question.kind == "file":
        return _("%(n)s files") % {"n": len(value)}
    if question.kind == "figure":
        text = f"{Decimal(value):,}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return str(value)


def _choice(question: Question, given: Any) -> str:
    text = str(given).strip()
    for choice in question.choices:
        if text in (choice.key, choice.name.zh, choice.name.en):
            return choice.key
    names = "、".join(str(choice.name) for choice in question.choices)
    raise ValueError(
        _("“%(value)s” is not one of: %(names)s.") % {"value": text[:40], "names": names}
    )


def _required(question: Question) -> str:
    if question.kind == "records":
        return _("Look at the records and confirm that they are complete; none is an answer, too.")
    if question.kind == "figure":
        return _("A number is needed; write 0 if there was none.")
    return _("An answer is needed.")


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False
