"""What a record says, checked against its type, and the canonical form that versions and digests use."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from sheke.core.errors import BadInput
from sheke.core.numerals import NUMERAL_CHARACTERS, parse_chinese
from sheke.definitions.models import Edition
from sheke.definitions.schemas import Attribute, Measure, RecordType
from sheke.directory.models import Organisation

from .models import SCALE, Heading

FIRST_YEAR, LAST_YEAR = 1900, 2200  # a year outside is a slip of the pen
_WRITTEN = re.compile(
    rf"(?P<digits>\d+(?:\.\d+)?|[{NUMERAL_CHARACTERS}]+?)\s*(?P<myriad>[万亿](?![{NUMERAL_CHARACTERS}]))?\s*"
    rf"(?P<unit>[^\d\s.{NUMERAL_CHARACTERS}]*)"
)
_MYRIADS = {"": 1, "万": 10_000, "亿": 100_000_000}
LIMIT = Decimal(10) ** 13  # an amount must leave room for sums in 64 bits


class ContentError(BadInput):
    """`errors` maps a field's key (title, happened_on, a measure, a filter field) to its message."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__("; ".join(f"{key}: {message}" for key, message in errors.items()))
        self.errors = dict(errors)


@dataclass(frozen=True)
class Draft:
    """A record before it is posted. `checked` brings it into canonical form."""

    edition: Edition
    organisation: Organisation
    happened_on: date
    title: str
    amounts: Mapping[str, Any] = field(default_factory=dict)
    attributes: Mapping[str, Any] = field(default_factory=dict)
    ended_on: date | None = None
    note: str = ""
    heading: Heading | None = None
    cohosts: tuple[Organisation, ...] = ()
    supporters: tuple[Organisation, ...] = ()

    def checked(self) -> Draft:
        """The draft with clean amounts and attributes.

        Raises ContentError naming every field that is wrong.
        """
        if hasattr(self, "_clean"):
            return self
        errors: dict[str, str] = {}
        type_ = self.edition.record_type
        title = " ".join(self.title.split())
        if not title:
            errors["title"] = _("A title is needed.")
        elif len(title) > 300:
            errors["title"] = _("The title is longer than 300 characters.")
        if not FIRST_YEAR <= self.happened_on.year <= LAST_YEAR:
            errors["happened_on"] = _("The year %(year)s cannot be meant.") % {
                "year": self.happened_on.year
            }
        if self.ended_on and self.ended_on < self.happened_on:
            errors["ended_on"] = _("The end lies before the date.")
        amounts = _clean(type_.measures, self.amounts, _amount, errors)
        attributes = _clean(type_.fields, self.attributes, _attribute, errors)
        for key in sorted({*self.amounts, *self.attributes} - _keys(type_)):
            errors[key] = _("The record type has no such field.")
        cohosts = _others(self.cohosts, {self.organisation.pk})
        supporters = _others(self.supporters, {self.organisation.pk, *(o.pk for o in cohosts)})
        if errors:
            raise ContentError(errors)
        clean = replace(
            self, title=title, amounts=amounts, attributes=attributes, cohosts=cohosts,
            supporters=supporters, note=self.note.strip(),
        )  # fmt: skip
        # No field, so that a copy with changes is checked anew.
        object.__setattr__(clean, "_clean", True)
        return clean

    def content(self) -> dict[str, Any]:
        """The JSON that a version keeps."""
        return {
            "type": self.edition.definition.key,
            "edition": self.edition.number,
            "organisation": self.organisation.pk,
            "happened_on": self.happened_on.isoformat(),
            "ended_on": self.ended_on.isoformat() if self.ended_on else None,
            "title": self.title,
            "amounts": dict(self.amounts),
            "attributes": dict(self.attributes),
            "note": self.note,
            "heading": self.heading.pk if self.heading else None,
            "cohosts": [o.pk for o in self.cohosts],
            "supporters": [o.pk for o in self.supporters],
        }


def happened(day: date) -> date:
    """The day, if it has come. Raises ValueError: a record says what was done, not what will be.

    Entry and import ask this; the actions do not, so that the past can be built up again elsewhere.
    """
    if day > timezone.localdate():
        raise ValueError(_("This day has not come yet; what is planned belongs in the plan."))
    return day


