"""One value of a field, cleaned by the kind of the field."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from sheke.core.numerals import whole_number
from sheke.definitions.programmes import Field
from sheke.definitions.schemas import Choice

from .rich import clean_rich, rich_text
from .texts import LONGEST, clean_line, clean_lines, count_characters

Topics = Mapping[int, str]  # {primary key: "A-03 文旅融合研究"} of the call's guide
LARGEST = Decimal(10) ** 10  # of an amount, as the database keeps it
WRITTEN = re.compile(r"(-?\d{1,18}(?:\.\d{1,12})?)\s*(万|亿)?\s*([^\d\s.]*)")
DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
YES, NO = ("true", "on", "yes", "1", "是", "有"), ("false", "off", "no", "0", "否", "无")


def clean_value(field: Field, given: Any, topics: Topics | None = None) -> Any:
    """The clean value, or None where nothing is filled in. Raises ValueError with what to do.

    Tables and files are cleaned by `check_values`.
    """
    if given is None or given == "" or given == []:
        return None
    if isinstance(given, list | tuple | Mapping) and field.kind not in ("choices", "organisations"):
        raise ValueError(_("One value belongs here."))
    cleaned = KINDS[field.kind](field, given, topics or {})
    return None if cleaned in ("", []) else cleaned


def find_topic(text: str, topics: Topics) -> int | None:
    """The topic written as its number, its title or both; None where none or several fit."""
    wanted = clean_line(text).casefold()
    found = []
    for pk, label in topics.items():
        number, _space, title = label.partition(" ")
        if wanted in (label.casefold(), number.casefold(), title.casefold()):
            found.append(pk)
    return found[0] if len(found) == 1 and wanted else None


def decimal_text(given: Any, *, places: int, unit: str = "") -> str:
    """A number as offices write it (1,200; 1.2万; 35人), as a plain decimal. Raises ValueError."""
    words = unicodedata.normalize("NFKC", clean_line(given)).replace(",", "").replace("−", "-")
    match = WRITTEN.fullmatch(words)
    if match is None:
        raise ValueError(
            _("“%(value)s” is not a number; write it in digits.") % {"value": words[:40]}
        )
    digits, myriad, after = match.groups()
    if myriad and unit.startswith(myriad):
        after, myriad = f"{myriad}{after}", None
    if after and not unit.startswith(after):
        raise ValueError(_("Write the number in %(unit)s.") % {"unit": unit or _("digits")})
    number = Decimal(digits) * {None: 1, "万": 10_000, "亿": 100_000_000}[myriad]
    if abs(number) >= LARGEST:
        raise ValueError(_("The number is too large."))
    if number != round(number, places):
        raise ValueError(
            _("At most %(n)s decimal places.") % {"n": places} if places
            else _("A whole number is needed.")
        )  # fmt: skip
    return f"{number.normalize() + 0:f}"


def date_text(given: Any) -> str:
    """A day as people write it (2026-3-1, 2026年3月1日), as ISO text. Raises ValueError."""
    words = unicodedata.normalize("NFKC", clean_line(given))
    match = DATE.fullmatch(words)
    try:
        day = date(*(int(part) for part in match.groups())) if match else None
    except ValueError:
        day = None
    if day is None or not 1900 <= day.year <= 2200:
        raise ValueError(
            _("“%(value)s” is not a day; write it like 2026-03-01.") % {"value": words[:40]}
        )
    return day.isoformat()


def choice_key(choices: tuple[Choice, ...], given: Any) -> str:
    """The key of what was chosen by key or by name. Raises ValueError."""
    text = clean_line(given)
    for choice in choices:
        if text in (choice.key, choice.name.zh, choice.name.en):
            return choice.key
    names = "、".join(str(choice.name) for choice in choices)
    raise ValueError(
        _("“%(value)s” is not one of: %(names)s.") % {"value": text[:40], "names": names}
    )


def organisations_in(given: Any) -> list[dict[str, Any]]:
    """Organisations from rows, or from the lines of a text, each once."""
    found: list[dict[str, Any]] = []
    for part in given if isinstance(given, list | tuple) else str(given).splitlines():
        one = part if isinstance(part, Mapping) else {"name": part}
        name, pk = clean_line(one.get("name") or "")[:200].strip(), one.get("id")
        held = {"id": pk if type(pk) is int and pk > 0 else None, "name": name}
        if name and held not in found:
            found.append(held)
    return found


def _limited(text: str, count: int, field: Field) -> str:
    if field.limit and count > field.limit:
        raise ValueError(
            _("%(count)s characters, at most %(limit)s: shorten the text by %(over)s.")
            % {"count": count, "limit": field.limit, "over": count - field.limit}
        )
    if len(text) > LONGEST:
        raise ValueError(_("The text is longer than %(n)s characters.") % {"n": LONGEST})
    return text


def _line(field: Field, given: Any, _topics: Topics) -> str:
    text = clean_line(given)
    return _limited(text, count_characters(text), field)


def _lines(field: Field, given: Any, _topics: Topics) -> str:
    text = clean_lines(given)
    return _limited(text, count_characters(text), field)


def _rich(field: Field, given: Any, _topics: Topics) -> str:
    html = clean_rich(given)
    return _limited(html, count_characters(rich_text(html)), field)


def _choice(field: Field, given: Any, _topics: Topics) -> str:
    return choice_key(field.choices, given)


def _choices(field: Field, given: Any, _topics: Topics) -> list[str]:
    parts = given if isinstance(given, list | tuple) else re.split(r"[;；、\n]", str(given))
    chosen = {choice_key(field.choices, part) for part in parts if clean_line(part)}
    return [choice.key for choice in field.choices if choice.key in chosen]


def _boolean(_field: Field, given: Any, _topics: Topics) -> bool:
    text = clean_line(given).casefold()
    if text not in YES + NO:
        raise ValueError(_("Say yes or no."))
    return text in YES


def _number(field: Field, given: Any, _topics: Topics) -> str:
    text = decimal_text(given, places=field.places, unit=field.unit.zh if field.unit else "")
    number = Decimal(text)
    if field.kind == "amount" and number < 0:
        raise ValueError(_("An amount is not below nought."))
    if field.least is not None and number < Decimal(str(field.least)):
        raise ValueError(_("At least %(least)s.") % {"least": f"{field.least:g}"})
    if field.most is not None and number > Decimal(str(field.most)):
        raise ValueError(_("At most %(most)s.") % {"most": f"{field.most:g}"})
    return text


def _date(_field: Field, given: Any, _topics: Topics) -> str:
    return date_text(given)


def _topic(_field: Field, given: Any, topics: Topics) -> int:
    text = clean_line(given)
    if (number := whole_number(text)) is not None and number in topics:
        return number
    found = find_topic(text, topics)
    if found is None:
        raise ValueError(
            _("“%(value)s” does not stand in the topic guide; choose one from it.")
            % {"value": text[:40]}
        )
    return found


def _organisations(field: Field, given: Any, _topics: Topics) -> list[dict[str, Any]]:
    found = organisations_in(given)
    if len(found) > field.rows:
        raise ValueError(_("At most %(n)s organisations.") % {"n": field.rows})
    return found


KINDS: dict[str, Callable[[Field, Any, Topics], Any]] = {
    "text": _line, "paragraphs": _lines, "rich": _rich, "choice": _choice, "choices": _choices,
    "boolean": _boolean, "number": _number, "amount": _number, "date": _date, "topic": _topic,
    "organisations": _organisations,
}  # fmt: skip