def digest(uid: UUID, revision: int, content: Mapping[str, Any]) -> int:
    """40 bits of the SHA-256 of a version; few enough that eight million of them sum up in 64 bits."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    sha = hashlib.sha256(f"{uid.hex}:{revision}:{text}".encode()).digest()
    return int.from_bytes(sha[:5], "big")


def scaled(amount: str | int | Decimal) -> int:
    """An amount in whole ten-thousandths."""
    return int(Decimal(amount) * SCALE)


def _keys(type_: RecordType) -> set[str]:
    return {m.key for m in type_.measures} | {f.key for f in type_.fields}


def _clean(
    parts: Iterable[Any], values: Mapping[str, Any], convert: Any, errors: dict[str, str]
) -> dict[str, Any]:
    """The values by key in the type's order; empty ones are left out."""
    clean: dict[str, Any] = {}
    for part in parts:
        value = values.get(part.key)
        if value is None or value == "" or value == []:
            if part.required:
                errors[part.key] = _("“%(name)s” is needed.") % {"name": part.name}
            continue
        try:
            clean[part.key] = convert(part, value)
        except ValueError as error:
            errors[part.key] = str(error)
    return clean


def _amount(measure: Measure, value: Any) -> str:
    """A non-negative decimal as the shortest plain string."""
    amount = _number(str(value), measure.unit.zh)
    if amount is None:
        raise ValueError(_("“%(value)s” is not a number.") % {"value": value})
    if not amount.is_finite() or amount < 0 or amount >= LIMIT:
        raise ValueError(_("The amount must lie between 0 and 10 trillion."))
    if amount != round(amount, measure.places):
        message = (
            _("At most %(places)s decimal places.") if measure.places else _("A whole number.")
        )
        raise ValueError(message % {"places": measure.places})
    return f"{amount.normalize():f}"


def _number(text: str, unit: str) -> Decimal | None:
    """A number as offices write it: 1,200, 1.2万, 三十五, 60人 where 人次 are counted."""
    words = unicodedata.normalize("NFKC", text).replace(",", "").strip()
    try:
        return Decimal(words)
    except InvalidOperation:
        pass
    written = _WRITTEN.fullmatch(words)
    if written is None:
        return None
    digits, myriad, said = written.group("digits", "myriad", "unit")
    factor = _MYRIADS[myriad or ""]
    if myriad and unit.startswith(tuple("万亿")):  # 1.2万 of 万元 are no 12,000
        factor, said = 1, myriad + said
    if not unit.startswith(said):
        return None
    number = parse_chinese(digits) if digits[0] in NUMERAL_CHARACTERS else digits
    return None if number is None else Decimal(number) * factor


def _attribute(attribute: Attribute, value: Any) -> Any:
    if attribute.kind == "choice":
        return _choice(attribute, value)
    if attribute.kind == "choices":
        parts = (
            value if isinstance(value, list | tuple) else str(value).replace("；", ";").split(";")
        )
        return sorted({_choice(attribute, part) for part in parts})
    if attribute.kind == "boolean":
        return _boolean(value)
    if attribute.kind == "number":
        return _amount(
            Measure(key=attribute.key, name=attribute.name, unit=attribute.name, places=4), value
        )
    if attribute.kind == "date":
        return _date(value)
    text = " ".join(str(value).split())
    if len(text) > 200:
        raise ValueError(_("The text is longer than 200 characters."))
    return text


def _choice(attribute: Attribute, value: Any) -> str:
    """By key or by its name in either language."""
    text = str(value).strip()
    for choice in attribute.choices:
        if text in (choice.key, choice.name.zh, choice.name.en):
            return choice.key
    names = "、".join(choice.name.zh for choice in attribute.choices)
    raise ValueError(_("“%(value)s” is not one of: %(names)s.") % {"value": text, "names": names})


def _boolean(value: Any) -> bool:
    text = str(value).strip().lower()
    if text in ("true", "1", "yes", "是", "有", "√"):
        return True
    if text in ("false", "0", "no", "否", "无"):
        return False
    raise ValueError(_("“%(value)s” is neither yes nor no.") % {"value": value})


def _date(value: Any) -> str:
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    try:
        return date.fromisoformat(str(value).strip()).isoformat()
    except ValueError:
        raise ValueError(
            _("“%(value)s” is not a date like 2025-03-31.") % {"value": value}
        ) from None


def _others(organisations: Iterable[Organisation], taken: set[int]) -> tuple[Organisation, ...]:
    """Each once, in the order of their numbers, without those taken."""
    unique = {o.pk: o for o in organisations if o.pk not in taken}
    return tuple(unique[pk] for pk in sorted(unique))
